"""From whatever a person has to a network that the page reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import InvalidInputError
from .arrays import from_arrays, is_pairs
from .keras_models import from_keras
from .network import Activation, InputFacts, Layer, Network, NetworkFile
from .sklearn_models import from_sklearn

__all__ = ["Activation", "InputFacts", "Layer", "Network", "NetworkFile", "network_of"]

EXPECTED = (
    "a torch.nn.Module, a list of (weight, bias) arrays, scikit-learn's MLPClassifier, MLPRegressor or LogisticRegression, "
    "a Keras Sequential of Dense layers, a path to a file, or a state as a dict"
)


def network_of(
    model: object,
    *,
    activation: Activation | Sequence[Activation] = "relu",
    transposed: bool | None = None,
    features: Sequence[str] | None = None,
    classes: Sequence[object] | None = None,
    points: np.ndarray | None = None,
) -> Network | NetworkFile:
    """The network of a model.

    :param model: a torch.nn.Module, a list of (weight, bias) arrays, scikit-learn's MLPClassifier, MLPRegressor or
        LogisticRegression, a Keras Sequential, or a path
    :param activation: of the hidden layers of a list of arrays, one for all or one for each
    :param transposed: whether weights of a list of arrays are [inputs, outputs]; by default what their shapes say
    :param features: [d] names of the inputs
    :param classes: [K] names of the outputs
    :param points: [n, d] points, whose ranges those of the inputs become
    :raises InvalidInputError: that says what was received and what is expected
    """
    found = _read(model, activation, transposed, points)
    if isinstance(found, Network):
        return found.named(features, classes, points)
    if features is not None or classes is not None:
        raise InvalidInputError("features or classes", found.name, "a network whose layers are read in Python")
    return found


def _read(
    model: object,
    activation: Activation | Sequence[Activation],
    transposed: bool | None,
    points: np.ndarray | None,
) -> Network | NetworkFile:
    if isinstance(model, (Network, NetworkFile)):
        return model
    if isinstance(model, (str, os.PathLike)):
        return _from_path(Path(model))
    torch: Any = sys.modules.get("torch")
    if torch is not None and isinstance(model, torch.nn.Module):
        from .torch_modules import from_torch

        return from_torch(model, None if points is None else points.shape[1])
    library = type(model).__module__.split(".")[0]
    if library == "sklearn":
        return from_sklearn(model)
    if library in ("keras", "tensorflow", "tf_keras"):
        return from_keras(model)
    if is_pairs(model):
        return from_arrays(model, activation, transposed)
    raise InvalidInputError("model", type(model).__name__, EXPECTED)


def _from_path(path: Path) -> NetworkFile:
    try:
        return NetworkFile(path.name, path.read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidInputError("model", f"the path {path} ({reason})", "a file that can be read") from error
