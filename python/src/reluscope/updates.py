"""Sends what changes often no more often than a page can show it."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from collections.abc import Callable

RATE = 30.0
"""Times a second."""

Cancel = Callable[[], object]
Later = Callable[[float, Callable[[], None]], Cancel]
"""Calls a function after so many seconds, unless it is cancelled before."""


def in_a_thread(seconds: float, call: Callable[[], None]) -> Cancel:
    """Calls a function in a thread of its own, in the context of the caller, which names the cell that runs."""
    timer = threading.Timer(seconds, contextvars.copy_context().run, [call])
    timer.daemon = True
    timer.start()
    return timer.cancel


class Updates:
    """Calls a function at most RATE times a second, and once more after the last request. Any thread may request it."""

    def __init__(
        self,
        send: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        later: Later = in_a_thread,
    ) -> None:
        self._send = send
        self._clock = clock
        self._later = later
        self._last = float("-inf")
        self._cancel: Cancel | None = None
        # What is sent may request again.
        self._lock = threading.RLock()

    def request(self) -> None:
        """Sends now, or later if it has just been done."""
        with self._lock:
            left = self._last + 1 / RATE - self._clock()
            if left <= 0:
                self._now()
            elif self._cancel is None:
                self._cancel = self._start(left)

    def _start(self, left: float) -> Cancel:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            # A thread that requests again by then sends it itself, between two steps of what it changes.
            return self._later(left + 1 / RATE, self._waited)
        # While a cell runs the loop stands still: then this comes at the cell's end.
        return loop.call_later(left, self._waited).cancel

    def _waited(self) -> None:
        with self._lock:
            if self._cancel is not None:
                self._now()

    def _now(self) -> None:
        if self._cancel is not None:
            self._cancel()
        self._cancel = None
        self._last = self._clock()
        self._send()
