"""Waiting for a state."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Value = TypeVar("Value")

# Ends what hangs; a busy machine does not come near it.
LIMIT_S = 300
# What is waited for gets the processor between two looks.
PAUSE_S = 0.01


def until(read: Callable[[], Value], is_wanted: Callable[[Value], object] = bool) -> Value:
    """What is read, once it is true, or what is wanted. :raises TimeoutError: with what was read last"""
    end = time.monotonic() + LIMIT_S
    while True:
        value = read()
        if is_wanted(value):
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"still {value!r} after {LIMIT_S} s")
        time.sleep(PAUSE_S)


def until_equal(read: Callable[[], Value], expected: Value) -> None:
    """Waits until what is read is what is expected. :raises TimeoutError: with what was read last"""
    until(read, lambda value: value == expected)


def run_async(work: Coroutine[Any, Any, Value]) -> Value:
    """The result of a coroutine, in a thread: Playwright has a loop of its own in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
