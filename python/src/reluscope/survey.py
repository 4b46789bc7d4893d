"""Exact counts of the regions of many networks, spread over an executor."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, SupportsIndex, Union

from .commands import command_options, run_command, to_json
from .errors import InvalidInputError

Subject = Union[str, Sequence[int], Mapping[str, Any]]
"""Widths, e.g. ``'2-20-1'`` or ``[2, 20, 1]``, or a state whose network is drawn from a seed."""

_SHARDS = 64
_SEEDS_MAX = 10**9
"""Of one run of the command line."""


def survey(
    network: Subject,
    seeds: range | SupportsIndex,
    *,
    executor: Any = None,
    shards: int | None = None,
    activation: str | None = None,
    window: Sequence[float] | None = None,
    decision: bool = False,
    wins: str | None = None,
    max_regions: int | None = None,
) -> Any:
    """Counts the regions of the networks that ``torch.manual_seed(seed)`` makes, exactly.

    Each shard is a run of the command line with one thread; without an executor there is one run on all cores. Records come in the
    order of the seeds. docs/batches.md of the project says what they hold.

    :param network: widths, e.g. ``'2-20-1'`` or ``[2, 20, 1]``, or a state as a dict
    :param seeds: a range with step 1, or the number of seeds from 0
    :param executor: anything with ``map(function, iterable)``: an executor of concurrent.futures, a client of Dask (whose ``map`` returns
        futures, which are gathered) or a ``ray.util.multiprocessing.Pool``
    :param shards: into how many parts the seeds are split; by default 64, or as many as there are seeds
    :param activation: of the hidden layers, with widths
    :param window: (x0, x1) or (x0, x1, y0, y1); by default the whole plane
    :param decision: also the regions where each output wins
    :param wins: ``'greatest'`` or ``'least'``
    :param max_regions: a network with more is recorded with an error, and not counted
    :returns: a pandas.DataFrame with a row for each seed if pandas is installed, else a list of dicts
    :raises InvalidInputError: that says what was received and what is expected
    :raises CommandError: if the command line is not installed or fails
    """
    chosen = _range(seeds)
    options = command_options(activation=activation, window=window, wins=wins) + ["--decision"] * decision
    options += command_options(**{"max-regions": max_regions})
    base = ["regions", _subject(network), f"--seeds={chosen.start}:{chosen.stop}", *options, "-q"]
    if executor is None:
        texts: Iterable[str] = [run_command(base)]
    else:
        if shards is not None and (not isinstance(shards, SupportsIndex) or shards < 1):
            raise InvalidInputError("shards", repr(shards), "a number of parts, 1 or more")
        if not hasattr(executor, "map"):
            raise InvalidInputError("executor", repr(executor), "one with a method map")
        count = min(shards or _SHARDS, len(chosen))
        parts = [[*base, f"--shard={i}/{count}", "--threads=1"] for i in range(1, count + 1)]
        texts = _mapped(executor, run_command, parts)
    return _table([json.loads(line) for text in texts for line in text.splitlines()])


def _range(seeds: range | SupportsIndex) -> range:
    chosen = seeds
    if isinstance(seeds, SupportsIndex) and not isinstance(seeds, bool):
        chosen = range(operator.index(seeds))
    if isinstance(chosen, range) and chosen.step == 1 and 0 < chosen.stop - chosen.start <= _SEEDS_MAX:
        return chosen
    raise InvalidInputError(
        "seeds",
        repr(seeds),
        f"a range with step 1, e.g. range(1000), or a number of seeds, up to {_SEEDS_MAX}",
    )


def _subject(network: Subject) -> str:
    if isinstance(network, str):
        return network
    if isinstance(network, Mapping):
        return to_json(network)
    try:
        return "-".join(str(operator.index(width)) for width in network)
    except (TypeError, ValueError):
        raise InvalidInputError(
            "network", repr(network), "widths, e.g. '2-20-1', or a state as a dict"
        ) from None


def _mapped(executor: Any, function: Callable[[Any], str], items: list[Any]) -> Iterable[str]:
    results = executor.map(function, items)
    # Dask's futures are results only once they are gathered.
    return executor.gather(results) if hasattr(executor, "gather") else results


def _table(records: list[dict[str, Any]]) -> Any:
    try:
        import pandas
    except ImportError:
        return records
    return pandas.DataFrame.from_records(records)
