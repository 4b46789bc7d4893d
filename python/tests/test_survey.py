"""Counts over executors are the same as counts in one run."""

from __future__ import annotations

import builtins
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from dask.distributed import Client, LocalCluster

import reluscope
from reluscope import InvalidInputError
from reluscope.commands import run_command

SEEDS = range(5, 17)
EXPECTED = [json.loads(line) for line in run_command(["regions", "2-8-1", "--seeds=5:17", "-q"]).splitlines()]


def test_threads_of_concurrent_futures() -> None:
    with ThreadPoolExecutor(2) as executor:
        table = reluscope.survey("2-8-1", SEEDS, executor=executor, shards=3)
    assert table["seed"].tolist() == list(SEEDS)
    assert table.to_dict("records") == EXPECTED


def test_a_local_cluster_of_dask() -> None:
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        table = reluscope.survey([2, 8, 1], SEEDS, executor=client, shards=3)
    assert table.to_dict("records") == EXPECTED


def test_a_pool_whose_map_returns_a_list() -> None:
    """As ``ray.util.multiprocessing.Pool`` and ``multiprocessing.Pool`` have it."""

    class Pool:
        def map(self, function: Any, items: list[Any]) -> list[Any]:
            return [function(item) for item in items]

    assert reluscope.survey("2-8-1", SEEDS, executor=Pool()).to_dict("records") == EXPECTED


def test_without_pandas_it_is_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def without_pandas(name: str, *rest: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_pandas)
    assert reluscope.survey("2-8-1", SEEDS) == EXPECTED


def test_options_reach_the_command_line() -> None:
    state = {"field": {"network": {"kind": "drawn", "widths": [2, 3, 2]}}}
    table = reluscope.survey(state, 2, window=(-1, 1), decision=True, wins="least")
    assert table["window"][0] == {"x": [-1, 1], "y": [-1, 1]}
    assert "decision" in table
    limited = reluscope.survey("2-8-1", 1, max_regions=3)
    assert "3" in limited["error"][0]


def test_no_parts_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="shards: received 0, expected a number of parts"):
        reluscope.survey("2-8-1", 3, executor=ThreadPoolExecutor(1), shards=0)


def test_widths_and_seeds_may_be_numbers_of_numpy() -> None:
    assert len(reluscope.survey(np.array([2, 8, 1]), np.int64(2))) == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"network": [2.7, 3, 1]}, r"network: received \[2.7, 3, 1\], expected widths"),
        ({"shards": 2.5}, "shards: received 2.5, expected a number of parts"),
        ({"executor": 5}, "executor: received 5, expected one with a method map"),
    ],
)
def test_other_options_are_refused(options: dict[str, Any], message: str) -> None:
    given = {"network": "2-8-1", "seeds": 2, "executor": ThreadPoolExecutor(1), **options}
    with pytest.raises(InvalidInputError, match=message):
        reluscope.survey(**given)


@pytest.mark.parametrize("seeds", [range(0, 10, 2), range(0), [1, 2], True, range(2**64)])
def test_other_seeds_are_refused(seeds: Any) -> None:
    with pytest.raises(InvalidInputError, match="seeds: received .* expected a range with step 1"):
        reluscope.survey("2-8-1", seeds)
