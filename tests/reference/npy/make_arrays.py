#!/usr/bin/env python3
"""Writes arrays.json: small arrays and the very bytes that numpy.save makes of them (base64).

    /usr/bin/python3 tests/reference/npy/make_arrays.py
"""

import base64
import io
import json
from pathlib import Path

import numpy as np


def save(values, dtype, shape):
    array = np.array(values, dtype=dtype).reshape(shape)
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=(1, 0))
    return {
        "dtype": dtype,
        "shape": shape,
        "values": values,
        "file": base64.b64encode(file.getvalue()).decode("ascii"),
    }


def main():
    numbers = [0.0, 1.0, -0.5, 0.1, 1e-300, -1e300]
    arrays = [
        save(numbers, "float64", [2, 3]),
        save(numbers, "float64", [3, 2]),
        save(numbers, "float64", [6]),
        save([7.25], "float64", []),
        save([], "float64", [0, 5]),
        save([0.0, 1.0, -0.5, 0.1, 1e-30, -1e30], "float32", [2, 3]),
        # A header that reaches into a second line of 64 bytes, and one into a third.
        save([1.0] * 4, "float32", [1, 4, 1, 1, 1, 1, 1, 1]),
        save([1.0] * 2, "float64", [1] * 24 + [2]),
    ]
    target = Path(__file__).with_name("arrays.json")
    target.write_text(json.dumps({"numpy": np.__version__, "arrays": arrays}, indent=1) + "\n")


if __name__ == "__main__":
    main()
