"""Networks from PyTorch. This file is imported only where the caller has imported torch."""

from __future__ import annotations

import inspect
import io
import warnings
from collections.abc import Callable, Iterator
from typing import Any, cast

import numpy as np
import torch
from torch import nn

from ..errors import InvalidInputError
from .arrays import numbers
from .chain import Affine, Applied, Scaling, Step, layers_of
from .network import Activation, Network, NetworkFile

_IDENTITIES = (nn.Flatten, nn.Dropout, nn.AlphaDropout, nn.Identity)

_ACTIVATIONS: dict[type[nn.Module], Callable[..., Activation | None]] = {
    nn.ReLU: lambda module: "relu",
    nn.ReLU6: lambda module: "relu6",
    nn.Tanh: lambda module: "tanh",
    nn.Sigmoid: lambda module: "sigmoid",
    nn.SiLU: lambda module: "silu",
    nn.GELU: lambda module: "gelu" if module.approximate == "none" else "geluTanh",
    nn.ELU: lambda module: {"kind": "elu", "alpha": float(module.alpha)},
    nn.LeakyReLU: lambda module: {"kind": "leakyRelu", "slope": float(module.negative_slope)},
    nn.PReLU: lambda module: {"kind": "prelu", "slopes": _array(module.weight).tolist()},
    nn.Hardtanh: lambda module: {
        "kind": "hardtanh",
        "min": float(module.min_val),
        "max": float(module.max_val),
    },
    nn.Softplus: lambda module: "softplus" if module.beta == 1 and _is_smooth(module) else None,
    nn.Softmax: lambda module: "softmax" if module.dim in (-1, 1) else None,
}
"""What each module is for the page; None for parameters that it does not have."""

_SOFTPLUS_THRESHOLD = 20
"""From there on torch's softplus is its argument, up to float32's rounding."""


class _NoChain(Exception):
    """The module is no chain of dense layers."""


def from_torch(module: nn.Module, width: int | None = None) -> Network | NetworkFile:
    """A network from a module as it evaluates: without dropout, and with the running statistics of normalisations.

    Chains of Linear, activations, BatchNorm1d, Flatten and Dropout are read directly, with their float32 or float64
    numbers. Any other module is exported to ONNX, if torch can.

    :param width: the number of inputs, for modules that do not start with a Linear
    :raises InvalidInputError: if torch cannot export it
    """
    compiled = getattr(module, "_orig_mod", None)
    if isinstance(compiled, nn.Module):
        # What torch.compile made of it computes the same.
        return from_torch(compiled, width)
    try:
        steps = list(_steps(module))
    except _NoChain:
        return _exported(module, width)
    return Network(layers_of(steps))


def _is_smooth(module: nn.Module) -> bool:
    """Whether it is no Softplus that jumps: torch has it end at a threshold, which ONNX does not know."""
    return not isinstance(module, nn.Softplus) or module.threshold >= _SOFTPLUS_THRESHOLD


def _steps(module: nn.Module) -> Iterator[Step]:
    kind = type(module)
    if module._forward_hooks or module._forward_pre_hooks or "forward" in vars(module):
        raise _NoChain
    if isinstance(module, torch.jit.ScriptModule):
        raise _NoChain
    if kind.forward is nn.Sequential.forward:
        # Not `children()`, which has a module that stands in several places once.
        for part in cast(nn.Sequential, module):
            yield from _steps(part)
    elif type(module) is nn.Linear:
        weight = _array(module.weight)
        bias = np.zeros(len(weight), weight.dtype) if module.bias is None else _array(module.bias)
        yield Affine(weight, bias)
    elif type(module) is nn.BatchNorm1d and module.running_mean is not None:
        yield _normalisation(module)
    elif kind in _ACTIVATIONS:
        activation = _ACTIVATIONS[kind](module)
        if activation is None:
            raise _NoChain
        yield Applied(activation)
    elif kind not in _IDENTITIES:
        raise _NoChain


def _normalisation(module: nn.BatchNorm1d) -> Scaling:
    mean, variance = (
        _array(statistic).astype(np.float64) for statistic in (module.running_mean, module.running_var)
    )
    factor = 1 / np.sqrt(variance + module.eps)
    shift = -mean * factor
    if module.affine:
        gain, offset = (_array(parameter).astype(np.float64) for parameter in (module.weight, module.bias))
        factor, shift = factor * gain, shift * gain + offset
    return Scaling(factor, shift)


def _array(tensor: torch.Tensor | None) -> np.ndarray:
    assert tensor is not None
    return numbers(tensor, "model")


def _exported(module: nn.Module, width: int | None) -> NetworkFile:
    for part in module.modules():
        if not _is_smooth(part):
            expected = f"one of {_SOFTPLUS_THRESHOLD} or more"
            raise InvalidInputError("model", f"a Softplus with the threshold {part.threshold}", expected)
    example = torch.zeros(1, _width_of(module, width), **_like(module))
    were_training = {part: part.training for part in module.modules()}
    # The exporter of torch 2.9 and later asks for a package that is not part of torch.
    options = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    file = io.BytesIO()
    module.eval()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(module, (example,), file, **options)
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        received = f"{type(module).__name__}, which torch.onnx.export cannot export ({reason})"
        raise InvalidInputError("model", received, _EXPECTED) from error
    finally:
        # Each by itself: some may have been frozen.
        for part, was_training in were_training.items():
            part.training = was_training
    return NetworkFile(f"{type(module).__name__}.onnx", file.getvalue())


_EXPECTED = (
    "a Sequential of Linear, activations, BatchNorm1d, Flatten and Dropout, or a module that exports to ONNX"
)


def _width_of(module: nn.Module, width: int | None) -> int:
    if width is not None:
        return width
    first = next(filter(_is_linear, module.modules()), None)
    if first is None:
        received = f"{type(module).__name__} without a Linear"
        raise InvalidInputError("model", received, f"{_EXPECTED}; data=(X, y) says how many inputs it has")
    return int(first.in_features)  # type: ignore[arg-type]


def _is_linear(module: nn.Module) -> bool:
    """Whether it is one, or the script of one, which knows its name."""
    return isinstance(module, nn.Linear) or getattr(module, "original_name", None) == "Linear"


def _like(module: nn.Module) -> dict[str, Any]:
    parameter = next(module.parameters(), None)
    return {} if parameter is None else {"dtype": parameter.dtype, "device": parameter.device}
