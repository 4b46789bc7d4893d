"""Writes places of matplotlib's SymLogNorm, with which tests compare ours.

Usage: /usr/bin/python3 tests/reference/norms/make_norms.py   (made with matplotlib 3.6.3)
"""

import json
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.colors import SymLogNorm

HERE = Path(__file__).resolve().parent

# linthresh, vmin, vmax
CASES = [
    (1.0, -1000.0, 1000.0),
    (0.03, -2.5, 4.0),
    (0.01, 0.0, 7.0),
    (1e-6, -3.0, 1.0),
    (2.0, -1.0, 0.5),
    (0.5, 1.0, 300.0),
    (0.5, -8e5, -2.0),
    (1e-3, 5.0, 5.25),
    (10.0, -4.0, 25.0),
]


def main():
    cases = []
    for linthresh, vmin, vmax in CASES:
        norm = SymLogNorm(linthresh, linscale=1, base=10, vmin=vmin, vmax=vmax)
        values = np.unique(np.concatenate([
            np.linspace(vmin, vmax, 9),
            [v for v in (-linthresh, 0.0, linthresh, 0.3 * linthresh) if vmin <= v <= vmax],
        ]))
        cases.append({
            "linthresh": linthresh,
            "vmin": vmin,
            "vmax": vmax,
            "values": [float(v) for v in values],
            "places": [float(v) for v in norm(values)],
        })
    reference = {"matplotlib": matplotlib.__version__, "cases": cases}
    (HERE / "symlog.json").write_text(json.dumps(reference, indent=1) + "\n")


if __name__ == "__main__":
    main()
