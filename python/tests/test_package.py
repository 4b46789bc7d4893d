"""The wheel holds all that works offline."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def test_the_wheel_brings_the_page(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "uv",
        "build",
        "--wheel",
        "--quiet",
        "--out-dir",
        str(tmp_path),
        str(PACKAGE),
    ]
    subprocess.run(command, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    files = {"loader.js", "static/notebook.js", "py.typed", "scope.py", "networks/torch_modules.py"}
    assert {f"reluscope/{name}" for name in files} <= set(names)
    assert not any(name.startswith(("tests/", "reluscope/static/assets")) for name in names)
    assert (PACKAGE / "src/reluscope/static/notebook.js").stat().st_size > 1_000_000
