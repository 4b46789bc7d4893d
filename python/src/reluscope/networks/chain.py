"""Networks from steps one after the other, as libraries list them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Union

import numpy as np

from ..errors import InvalidInputError
from .network import Activation, Layer


@dataclass(frozen=True, eq=False)
class Affine:
    """weight · x + bias, with weight [outputs, inputs] and bias [outputs]."""

    weight: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True, eq=False)
class Scaling:
    """factor · x + shift of each number by itself, as a batch normalisation does once it is trained."""

    factor: np.ndarray
    shift: np.ndarray


@dataclass(frozen=True)
class Applied:
    """An activation of each number, or ``'softmax'`` of all."""

    activation: Activation


Step = Union[Affine, Scaling, Applied]


def layers_of(steps: Iterable[Step], path: str = "model") -> tuple[Layer, ...]:
    """The layers of a chain. A scaling becomes a part of the affine step beside it, in float64.

    :raises InvalidInputError: if the chain is no network of dense layers
    """
    layers: list[Layer] = []
    affine: Affine | Scaling | None = None
    for step in steps:
        if isinstance(step, Applied):
            if step.activation == "identity":
                continue
            if affine is None:
                if not layers:
                    raise InvalidInputError(path, "an activation of the inputs", "a dense layer first")
                count = layers[-1].bias.shape[0]
                affine = Scaling(np.ones(count), np.zeros(count))
            layers.append(_layer(affine, step.activation))
            affine = None
        elif affine is None:
            affine = step
        elif isinstance(affine, Affine) and isinstance(step, Affine):
            layers.append(_layer(affine, "identity"))
            affine = step
        else:
            affine = _joined(affine, step)
    if affine is not None:
        layers.append(_layer(affine, "identity"))
    if not layers:
        raise InvalidInputError(path, "no layers", "one dense layer at least")
    _require_fit(layers, path)
    return tuple(layers)


def _joined(first: Affine | Scaling, second: Affine | Scaling) -> Affine | Scaling:
    """The one step that does both, of which one is a scaling."""
    if isinstance(first, Affine) and isinstance(second, Scaling):
        weight, bias = _doubles(first.weight, first.bias)
        return Affine(second.factor[:, None] * weight, second.factor * bias + second.shift)
    if isinstance(first, Scaling) and isinstance(second, Affine):
        weight, bias = _doubles(second.weight, second.bias)
        return Affine(weight * first.factor, weight @ first.shift + bias)
    assert isinstance(first, Scaling) and isinstance(second, Scaling)
    return Scaling(second.factor * first.factor, second.factor * first.shift + second.shift)


def _doubles(*arrays: np.ndarray) -> list[np.ndarray]:
    return [np.asarray(array, dtype=np.float64) for array in arrays]


def _layer(step: Affine | Scaling, activation: Activation) -> Layer:
    if isinstance(step, Scaling):
        return Layer(np.diag(step.factor), step.shift, activation)
    return Layer(step.weight, step.bias, activation)


def _require_fit(layers: list[Layer], path: str) -> None:
    for i, (before, after) in enumerate(zip(layers, layers[1:])):
        outputs, inputs = before.weight.shape[0], after.weight.shape[1]
        if outputs != inputs:
            received = f"layer {i + 1} with {outputs} outputs before layer {i + 2} with {inputs} inputs"
            raise InvalidInputError(path, received, "as many outputs as inputs of the next layer")
