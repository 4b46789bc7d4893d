"""What tests share: a browser with the flags of the project's other tests, and a server of JupyterLab."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from jupyter_lab import Lab

ROOT = Path(__file__).parents[2]
# Ends what hangs; a busy machine does not come near it.
LIMIT_MS = 120_000
expect.set_options(timeout=LIMIT_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the project's other tests, with its flags."""
    script = "import('./scripts/browser.mjs').then((m) => console.log(JSON.stringify(m.browserLaunch())))"
    found = subprocess.run(["node", "-e", script], cwd=ROOT, capture_output=True, text=True, check=True)
    launch = json.loads(found.stdout)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=launch["executablePath"], args=launch["args"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab with a page that is open on it."""
    # Small, since each pixel costs time on the software adapter.
    page = browser.new_page(viewport={"width": 900, "height": 700})
    page.set_default_timeout(LIMIT_MS)
    lab = Lab(tmp_path_factory.mktemp("lab"), page)
    yield lab
    lab.close()


os.environ["KERAS_BACKEND"] = "numpy"
