"""Sends what changes often no more often than a page can show it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

RATE = 30.0
"""Times a second."""


class Updates:
    """Calls a function at most RATE times a second, and once more after the last request."""

    def __init__(self, send: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._send = send
        self._clock = clock
        self._last = float("-inf")
        self._is_waiting = False

    def request(self) -> None:
        """Sends now, or later if it has just been done."""
        left = self._last + 1 / RATE - self._clock()
        if left <= 0:
            self._now()
            return
        if self._is_waiting:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            # Nothing would send it later.
            self._now()
            return
        self._is_waiting = True
        # While a cell runs the loop stands still: then this comes at the cell's end.
        loop.call_later(left, self._later)

    def _later(self) -> None:
        if self._is_waiting:
            self._now()

    def _now(self) -> None:
        self._is_waiting = False
        self._last = self._clock()
        self._send()
