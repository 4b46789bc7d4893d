"""Updates are sent 30 times a second, and the last one always."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from waiting import run_async

from reluscope import InvalidInputError, Scope
from reluscope.updates import Updates


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_loop_in_a_cell_sends_thirty_a_second_and_the_last_one() -> None:
    clock, sent = Clock(), []

    async def cell() -> None:
        updates = Updates(lambda: sent.append(clock.now), clock)
        # A second with a thousand steps, in which no other task has a turn.
        for step in range(1000):
            clock.now = step / 1000
            updates.request()
        assert 29 <= len(sent) <= 31
        before = len(sent)
        while len(sent) == before:
            await asyncio.sleep(0)

    run_async(cell())
    assert sent[-1] == clock.now


class Timers:
    """What calls functions later: when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, _seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        self.waiting.append(call)
        return lambda: self.waiting.remove(call)


def test_a_thread_without_a_loop_sends_thirty_a_second_and_the_last_one() -> None:
    clock, timers, sent = Clock(), Timers(), []
    updates = Updates(lambda: sent.append(clock.now), clock, timers)

    def train() -> None:
        for step in range(1000):
            clock.now = step / 1000
            updates.request()

    # Playwright has a loop in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(train).result()
    assert 29 <= len(sent) <= 31
    assert len(timers.waiting) == 1
    timers.waiting[0]()
    assert sent[-1] == clock.now
    assert 30 <= len(sent) <= 32


def test_the_last_update_of_a_thread_comes_by_itself_in_its_context() -> None:
    cell = contextvars.ContextVar("cell", default="none")
    sent: list[str] = []
    both = threading.Event()

    def send() -> None:
        sent.append(cell.get())
        if len(sent) == 2:
            both.set()

    def train() -> None:
        cell.set("training")
        # The clock stands still: only the first one is sent at once.
        updates = Updates(send, Clock())
        for _ in range(3):
            updates.request()

    thread = threading.Thread(target=train)
    thread.start()
    thread.join()
    assert both.wait(60)
    assert sent == ["training", "training"]


def test_what_is_sent_may_request_again() -> None:
    clock, timers, sent = Clock(), Timers(), []

    def send() -> None:
        sent.append(clock.now)
        updates.request()

    updates = Updates(send, clock, timers)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(updates.request).result(60)
    assert len(sent) == 1
    assert len(timers.waiting) == 1


def test_a_scope_sends_new_weights_as_bytes() -> None:
    scope = Scope([(np.eye(2), None)])
    (before,) = scope._networks
    scope.update([(2 * np.eye(2), None)])
    (after,) = scope._networks
    assert isinstance(after["content"], bytes)
    assert after["revision"] != before["revision"]
    assert np.frombuffer(after["content"][-48:-16], "<f8").tolist() == [2, 0, 0, 2]
    with pytest.raises(
        InvalidInputError, match="index: received 1, expected the position of one of 1 networks"
    ):
        scope.update([(np.eye(2), None)], index=1)
