"""Writes matplotlib's colour tables: the references here and the tables of src/scales/colormapTables.ts.

Usage: python3 tests/reference/colormaps/generate.py   (made with matplotlib 3.6.3)

The reference of a map is its colour at i / 255, i = 0 … 255, as matplotlib's floating-point RGB.
The table has the nearest bytes, as hexadecimal text, for the maps that no short formula gives.
"""

import json
from pathlib import Path

import matplotlib
import numpy as np

HERE = Path(__file__).resolve().parent
TABLES = HERE.parents[2] / "src" / "view" / "colormapTables.ts"

# Name in this project -> name in matplotlib, and where the colours come from.
MAPS = {
    "viridis": ("viridis", "S. van der Walt and N. Smith, CC0"),
    "plasma": ("plasma", "S. van der Walt and N. Smith, CC0"),
    "inferno": ("inferno", "S. van der Walt and N. Smith, CC0"),
    "magma": ("magma", "S. van der Walt and N. Smith, CC0"),
    "cividis": ("cividis", "J. R. Nuñez, C. R. Anderton, R. S. Renslow, PLoS ONE 13 (2018), CC0"),
    "turbo": ("turbo", "A. Mikhailov, by way of matplotlib and its licence"),
    "greys": ("gray", None),
    "diverging": ("coolwarm", "K. Moreland, 'Diverging Color Maps for Scientific Visualization' (2009)"),
    "cyclic": ("twilight", "B. Bechtold, by way of matplotlib and its licence"),
    "prism": ("prism", None),
}

HEADER = """/**
 * Colour tables as matplotlib has them: 256 colours RRGGBB from low to high.
 * Made by tests/reference/colormaps/generate.py; do not edit.
 */

"""


def main():
    lines = [HEADER]
    for name, (original, source) in MAPS.items():
        rgb = matplotlib.colormaps[original](np.linspace(0, 1, 256))[:, :3]
        reference = {
            "matplotlib": matplotlib.__version__,
            "colormap": original,
            "rgb": [[round(float(part), 6) for part in colour] for colour in rgb],
        }
        text = json.dumps(reference, separators=(",", ":")).replace("],[", "],\n[")
        (HERE / f"{name}.json").write_text(text + "\n")
        if source is None:
            continue
        bytes_ = np.rint(rgb * 255).astype(np.uint8)
        lines.append(f"/** matplotlib's {original}. Source: {source}. */\n")
        lines.append(f"export const {name.upper()} =\n  '{bytes_.tobytes().hex()}';\n\n")
    TABLES.write_text("".join(lines).rstrip("\n") + "\n")


if __name__ == "__main__":
    main()
