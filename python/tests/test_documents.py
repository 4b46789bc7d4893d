"""What people copy works: the cells of the README and the gallery."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

PACKAGE = Path(__file__).parents[1]
# The cells for a notebook; those below them are for scripts, and take longer.
CELLS = 5


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_the_five_cells_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cells = re.findall(r"```python\n(.*?)```", (PACKAGE / "README.md").read_text(), re.DOTALL)
    names: dict[str, Any] = {"display": lambda widget: None}
    for cell in cells[:CELLS]:
        # Without a page the command line answers, more slowly.
        shorter = cell.replace("width=500, height=500", "width=50, height=50").replace(
            "png()", "png(width=400)"
        )
        exec(shorter, names)  # noqa: S102
    assert names["counts"]["certified"]
    assert names["values"].shape == (50, 50)
    assert Path("picture.png").read_bytes().startswith(b"\x89PNG")


def test_the_gallery_runs() -> None:
    notebook = nbformat.read(PACKAGE / "notebooks/gallery.ipynb", as_version=4)
    NotebookClient(notebook, timeout=600).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    views = [output for output in outputs if "widget-view" in str(output.get("data"))]
    # Each of seven widgets has the output that JupyterLab hides beside it.
    assert len(views) == 14
    assert any("4 linear regions, certified: True" in output.get("text", "") for output in outputs)
