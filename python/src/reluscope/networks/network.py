"""A network of dense layers, and the bytes in which the page reads it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Union

import numpy as np

from ..errors import InvalidInputError

Activation = Union[str, "dict[str, Any]"]
"""A name of the page's activations, e.g. ``'relu'``, or an object ``{'kind': 'leakyRelu', 'slope': 0.1}``."""

_ALIGNMENT = 8
_TYPES = {"float32": ("F32", "<f4"), "float64": ("F64", "<f8")}


@dataclass(frozen=True, eq=False)
class Layer:
    """An affine layer and what follows it: h = activation(weight · x + bias)."""

    weight: np.ndarray
    """[outputs, inputs], float32 or float64"""
    bias: np.ndarray
    """[outputs]"""
    activation: Activation = "identity"
    """After the last layer ``'softmax'``, too."""


@dataclass(frozen=True)
class InputFacts:
    """What is known of an input: its name, and the values for which the network was made."""

    name: str | None = None
    range: tuple[float, float] | None = None


@dataclass(frozen=True, eq=False)
class NetworkFile:
    """A network as the page reads it from a file."""

    name: str
    """With the ending that says what it is, e.g. ``'network.safetensors'``."""
    content: bytes


@dataclass(frozen=True, eq=False)
class Network:
    """A network ℝᵈ → ℝᴷ of dense layers."""

    layers: tuple[Layer, ...]
    name: str = "network"
    inputs: tuple[InputFacts, ...] | None = None
    """[d]; None if nothing is known of them."""
    outputs: tuple[str, ...] | None = None
    """[K] names, e.g. of classes; None without them."""
    readout: dict[str, Any] | None = None
    """What is shown of the outputs at first; None for the page's own choice."""

    @property
    def width(self) -> int:
        """The number of inputs, d."""
        return int(self.layers[0].weight.shape[1])

    @property
    def outputs_count(self) -> int:
        """The number of outputs, K."""
        return int(self.layers[-1].weight.shape[0])

    def named(
        self,
        features: Sequence[str] | None,
        classes: Sequence[object] | None,
        points: np.ndarray | None,
    ) -> Network:
        """The network with names of inputs and outputs, and the ranges of its inputs in some points.

        :param features: [d] names of inputs
        :param classes: [K] names of outputs
        :param points: [n, d]
        :raises InvalidInputError: if a length does not fit
        """
        inputs = self.inputs or tuple(InputFacts() for _ in range(self.width))
        if features is not None:
            require_length("features", features, self.width, "one for each input")
            inputs = tuple(replace(own, name=str(name)) for own, name in zip(inputs, features))
        if points is not None:
            if points.shape[1] != self.width:
                received = f"points of {points.shape[1]} numbers"
                raise InvalidInputError("data, X", received, f"{self.width}, one for each input")
            lows, highs = points.min(axis=0).tolist(), points.max(axis=0).tolist()
            inputs = tuple(replace(own, range=pair) for own, pair in zip(inputs, zip(lows, highs)))
        outputs = self.outputs
        if classes is not None:
            require_length("classes", classes, self.outputs_count, "one for each output")
            outputs = tuple(str(name) for name in classes)
        known = any(own != InputFacts() for own in inputs)
        return replace(self, inputs=inputs if known else None, outputs=outputs)

    def file(self) -> NetworkFile:
        """The network as safetensors: parameters keep their float32 or float64 numbers."""
        return NetworkFile(f"{self.name}.safetensors", self._safetensors())

    def _safetensors(self) -> bytes:
        """Source: https://github.com/huggingface/safetensors, "Format"."""
        header: dict[str, Any] = {"__metadata__": self._metadata()}
        parts: list[bytes] = []
        end = 0
        for i, layer in enumerate(self.layers):
            for role, values in (("weight", layer.weight), ("bias", layer.bias)):
                kind, stored = _TYPES[values.dtype.name]
                parts.append(np.ascontiguousarray(values, dtype=stored).tobytes())
                begin, end = end, end + len(parts[-1])
                shape = list(values.shape)
                header[f"{2 * i}.{role}"] = {"dtype": kind, "shape": shape, "data_offsets": [begin, end]}
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % _ALIGNMENT)
        return b"".join([len(text).to_bytes(8, "little"), text, *parts])

    def _metadata(self) -> dict[str, str]:
        metadata = {"reluscope:activations": json.dumps([layer.activation for layer in self.layers])}
        if self.inputs is not None:
            inputs = [{"name": own.name, "range": own.range} for own in self.inputs]
            metadata["reluscope:inputs"] = json.dumps(inputs)
        if self.outputs is not None:
            metadata["reluscope:outputs"] = json.dumps(self.outputs)
        return metadata


def require_length(path: str, given: Sequence[object], count: int, what: str) -> None:
    """:raises InvalidInputError: if there are not as many as the network needs"""
    if isinstance(given, str) or not hasattr(given, "__len__"):
        raise InvalidInputError(path, repr(given), f"a list of {count} names, {what}")
    if len(given) != count:
        raise InvalidInputError(path, f"{len(given)} names", f"{count}, {what}")
