"""Questions to the page and their answers."""

from __future__ import annotations

import asyncio
import contextvars
import itertools
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, TimeoutError
from typing import Any

from .errors import PageError

# Ends a wait for a page that was closed; drawing takes seconds at most, on the slowest machine a minute.
TIMEOUT_S = 300.0


class Views:
    """The views of a widget that are open in pages, by their ids.

    ipykernel hands messages of a page to several threads, so that the end of a short view may be heard before its beginning.
    """

    def __init__(self) -> None:
        self._open: set[str] = set()
        self._closed_before: set[str] = set()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._open)

    def open(self, view: str) -> None:
        """Notes a view, unless its end was heard before."""
        with self._lock:
            if view in self._closed_before:
                self._closed_before.remove(view)
            else:
                self._open.add(view)

    def close(self, view: str) -> None:
        """Notes the end of a view."""
        with self._lock:
            if view in self._open:
                self._open.remove(view)
            else:
                self._closed_before.add(view)


class Questions:
    """Asks a page, and finds the answer that belongs to each question."""

    def __init__(self, send: Callable[[dict[str, Any]], None]) -> None:
        self._send = send
        self._numbers = itertools.count(1)
        self._open: dict[str, Future[tuple[Any, list[memoryview]]]] = {}
        self._views = Views()
        # Of a message that came by a subshell: what is sent in it is answered there, beside a cell that runs.
        self._beside: contextvars.Context | None = None

    @property
    def has_page(self) -> bool:
        """Whether a page shows the widget, as far as is known: one that was closed with its window says nothing."""
        return bool(self._views)

    @property
    def can_wait(self) -> bool:
        """Whether a cell can wait for an answer: only where the kernel has a thread that hears the page meanwhile."""
        return self.has_page and self._beside is not None

    def ask(self, what: str, options: dict[str, Any]) -> Future[tuple[Any, list[memoryview]]]:
        """The answer to come: plain JSON, and buffers."""
        # ipykernel hands an answer to the thread that asked only if its id is a text; or else to the one that sent last, which
        # may be that of a cell that waits.
        name = str(next(self._numbers))
        answer: Future[tuple[Any, list[memoryview]]] = Future()
        self._open[name] = answer
        question = {"kind": "ask", "id": name, "what": what, "options": options}
        if self._beside is None:
            self._send(question)
        else:
            self._beside.copy().run(self._send, question)
        return answer

    def hear(self, content: dict[str, Any], buffers: list[memoryview]) -> None:
        """Takes a message of a page."""
        if _came_by_subshell():
            self._beside = contextvars.copy_context()
        kind = content.get("kind")
        if kind == "mounted":
            self._views.open(content["view"])
        elif kind == "unmounted":
            self._views.close(content["view"])
        elif kind == "answer":
            # Of several pages the first one counts.
            answer = self._open.pop(content["id"], None)
            if answer is None:
                return
            if "error" in content:
                answer.set_exception(PageError(content["error"]))
            else:
                answer.set_result((content["value"], buffers))


def _came_by_subshell() -> bool:
    """Whether the message that is being handled came by a subshell, as ipykernel 7 and later have them."""
    ipython: Any = sys.modules.get("IPython")
    kernel = getattr(None if ipython is None else ipython.get_ipython(), "kernel", None)
    parent = {} if kernel is None else kernel.get_parent()
    return parent.get("header", {}).get("subshell_id") is not None


def waited(answer: Future[Any]) -> Any:
    """The result, once it is there. :raises PageError:"""
    try:
        return answer.result(TIMEOUT_S)
    except TimeoutError:
        raise _no_answer() from None


async def awaited(answer: Future[Any]) -> Any:
    """Likewise, while other tasks go on. :raises PageError:"""
    try:
        return await asyncio.wait_for(asyncio.wrap_future(answer), TIMEOUT_S)
    except asyncio.TimeoutError:
        raise _no_answer() from None


def _no_answer() -> PageError:
    return PageError(f"no answer within {TIMEOUT_S:.0f} s: is the page with the widget still open?")
