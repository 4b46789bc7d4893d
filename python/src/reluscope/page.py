"""The built page, which the wheel brings along."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

# Text: of a path, anywidget keeps every widget for ever, to reload it when the file changes.
LOADER = (Path(__file__).parent / "loader.js").read_text(encoding="utf-8")
_PAGE = Path(__file__).parent / "static" / "notebook.js"


@functools.cache
def page() -> bytes:
    """One module of JavaScript. :raises FileNotFoundError: in a checkout where it is not built"""
    if not _PAGE.is_file():
        raise FileNotFoundError(f"{_PAGE} is missing: run `npm run build:python` in the checkout")
    return _PAGE.read_bytes()


@functools.cache
def version() -> str:
    """Names the page by its content, so that a document shares it among widgets."""
    return hashlib.sha256(page()).hexdigest()[:16]


class _Delivery:
    """The first widget of a process brings the page with it; others ask for it if their document lacks it."""

    def __init__(self) -> None:
        self._is_delivered = False

    def first(self) -> bytes:
        """The page for the first widget, and nothing for all others."""
        content = b"" if self._is_delivered else page()
        self._is_delivered = True
        return content


DELIVERY = _Delivery()
