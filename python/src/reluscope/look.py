"""What is shown of a network: slice, readout and points, as a person gives them and as the page takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

import numpy as np

from .errors import InvalidInputError
from .networks import Network, NetworkFile
from .networks.arrays import array_of, numbers

SliceLike = Union["tuple[int | str, int | str]", Mapping[str, Any]]
"""Two inputs that vary, by position or name, or ``{'origin', 'axis1', 'axis2'}``, vectors of length d."""

ReadoutLike = Union[str, Mapping[str, Any]]
"""The kind of a readout, e.g. ``'class'``, or an object, e.g. ``{'kind': 'softmax', 'index': 1}``."""

_AXES = ("origin", "axis1", "axis2")
_SLICE = "two inputs that vary, e.g. (0, 3), or {'origin', 'axis1', 'axis2'}"


@dataclass(frozen=True)
class Slice:
    """A plane of the input space: two inputs that vary, or three vectors."""

    inputs: tuple[int | str, int | str] | None = None
    """By position, or in a file, which only the page reads, by name."""
    vectors: dict[str, list[float]] | None = None

    def argument(self) -> str | None:
        """Two inputs as the command line takes them, which counts from 1; None for vectors."""
        if self.inputs is None:
            return None
        return ",".join(own if isinstance(own, str) else str(own + 1) for own in self.inputs)


def read_slice(given: SliceLike | None, network: Network | NetworkFile) -> Slice | None:
    """:raises InvalidInputError:"""
    if given is None:
        return None
    if isinstance(given, Mapping):
        if set(given) != set(_AXES):
            raise InvalidInputError("slice", f"the keys {', '.join(map(str, given))}", _SLICE)
        return Slice(vectors={key: _vector(given[key], key) for key in _AXES})
    if not isinstance(given, Sequence) or len(given) != 2 or isinstance(given, str):
        raise InvalidInputError("slice", repr(given), _SLICE)
    first, second = (_position(one, network) for one in given)
    if first == second and not (isinstance(network, Network) and network.width == 1):
        raise InvalidInputError("slice", repr(given), "two different inputs")
    return Slice(inputs=(first, second))


def read_readout(given: ReadoutLike | None) -> dict[str, Any] | None:
    """:raises InvalidInputError:"""
    if given is None:
        return None
    if isinstance(given, str):
        return {"kind": given}
    if isinstance(given, Mapping):
        return dict(given)
    raise InvalidInputError(
        "readout", repr(given), "a kind, e.g. 'class', or a dict, e.g. {'kind': 'softmax', 'index': 1}"
    )


def read_state(
    points: Points | None, view: Mapping[str, Any] | None, state: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The part of a state that is given beside a model. :raises InvalidInputError:"""
    for path, given in (("view", view), ("state", state)):
        if given is not None and not isinstance(given, Mapping):
            raise InvalidInputError(path, repr(given), "a dict, a part of a state")
    shown = {} if points is None else {"data": points.spec()}
    return {**shown, **({} if view is None else {"view": dict(view)}), **(state or {})}


def require_none_beside_state(slice: SliceLike | None, readout: ReadoutLike | None) -> None:
    """:raises InvalidInputError: if a slice or a readout is given beside a state"""
    if slice is not None or readout is not None:
        raise InvalidInputError("slice or readout", "one beside a state", "it inside the state's field")


@dataclass(frozen=True, eq=False)
class Points:
    """Points of the input space with what a network should say of them."""

    x: np.ndarray
    """[n, d]"""
    y: np.ndarray
    """[n] classes from 0, or [n, K] targets"""

    def spec(self) -> dict[str, Any]:
        """As a state has it."""
        return {"kind": "points", "x": self.x.tolist(), "y": self.y.tolist()}


def read_points(data: tuple[Any, Any] | None, model: object) -> Points | None:
    """Labels of any kind become classes from 0, in the order of the model's ``classes_``, or sorted.

    :param data: (X [n, d], y [n] or [n, K])
    :raises InvalidInputError:
    """
    if data is None:
        return None
    if not isinstance(data, (tuple, list)) or len(data) != 2:
        raise InvalidInputError("data", type(data).__name__, "a pair (X, y)")
    x, y = (_array(part, path) for part, path in zip(data, ("data, X", "data, y")))
    if x.ndim != 2 or x.size == 0 or not np.issubdtype(x.dtype, np.number):
        raise InvalidInputError("data, X", f"{x.dtype} of the shape {x.shape}", "numbers [n, d]")
    if y.ndim not in (1, 2) or len(y) != len(x):
        raise InvalidInputError(
            "data, y", f"the shape {y.shape}", f"[{len(x)}], a label or target for each point"
        )
    x = numbers(x, "data, X").astype(np.float64)
    if y.ndim == 2 or (np.issubdtype(y.dtype, np.floating) and not hasattr(model, "classes_")):
        return Points(x, numbers(y, "data, y").astype(np.float64).reshape(len(x), -1))
    return Points(x, _classes(y, model))


def _array(values: object, path: str) -> np.ndarray:
    try:
        return array_of(values)
    except ValueError:
        raise InvalidInputError(path, "rows of different lengths", "an array") from None
    except (TypeError, RuntimeError) as error:
        raise InvalidInputError(path, f"{type(values).__name__} ({error})", "an array") from None


def _classes(y: np.ndarray, model: object) -> np.ndarray:
    known = getattr(model, "classes_", None)
    if known is None:
        # Numbers from 0 are classes already, some of which may have no point.
        if np.issubdtype(y.dtype, np.integer) and y.min() >= 0:
            return y.astype(np.int64)
        known = np.unique(y)
    positions = {label: i for i, label in enumerate(np.asarray(known).tolist())}
    try:
        return np.array([positions[label] for label in y.tolist()])
    except KeyError as error:
        raise InvalidInputError("data, y", f"the label {error}", f"one of {list(positions)}") from None


def _vector(values: object, key: str) -> list[float]:
    array = numbers(values, f"slice.{key}")
    if array.ndim != 1:
        raise InvalidInputError(f"slice.{key}", f"the shape {array.shape}", "a vector of d numbers")
    return array.astype(np.float64).tolist()


def _position(given: object, network: Network | NetworkFile) -> int | str:
    inputs = network.inputs if isinstance(network, Network) else None
    names = [] if inputs is None else [own.name for own in inputs]
    if isinstance(given, str):
        if isinstance(network, NetworkFile):
            return given
        if given in names:
            return names.index(given)
        known = f"one of {names}" if any(names) else "a position: the inputs have no names"
        raise InvalidInputError("slice", given, known)
    if isinstance(given, (int, np.integer)) and not isinstance(given, bool):
        count = network.width if isinstance(network, Network) else None
        if given >= 0 and (count is None or given < count):
            return int(given)
        raise InvalidInputError(
            "slice", str(given), f"inputs from 0 to {'d' if count is None else count} − 1"
        )
    raise InvalidInputError("slice", repr(given), _SLICE)
