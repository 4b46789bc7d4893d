"""The widget in marimo."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from servers import free_port, wait_until_served

NOTEBOOK = Path(__file__).parent / "marimo_notebook.py"


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The notebook, as `marimo run` serves it."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "marimo", "-y", "run", "--headless", "--no-token"),
        *("--host", "127.0.0.1", "--port", str(port), str(NOTEBOOK)),
    ]
    with (tmp_path / "marimo.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    page = browser.new_page(viewport={"width": 900, "height": 700})
    try:
        wait_until_served(f"http://127.0.0.1:{port}", process)
        page.goto(f"http://127.0.0.1:{port}")
        yield page
    finally:
        page.close()
        process.terminate()
        process.wait()


def test_it_draws_and_state_goes_both_ways(page: Page) -> None:
    widget = page.locator(".reluscope")
    said = page.get_by_text(re.compile("^half-width .* network 1"))
    expect(said).to_contain_text("half-width 2 ")
    first = said.inner_text().split()[-1]
    expect(widget).to_have_count(1)

    # A person zooms in by a key, which the notebook around does not get.
    widget.click(position={"x": 355, "y": 90})
    page.keyboard.press("+")
    expect(said).to_contain_text("half-width 1 ")

    # Python sets the view, and another network.
    page.get_by_role("button", name="wider").click()
    expect(said).to_contain_text("half-width 8 ")
    page.get_by_role("button", name="update").click()
    expect(said).not_to_contain_text(first)
    expect(said).to_contain_text("half-width 8 ")
