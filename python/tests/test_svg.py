"""Exported SVGs look in other programs as the page draws them."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
from collections.abc import Callable

import cairosvg
import numpy as np
import pytest
from jupyter_lab import Lab
from PIL import Image
from playwright.sync_api import expect
from waiting import until

# A square of each picture that is averaged: edges and letters are drawn by other means in each program, and a pixel apart.
BLOCK = 5
# Of 255. CairoSVG rounds the widths of letters, so that words are up to 8 pixels longer: some blocks may differ.
MEAN_ERROR = 1.2
MOST = 0.98
ERROR_OF_MOST = 14.0

SHOW = """
import numpy as np, reluscope
network = [(np.array([[1.0, 0.5], [-1, 0.3], [0.2, 1], [0.4, -1]]), np.array([0.1, 0, -0.2, 0.3])), (np.ones((1, 4)), None)]
points = (np.array([[0.0, 1], [1, 0], [-0.5, 0.5]]), np.array([0.5, 1.0, 2.0]))
state = {"hinges": True, "contours": {"lines": True}}
scope = reluscope.Scope(network, view={"center": [0, 0], "halfWidth": 2}, data=points, state=state, height=200, tools=False)
scope
"""


def by_rsvg(svg: bytes, width: int) -> bytes:
    return subprocess.run(
        ["rsvg-convert", "-w", str(width)], input=svg, capture_output=True, check=True
    ).stdout


RENDERERS: dict[str, Callable[[bytes, int], bytes]] = {
    "CairoSVG": lambda svg, width: cairosvg.svg2png(bytestring=svg, output_width=width),
    # Where it is installed (Debian's librsvg2-bin).
    **({"rsvg": by_rsvg} if shutil.which("rsvg-convert") else {}),
}


@pytest.fixture(scope="module")
def files(lab: Lab) -> tuple[bytes, bytes]:
    """The same picture as PNG and as SVG."""
    wait = "png = scope.png(width=800); svg = scope.svg(width=800)"
    notebook = lab.open("svg", SHOW, wait)
    notebook.run_cell(0)
    expect(notebook.page.locator(".jp-OutputArea-output .reluscope")).to_have_count(1)
    until(lambda: notebook.kernel("scope._questions.can_wait"))
    notebook.run_cell(1)
    texts = notebook.kernel("[base64.b64encode(file).decode() for file in (png, svg)]", "import base64")
    png, svg = (base64.b64decode(text) for text in texts)
    return png, svg


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_program_draws_what_the_page_draws(renderer: str, files: tuple[bytes, bytes]) -> None:
    png, svg = files
    expected = pixels(png)
    found = pixels(RENDERERS[renderer](svg, expected.shape[1]))
    assert found.shape == expected.shape
    errors = np.abs(blocks(found) - blocks(expected))
    assert errors.mean() <= MEAN_ERROR
    assert np.quantile(errors, MOST) <= ERROR_OF_MOST
    # A picture of anything else is farther away; one without hinges by a little more than the bounds.
    assert np.abs(blocks(found[:, ::-1]) - blocks(expected)).mean() > 5 * MEAN_ERROR


def pixels(png: bytes) -> np.ndarray:
    """[height, width, 3] on white, of 255."""
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return np.asarray(Image.alpha_composite(white, image).convert("RGB"), dtype=np.float64)


def blocks(image: np.ndarray) -> np.ndarray:
    """Means of squares."""
    height, width, _ = (side // BLOCK * BLOCK for side in image.shape)
    cut = image[:height, :width]
    return cut.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3).mean(axis=(1, 3))
