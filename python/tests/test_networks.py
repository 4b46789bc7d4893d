"""Every kind of model becomes the network that it is: outputs are compared with the model's own."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier, MLPRegressor
from torch import nn

from reluscope import InvalidInputError
from reluscope.networks import Network, NetworkFile, network_of

os.environ["KERAS_BACKEND"] = "numpy"
import keras

# Of float64 sums of some ten products.
ROUNDING = 1e-12
# Likewise of float32.
SINGLE = 1e-5

RANDOM = np.random.RandomState(0)
POINTS = RANDOM.randn(50, 3)

ACTIVATIONS = {
    "identity": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True),
}


def evaluate(network: Network, x: np.ndarray) -> np.ndarray:
    for layer in network.layers:
        x = x @ layer.weight.T.astype(np.float64) + layer.bias
        if isinstance(layer.activation, str):
            x = ACTIVATIONS[layer.activation](x)
        elif layer.activation["kind"] == "leakyRelu":
            x = np.where(x > 0, x, layer.activation["slope"] * x)
        else:
            raise AssertionError(layer.activation)
    return x


def dense(model: object, **options: object) -> Network:
    network = network_of(model, **options)
    assert isinstance(network, Network)
    return network


def assert_near(values: np.ndarray, expected: np.ndarray, tolerance: float) -> None:
    assert values.shape == expected.shape
    assert np.abs(values - expected).max() <= tolerance


def labels(count: int) -> np.ndarray:
    return np.arange(len(POINTS)) % count


class TestTorch:
    def test_a_sequential_keeps_its_float32_numbers(self) -> None:
        model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2, bias=False))
        network = dense(model)
        assert [layer.activation for layer in network.layers] == ["relu", "identity"]
        assert network.layers[0].weight.dtype == np.float32
        assert np.array_equal(network.layers[0].weight, model[0].weight.detach().numpy())
        assert np.array_equal(network.layers[1].bias, np.zeros(2, np.float32))

    def test_normalisation_dropout_and_flatten_as_it_evaluates(self) -> None:
        torch.manual_seed(1)
        inner = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4, affine=False), nn.LeakyReLU(0.1))
        model = nn.Sequential(
            nn.Flatten(), nn.BatchNorm1d(3), nn.Linear(3, 4), nn.Dropout(0.5), nn.Tanh(), nn.BatchNorm1d(4), inner,
            nn.Linear(4, 2), nn.BatchNorm1d(2), nn.Softmax(dim=1),
        ).double()  # fmt: skip
        for _ in range(3):
            model(torch.from_numpy(RANDOM.randn(20, 3)))
        network = dense(model)
        assert [layer.activation for layer in network.layers] == [
            "tanh", {"kind": "leakyRelu", "slope": 0.1}, "softmax"
        ]  # fmt: skip
        assert model.training
        expected = model.eval()(torch.from_numpy(POINTS)).detach().numpy()
        assert_near(evaluate(network, POINTS), expected, ROUNDING)

    def test_a_module_in_several_places_is_in_each(self) -> None:
        torch.manual_seed(2)
        relu, inner = nn.ReLU(), nn.Linear(3, 3)
        model = nn.Sequential(inner, relu, inner, relu, nn.Linear(3, 1)).double()
        network = dense(model)
        assert [layer.activation for layer in network.layers] == ["relu", "relu", "identity"]
        expected = model(torch.from_numpy(POINTS)).detach().numpy()
        assert_near(evaluate(network, POINTS), expected, ROUNDING)

    @pytest.mark.parametrize("place", [nn.Identity(), nn.Mish()])
    def test_a_softplus_that_jumps_is_refused(self, place: nn.Module) -> None:
        model = nn.Sequential(nn.Linear(2, 2), nn.Softplus(threshold=1), place, nn.Linear(2, 1))
        with pytest.raises(InvalidInputError, match="a Softplus with the threshold 1, expected one of 20"):
            network_of(model)

    def test_activations_with_parameters(self) -> None:
        model = nn.Sequential(
            nn.Linear(1, 2), nn.PReLU(2), nn.Linear(2, 2), nn.Hardtanh(-2, 3), nn.Linear(2, 2), nn.ELU(0.5),
            nn.Linear(2, 2), nn.GELU(), nn.Linear(2, 2), nn.GELU(approximate="tanh"), nn.Linear(2, 1),
        )  # fmt: skip
        assert [layer.activation for layer in dense(model).layers] == [
            {"kind": "prelu", "slopes": [0.25, 0.25]},
            {"kind": "hardtanh", "min": -2.0, "max": 3.0},
            {"kind": "elu", "alpha": 0.5},
            "gelu",
            "geluTanh",
            "identity",
        ]

    def test_another_module_is_exported_to_onnx(self) -> None:
        class Residual(nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.first = nn.Linear(3, 2)

            def forward(self, x: torch.Tensor) -> torch.Tensor:
                return torch.relu(self.first(x)) - 1

        found = network_of(Residual())
        assert isinstance(found, NetworkFile)
        assert found.name == "Residual.onnx"
        assert b"Relu" in found.content

    def test_what_a_person_has_put_into_a_chain_is_exported_with_it(self) -> None:
        model = nn.Sequential(nn.Linear(3, 2), nn.ReLU())
        model[1].forward = torch.tanh
        found = network_of(model)
        assert isinstance(found, NetworkFile)
        assert b"Tanh" in found.content

    def test_a_script_and_a_compiled_module(self) -> None:
        model = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1))
        script = network_of(torch.jit.script(model))
        assert isinstance(script, NetworkFile)
        assert b"Relu" in script.content

        class Optimized(nn.Module):
            """As torch.compile wraps it."""

            def __init__(self) -> None:
                super().__init__()
                self._orig_mod = model

        assert np.array_equal(dense(Optimized()).layers[0].weight, dense(model).layers[0].weight)

    def test_an_export_leaves_each_part_in_its_mode(self) -> None:
        module = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Softplus(beta=2))
        module[1].eval()
        assert network_of(module).name == "Sequential.onnx"
        assert [module.training, module[1].training, module[2].training] == [True, False, True]

    def test_what_torch_cannot_export_is_refused(self) -> None:
        class Broken(nn.Linear):
            def forward(self, x: torch.Tensor) -> torch.Tensor:
                raise NotImplementedError("not today")

        with pytest.raises(
            InvalidInputError, match=r"Broken, which torch.onnx.export cannot export \(not today\)"
        ):
            network_of(Broken(2, 1))
        with pytest.raises(InvalidInputError, match="Softplus without a Linear"):
            network_of(nn.Softplus(beta=2))


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
class TestScikitLearn:
    @pytest.mark.parametrize("activation", ["relu", "tanh", "logistic", "identity"])
    def test_a_regressor(self, activation: str) -> None:
        model = MLPRegressor(hidden_layer_sizes=(5, 4), activation=activation, max_iter=5)
        model.fit(POINTS, RANDOM.randn(50, 2))
        assert_near(evaluate(dense(model), POINTS), model.predict(POINTS), ROUNDING)

    @pytest.mark.parametrize("count", [2, 3])
    @pytest.mark.parametrize("kind", [MLPClassifier, LogisticRegression])
    def test_a_classifier_has_a_logit_for_each_class(self, kind: type, count: int) -> None:
        names = np.array(["setosa", "versicolor", "virginica"])[:count]
        model = kind(max_iter=5).fit(POINTS, names[labels(count)])
        network = dense(model)
        assert network.outputs == tuple(names)
        probabilities = ACTIVATIONS["softmax"](evaluate(network, POINTS))
        assert_near(probabilities, model.predict_proba(POINTS), ROUNDING)

    def test_several_labels_at_once_are_logits_each(self) -> None:
        targets = (RANDOM.randn(50, 2) > 0).astype(int)
        model = MLPClassifier(hidden_layer_sizes=(3,), max_iter=5).fit(POINTS, targets)
        network = dense(model)
        assert network.readout == {"kind": "sigmoid", "index": 0}
        expected = model.predict_proba(POINTS)
        assert_near(ACTIVATIONS["sigmoid"](evaluate(network, POINTS)), expected, ROUNDING)

    def test_one_class_versus_the_rest_is_refused(self) -> None:
        model = LogisticRegression().fit(POINTS, labels(3))
        # As versions before 1.8 fit it.
        model.solver = "liblinear"
        with pytest.raises(InvalidInputError, match="one class versus the rest"):
            network_of(model)

    def test_what_is_not_fitted_is_refused(self) -> None:
        with pytest.raises(
            InvalidInputError, match="a MLPClassifier that is not fitted, expected one after fit"
        ):
            network_of(MLPClassifier())

    def test_an_output_that_is_an_exponential_is_refused(self) -> None:
        model = MLPRegressor(loss="poisson", max_iter=5).fit(POINTS, RANDOM.rand(50))
        with pytest.raises(InvalidInputError, match="MLPRegressor whose outputs go through exp"):
            network_of(model)

    def test_another_kind_is_refused(self) -> None:
        from sklearn.tree import DecisionTreeClassifier

        with pytest.raises(InvalidInputError, match="DecisionTreeClassifier, expected one of MLPClassifier"):
            network_of(DecisionTreeClassifier())


class TestKeras:
    def test_dense_layers(self) -> None:
        layers = keras.layers
        model = keras.Sequential([
            layers.Input((3,)), layers.BatchNormalization(), layers.Dense(4, activation="tanh"), layers.Dropout(0.5),
            layers.Dense(4), layers.LeakyReLU(negative_slope=0.3), layers.Dense(2, "softmax", use_bias=False),
        ])  # fmt: skip
        model.layers[0].set_weights([RANDOM.rand(3) + 0.5 for _ in range(4)])
        network = dense(model)
        assert network.layers[1].activation == {"kind": "leakyRelu", "slope": pytest.approx(0.3)}
        assert_near(evaluate(network, POINTS), np.asarray(model(POINTS)), SINGLE)

    def test_another_layer_is_refused_by_its_name(self) -> None:
        model = keras.Sequential([keras.layers.Input((4, 1)), keras.layers.Conv1D(2, 2, name="folds")])
        with pytest.raises(InvalidInputError, match="layer folds: received Conv1D"):
            network_of(model)

    def test_what_is_not_built_is_refused(self) -> None:
        with pytest.raises(InvalidInputError, match="not built"):
            network_of(keras.Sequential([keras.layers.Dense(2)]))


class TestArrays:
    PAIRS: ClassVar = [(RANDOM.randn(4, 3), RANDOM.randn(4)), (RANDOM.randn(2, 4), RANDOM.randn(2))]

    def test_either_orientation(self) -> None:
        turned = [(weight.T, bias[None]) for weight, bias in self.PAIRS]
        expected = np.maximum(POINTS @ turned[0][0] + turned[0][1], 0) @ turned[1][0] + turned[1][1]
        for pairs in (self.PAIRS, turned):
            assert_near(evaluate(dense(pairs), POINTS), expected, ROUNDING)

    def test_square_weights_are_outputs_by_inputs_unless_it_is_said(self) -> None:
        square = np.array([[1.0, 2.0], [3.0, 4.0]])
        assert dense([(square, None)]).layers[0].weight.tolist() == [[1, 2], [3, 4]]
        assert dense([(square, None)], transposed=True).layers[0].weight.tolist() == [[1, 3], [2, 4]]

    @pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
    def test_parameters_of_torch_are_arrays(self, kind: torch.dtype) -> None:
        layer = nn.Linear(3, 2, dtype=kind)
        (read,) = dense([(layer.weight, layer.bias)]).layers
        assert np.array_equal(read.weight, layer.weight.detach().float().numpy())

    def test_activations(self) -> None:
        assert dense(self.PAIRS, activation=["tanh"]).layers[0].activation == "tanh"
        with pytest.raises(InvalidInputError, match="2 activations, expected 1"):
            network_of(self.PAIRS, activation=["tanh", "relu"])

    @pytest.mark.parametrize(
        ("pairs", "message"),
        [
            ([], "an empty list"),
            ([(np.zeros((2, 3)), np.zeros(4))], r"shapes \(2, 3\) with \(4,\)"),
            ([(np.zeros(3), None)], r"model\[0\], weight: received the shape \(3,\), expected a matrix"),
            ([(np.full((1, 2), np.nan), None)], "not finite"),
            ([([["a"]], None)], "expected an array of numbers"),
            ([(np.eye(2) * 1j, None)], "numbers of the type complex128, expected real numbers"),
            ([(torch.empty(1, 2, device="meta"), None)], "received Tensor, expected an array of numbers"),
        ],
    )
    def test_wrong_arrays_are_refused(self, pairs: list, message: str) -> None:
        with pytest.raises(InvalidInputError, match=message):
            network_of(pairs)


class TestFiles:
    def test_safetensors_hold_numbers_and_names(self) -> None:
        pairs = [(np.array([[1.5, -2.0]], np.float32), np.array([0.1]))]
        network = dense(
            pairs, features=["height", "weight"], classes=["tall"], points=np.array([[0, 1], [2, 5.5]])
        )
        content = network.file().content
        length = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + length])
        assert header["__metadata__"] == {
            "reluscope:activations": '["identity"]',
            "reluscope:inputs": json.dumps(
                [{"name": "height", "range": [0.0, 2.0]}, {"name": "weight", "range": [1.0, 5.5]}]
            ),
            "reluscope:outputs": '["tall"]',
        }
        assert header["0.weight"] == {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]}
        assert header["0.bias"] == {"dtype": "F64", "shape": [1], "data_offsets": [8, 16]}
        assert np.frombuffer(content[8 + length :], "<f4")[:2].tolist() == [1.5, -2]

    def test_a_path(self, tmp_path: Path) -> None:
        file = tmp_path / "net.onnx"
        file.write_bytes(b"onnx")
        assert network_of(str(file)) == network_of(file) or network_of(file).content == b"onnx"
        with pytest.raises(InvalidInputError, match="No such file"):
            network_of(tmp_path / "other.onnx")

    def test_wrong_numbers_of_names(self) -> None:
        with pytest.raises(InvalidInputError, match="features: received 1 names, expected 2"):
            network_of([(np.zeros((1, 2)), None)], features=["x"])

    def test_anything_else_is_refused(self) -> None:
        with pytest.raises(
            InvalidInputError, match="model: received int, expected a torch.nn.Module"
        ) as caught:
            network_of(7)
        assert "a path to a file, or a state as a dict" in str(caught.value)
