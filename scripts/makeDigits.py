#!/usr/bin/env python3
"""Writes src/data/digitsFile.ts: the 1,797 handwritten digits that scikit-learn ships.

    python3 -m venv /tmp/sklearn && /tmp/sklearn/bin/pip install scikit-learn==1.9.1
    /tmp/sklearn/bin/python scripts/makeDigits.py

The file holds the labels, one byte each, then the pixels, digit by digit, one byte each, deflated and in base64url.
"""

import base64
import zlib
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

HEADER = """/*!
 * Optical Recognition of Handwritten Digits, by E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998,
 * https://doi.org/10.24432/C50P49, licensed under CC BY 4.0: its 1,797 digits for testing, as scikit-learn (BSD-3-Clause) ships them.
 */

/** Written by scripts/makeDigits.py, which says what it holds. */
"""


def deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_FILTERED)
    return packer.compress(data) + packer.flush()


def main():
    digits = load_digits()
    pixels = digits.data.astype(np.uint8)
    assert pixels.shape == (1797, 64) and pixels.max() == 16 and (pixels == digits.data).all()
    data = digits.target.astype(np.uint8).tobytes() + pixels.tobytes()
    text = base64.urlsafe_b64encode(deflate(data)).decode("ascii").rstrip("=")
    path = Path(__file__).parent.parent / "src" / "data" / "digitsFile.ts"
    path.write_text(f"{HEADER}export const DIGITS_FILE =\n  '{text}';\n")
    print(f"{path}: {path.stat().st_size} bytes")


main()
