"""Waiting for a state."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")

# Ends what hangs; a busy machine does not come near it.
LIMIT_S = 120


def until(read: Callable[[], Value]) -> Value:
    """What is read, once it is true. :raises TimeoutError: with what was read last"""
    end = time.monotonic() + LIMIT_S
    while True:
        value = read()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"still {value!r} after {LIMIT_S} s")
