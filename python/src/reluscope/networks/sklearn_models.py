"""Networks from scikit-learn, which is never imported here: the caller's model has all that is needed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import InvalidInputError
from .arrays import numbers
from .chain import Affine, Applied, Step, layers_of
from .network import InputFacts, Network

KINDS = ("MLPClassifier", "MLPRegressor", "LogisticRegression")
_ACTIVATIONS = {"identity": "identity", "logistic": "sigmoid", "tanh": "tanh", "relu": "relu"}


def from_sklearn(model: Any) -> Network:
    """A network from a fitted MLPClassifier, MLPRegressor or LogisticRegression.

    A classifier has an output for each class, whose softmax is ``predict_proba``: of two classes those are 0 and the logit.

    :raises InvalidInputError: if the model is not fitted, or of a kind that has no such form
    """
    kind = type(model).__name__
    if kind not in KINDS:
        raise InvalidInputError("model", f"scikit-learn's {kind}", f"one of {', '.join(KINDS)}")
    if not hasattr(model, "coef_") and not hasattr(model, "coefs_"):
        raise InvalidInputError("model", f"a {kind} that is not fitted", "one after fit(X, y)")
    steps = _logistic(model) if kind == "LogisticRegression" else _perceptron(model)
    ending = getattr(model, "out_activation_", "softmax")
    if ending not in ("identity", "logistic", "softmax"):
        raise InvalidInputError(
            "model", f"a {kind} whose outputs go through {ending}", "plain outputs or logits"
        )
    classes = getattr(model, "classes_", None) if kind != "MLPRegressor" else None
    if classes is not None and len(classes) == 2 and _outputs(steps) == 1:
        steps[-1] = _two_classes(steps[-1], _is_symmetric(model))
        ending = "softmax"
    features = getattr(model, "feature_names_in_", None)
    return Network(
        layers_of(steps),
        name=kind,
        inputs=None if features is None else tuple(InputFacts(str(name)) for name in features),
        outputs=None if classes is None else tuple(str(name) for name in classes),
        # Of several labels at once each output is a logit by itself.
        readout={"kind": "sigmoid", "index": 0} if ending == "logistic" else None,
    )


def _perceptron(model: Any) -> list[Step]:
    steps: list[Step] = []
    for weight, bias in zip(model.coefs_, model.intercepts_):
        if steps:
            steps.append(Applied(_ACTIVATIONS[model.activation]))
        steps.append(Affine(numbers(weight, "model.coefs_").T, numbers(bias, "model.intercepts_")))
    return steps


def _logistic(model: Any) -> list[Step]:
    # liblinear knows no other; recent versions refuse it for several classes.
    is_alone = getattr(model, "multi_class", None) == "ovr" or model.solver == "liblinear"
    if is_alone and len(model.classes_) > 2:
        raise InvalidInputError(
            "model", "a LogisticRegression of one class versus the rest", "a multinomial one"
        )
    weight = numbers(model.coef_, "model.coef_")
    bias = np.broadcast_to(numbers(model.intercept_, "model.intercept_"), len(weight))
    return [Affine(weight, bias)]


def _is_symmetric(model: Any) -> bool:
    """Whether the logits of two classes are −z and z, as a setting of earlier versions makes them."""
    return getattr(model, "multi_class", None) == "multinomial"


def _two_classes(last: Step, symmetric: bool) -> Affine:
    assert isinstance(last, Affine)
    other = -1.0 if symmetric else 0.0
    return Affine(
        np.concatenate([other * last.weight, last.weight]), np.concatenate([other * last.bias, last.bias])
    )


def _outputs(steps: list[Step]) -> int:
    last = steps[-1]
    return len(last.bias) if isinstance(last, Affine) else 0
