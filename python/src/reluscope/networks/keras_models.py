"""Networks from Keras, which is never imported here: the caller's model has all that is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..errors import InvalidInputError
from .arrays import numbers
from .chain import Affine, Applied, Scaling, Step, layers_of
from .network import Activation, Network

_IDENTITIES = ("InputLayer", "Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise", "Flatten", "Identity")
_FUNCTIONS: dict[str, Activation] = {
    "linear": "identity",
    "relu": "relu",
    "relu6": "relu6",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "silu": "silu",
    "swish": "silu",
    "gelu": "gelu",
    "softplus": "softplus",
    "softmax": "softmax",
    "elu": {"kind": "elu", "alpha": 1.0},
    "leaky_relu": {"kind": "leakyRelu", "slope": 0.2},
    "hard_tanh": {"kind": "hardtanh", "min": -1.0, "max": 1.0},
}
_EXPECTED = "a Sequential of Dense, BatchNormalization, activations, Flatten and Dropout"


def from_keras(model: Any) -> Network:
    """A network from a Keras Sequential, as it predicts. :raises InvalidInputError:"""
    if type(model).__name__ != "Sequential":
        raise InvalidInputError("model", f"Keras's {type(model).__name__}", _EXPECTED)
    if not model.built:
        raise InvalidInputError("model", "a Sequential that is not built", "one with an Input, or after fit or build")
    return Network(layers_of(_steps(model)), name=str(model.name))


def _steps(model: Any) -> Iterator[Step]:
    for layer in model.layers:
        kind = type(layer).__name__
        if kind == "Sequential":
            yield from _steps(layer)
        elif kind == "Dense":
            kernel, *rest = layer.get_weights()
            bias = rest[0] if rest else np.zeros(kernel.shape[1], kernel.dtype)
            yield Affine(numbers(kernel, layer.name).T, numbers(bias, layer.name))
            yield Applied(_function(layer))
        elif kind == "BatchNormalization":
            yield _normalisation(layer)
        elif kind == "Activation":
            yield Applied(_function(layer))
        elif kind == "Softmax":
            yield Applied("softmax")
        elif kind == "ELU":
            yield Applied({"kind": "elu", "alpha": float(layer.alpha)})
        elif kind == "LeakyReLU":
            yield Applied({"kind": "leakyRelu", "slope": float(layer.negative_slope)})
        elif kind == "PReLU":
            yield Applied({"kind": "prelu", "slopes": layer.get_weights()[0].reshape(-1).tolist()})
        elif kind == "ReLU" and _is_plain(layer):
            yield Applied("relu" if layer.max_value is None else "relu6")
        elif kind not in _IDENTITIES:
            raise InvalidInputError(f"model, layer {layer.name}", kind, _EXPECTED)


def _is_plain(layer: Any) -> bool:
    return layer.negative_slope == 0 and layer.threshold == 0 and layer.max_value in (None, 6)


def _function(layer: Any) -> Activation:
    name = getattr(layer.activation, "__name__", str(layer.activation))
    if name not in _FUNCTIONS:
        known = ", ".join(_FUNCTIONS)
        raise InvalidInputError(f"model, layer {layer.name}", f"the activation {name}", f"one of {known}")
    return _FUNCTIONS[name]


def _normalisation(layer: Any) -> Scaling:
    parameters = [np.asarray(values, dtype=np.float64) for values in layer.get_weights()]
    *affine, mean, variance = parameters
    factor = 1 / np.sqrt(variance + layer.epsilon)
    gain = affine.pop(0) if layer.scale else np.ones_like(mean)
    offset = affine.pop(0) if layer.center else np.zeros_like(mean)
    return Scaling(gain * factor, offset - mean * gain * factor)
