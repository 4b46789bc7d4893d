"""Networks from NumPy arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InvalidInputError
from .chain import Affine, Applied, Step, layers_of
from .network import Activation, Network

if TYPE_CHECKING:
    from typing_extensions import TypeGuard

EXPECTED = "a list of pairs (weight, bias) of arrays, each weight [outputs, inputs] or [inputs, outputs]"


def is_pairs(model: object) -> TypeGuard[Sequence[Sequence[Any]]]:
    """Whether it is a list of pairs, as (weight, bias)."""
    return isinstance(model, (list, tuple)) and all(
        isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in model
    )


def from_arrays(
    pairs: Sequence[Sequence[Any]],
    activation: Activation | Sequence[Activation] = "relu",
    transposed: bool | None = None,
) -> Network:
    """A network from its weights and biases.

    :param pairs: (weight, bias) of each layer; a bias may be None
    :param activation: of the hidden layers, one for all or a list of one for each
    :param transposed: whether weights are [inputs, outputs], as in ``x @ W``; by default what fits all
        shapes, and [outputs, inputs] if both do
    :raises InvalidInputError: that says what was received and what is expected
    """
    if len(pairs) == 0:
        raise InvalidInputError("model", "an empty list", EXPECTED)
    arrays = [_read_pair(weight, bias, i) for i, (weight, bias) in enumerate(pairs)]
    turned = _fits(arrays, False) is False if transposed is None else transposed
    if not _fits(arrays, turned):
        shapes = ", ".join(f"{weight.shape} with {_length(bias)}" for weight, bias in arrays)
        raise InvalidInputError("model", f"weights and biases of the shapes {shapes}", EXPECTED)
    activations = _activations(activation, len(arrays) - 1)
    steps: list[Step] = []
    for (weight, bias), follows in zip(arrays, activations):
        upright = weight.T if turned else weight
        known = np.zeros(upright.shape[0], upright.dtype) if bias is None else bias
        steps += [Affine(upright, known), Applied(follows)]
    return Network(layers_of(steps))


def array_of(values: Any) -> np.ndarray:
    """An array of whatever NumPy reads, and of a tensor of torch on any device, with or without a gradient.

    :raises TypeError, ValueError, RuntimeError: if there is none
    """
    if not hasattr(values, "detach"):
        return np.asarray(values)
    plain = values.detach().cpu()
    # NumPy has no bfloat16.
    return np.asarray((plain.float() if str(plain.dtype) == "torch.bfloat16" else plain).numpy())


def numbers(values: object, path: str) -> np.ndarray:
    """An array of float32 if it has that type, else of float64. :raises InvalidInputError:"""
    try:
        array = array_of(values)
        if np.iscomplexobj(array):
            raise InvalidInputError(path, f"numbers of the type {array.dtype}", "real numbers")
        kept = array if array.dtype in (np.float32, np.float64) else array.astype(np.float64)
    except InvalidInputError:
        raise
    except (TypeError, ValueError, RuntimeError):
        raise InvalidInputError(path, type(values).__name__, "an array of numbers") from None
    if not np.isfinite(kept).all():
        raise InvalidInputError(path, "numbers that are not finite", "finite numbers")
    return kept


def _read_pair(weight: object, bias: object, i: int) -> tuple[np.ndarray, np.ndarray | None]:
    matrix = numbers(weight, f"model[{i}], weight")
    if matrix.ndim != 2 or matrix.size == 0:
        raise InvalidInputError(f"model[{i}], weight", f"the shape {matrix.shape}", "a matrix")
    if bias is None:
        return matrix, None
    return matrix, numbers(bias, f"model[{i}], bias").reshape(-1)


def _fits(arrays: list[tuple[np.ndarray, np.ndarray | None]], turned: bool) -> bool:
    """Whether biases are as long as there are outputs, and outputs as many as the next inputs."""
    shapes = [(weight.T if turned else weight).shape for weight, _ in arrays]
    lengths = all(bias is None or len(bias) == shape[0] for (_, bias), shape in zip(arrays, shapes))
    return lengths and all(before[0] == after[1] for before, after in zip(shapes, shapes[1:]))


def _length(bias: np.ndarray | None) -> str:
    return "no bias" if bias is None else str(bias.shape)


def _activations(given: Activation | Sequence[Activation], hidden: int) -> list[Activation]:
    if isinstance(given, (str, dict)):
        return [given] * hidden + ["identity"]
    if not isinstance(given, (list, tuple)):
        raise InvalidInputError("activation", repr(given), "a name, e.g. 'relu', or a list of names")
    if len(given) != hidden:
        raise InvalidInputError(
            "activation", f"{len(given)} activations", f"{hidden}, one for each hidden layer"
        )
    return [*given, "identity"]
