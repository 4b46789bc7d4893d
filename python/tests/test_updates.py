"""Updates are sent 30 times a second, and the last one always."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

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

    asyncio.run(cell())
    assert sent[-1] == clock.now


def test_without_a_loop_every_update_is_sent() -> None:
    sent: list[int] = []
    updates = Updates(lambda: sent.append(1), Clock())
    for _ in range(3):
        updates.request()
    assert len(sent) == 3


def test_a_scope_sends_new_weights_as_bytes() -> None:
    scope = Scope([(np.eye(2), None)])
    (before,) = scope._networks
    scope.update([(2 * np.eye(2), None)])
    (after,) = scope._networks
    assert isinstance(after["content"], bytes)
    assert after["revision"] != before["revision"]
    assert np.frombuffer(after["content"][-48:-16], "<f8").tolist() == [2, 0, 0, 2]
    with pytest.raises(InvalidInputError, match="index: received 1, expected the position of one of 1 networks"):
        scope.update([(np.eye(2), None)], index=1)
