"""Writes fields.json: values that other programs give for the fields of this project.

`python3 tests/reference/numpy/make_fields.py`, with NumPy 1.24, SciPy 1.10 and PyTorch 1.13 (Debian 12).

- samples: values from scipy.special (logsumexp, softmax, expit) and NumPy, gradients from PyTorch's
  autograd in float64, networks from torch.manual_seed and nn.Linear.
- exact: the smooth fields in 60-digit decimal arithmetic from the exact logits, rounded once. Their
  weights and points have so few bits that float64 holds every logit without rounding.
- kinks: hand-made networks at points where a pre-activation is exactly 0.
- grids, linspace: np.linspace, np.gradient, np.hypot and np.arctan2.
"""

import json
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

import numpy as np
import scipy
import torch
from scipy.special import expit, logsumexp, softmax

getcontext().prec = 60

LAMBDAS = [1e-3, 1.0, 10.0, 100.0, 1e6]
# Ties of the default logits, near ties, and points far out; all with few bits.
POINTS = [
    [0.0, 0.0], [1.0, 1.0], [-3.0, -3.0], [0.5, 0.25], [0.25, 0.5], [-7.125, 3.375], [100.0, 99.875],
    [2.0**-20, -(2.0**-20)], [2.25, 2.25 + 2.0**-16], [1000.0, -1000.0], [1e6, 1e6 - 2.0**-4],
    [1e12, 1e12], [1e12, -1e12], [-1e12, 3.0], [-1e12, -1e12], [5.0, 1e12],
]
# Two equal logits, and one that only the bias sets apart.
TIED = {
    "weight": [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [-0.75, -1.25]],
    "bias": [0.0, 0.0, 0.5, -0.25],
}
LOGITS = [None, TIED, {"count": 5, "seed": 3}]
NEURONS = [([1.0, -1.0], 0.0), ([0.75, -0.5], 0.125)]
NETWORKS = [
    {"widths": [2, 20, 1], "activation": "relu", "seed": 0, "outputBias": None},
    {"widths": [2, 5, 5, 5, 5, 1], "activation": "relu", "seed": 7, "outputBias": 4.0},
    {"widths": [2, 8, 8, 1], "activation": "abs", "seed": 123456789, "outputBias": None},
    {"widths": [2, 1, 1], "activation": "abs", "seed": 2, "outputBias": -0.5},
]


def matrix_of(logits):
    """Weight [K, 2] and bias [K] in float64."""
    if logits is None:
        return np.eye(2), np.zeros(2)
    if "count" in logits:
        torch.manual_seed(logits["seed"])
        layer = torch.nn.Linear(2, logits["count"])
        return layer.weight.detach().double().numpy(), layer.bias.detach().double().numpy()
    return np.array(logits["weight"]), np.array(logits["bias"])


def logit_fields(sources=LOGITS):
    for logits in sources:
        count = len(matrix_of(logits)[1])
        yield {"kind": "max", "logits": logits}
        for component in range(count):
            yield {"kind": "argmax", "component": component, "logits": logits}
        for lam in LAMBDAS:
            yield {"kind": "lse", "lambda": lam, "logits": logits}
            for component in range(count):
                yield {"kind": "softmax", "lambda": lam, "component": component, "logits": logits}


def neuron_fields():
    for kind in ("sigmoid", "tanh"):
        for weight, bias in NEURONS:
            yield {"kind": kind, "weight": weight, "bias": bias}


def make_network(field):
    torch.manual_seed(field["seed"])
    widths = field["widths"]
    layers = [torch.nn.Linear(n, m) for n, m in zip(widths, widths[1:])]
    layers = [(layer.weight.detach().double(), layer.bias.detach().double()) for layer in layers]
    if field["outputBias"] is not None:
        layers[-1][1][:] = field["outputBias"]
    return layers


def run_network(layers, activation, point):
    h = point
    for weight, bias in layers[:-1]:
        z = weight @ h + bias
        h = torch.relu(z) if activation == "relu" else torch.abs(z)
    return (layers[-1][0] @ h + layers[-1][1])[0]


def torch_function(field):
    """The field as a function of a float64 tensor [2] that autograd can follow."""
    kind = field["kind"]
    if kind == "mlp":
        layers = make_network(field)
        return lambda p: run_network(layers, field["activation"], p)
    if kind in ("sigmoid", "tanh"):
        weight = torch.tensor(field["weight"], dtype=torch.float64)
        function = torch.sigmoid if kind == "sigmoid" else torch.tanh
        return lambda p: function(weight @ p + field["bias"])
    weight, bias = (torch.from_numpy(a) for a in matrix_of(field["logits"]))
    if kind == "max":
        return lambda p: (weight @ p + bias).max(dim=0).values
    lam = field["lambda"]
    if kind == "lse":
        return lambda p: torch.logsumexp(lam * (weight @ p + bias), dim=0) / lam
    return lambda p: torch.softmax(lam * (weight @ p + bias), dim=0)[field["component"]]


def numpy_value(field, point):
    kind = field["kind"]
    if kind in ("sigmoid", "tanh"):
        z = np.dot(field["weight"], point) + field["bias"]
        return float(expit(z) if kind == "sigmoid" else np.tanh(z))
    weight, bias = matrix_of(field["logits"])
    sigma = weight @ point + bias
    if kind == "max":
        return float(np.max(sigma))
    if kind == "argmax":
        return float(np.argmax(sigma) == field["component"])
    if kind == "lse":
        return float(logsumexp(field["lambda"] * sigma) / field["lambda"])
    return float(softmax(field["lambda"] * sigma)[field["component"]])


def gradient_of(field, point):
    if field["kind"] == "argmax":
        return [0.0, 0.0]
    p = torch.tensor(point, dtype=torch.float64, requires_grad=True)
    torch_function(field)(p).backward()
    return p.grad.tolist()


def samples():
    fields = [*logit_fields(), *neuron_fields(), *({"kind": "mlp", **n} for n in NETWORKS)]
    for field in fields:
        if field["kind"] == "mlp":
            function = torch_function(field)
            values = [float(function(torch.tensor(p, dtype=torch.float64))) for p in POINTS]
        else:
            values = [numpy_value(field, np.array(p)) for p in POINTS]
        yield {"field": field, "values": values, "gradients": [gradient_of(field, p) for p in POINTS]}


def decimal_of(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def log1p(x):
    """log(1 + x) for x >= 0 that keeps its digits for small x."""
    return x - x * x / 2 + x * x * x / 3 if x < Decimal(10) ** -25 else (1 + x).ln()


def exact_logits(field, point):
    """Value and gradient of a lse, gap or softmax field; ties go to the first index."""
    weight, bias = matrix_of(field["logits"])
    rows = [[Fraction(w) for w in row] for row in weight]
    x, y = (Fraction(c) for c in point)
    sigma = [row[0] * x + row[1] * y + Fraction(b) for row, b in zip(rows, bias)]
    assert all(Fraction(float(s)) == s for s in sigma), "a logit that float64 cannot hold"
    lam = Fraction(field["lambda"])
    winner = max(range(len(sigma)), key=lambda k: (sigma[k], -k))
    e = [decimal_of(lam * (s - sigma[winner])).exp() for s in sigma]
    pi = [term / sum(e) for term in e]
    others = sum((term for k, term in enumerate(e) if k != winner), Decimal(0))
    gap = log1p(others) / decimal_of(lam)

    def mean_from(origin):
        """The softmax mean of the gradients a_j - a_origin."""
        return [sum(p * decimal_of(r[i] - rows[origin][i]) for p, r in zip(pi, rows)) for i in (0, 1)]

    if field["kind"] == "gap":
        return gap, mean_from(winner)
    if field["kind"] == "lse":
        gradient = [m + decimal_of(rows[winner][i]) for i, m in enumerate(mean_from(winner))]
        return decimal_of(sigma[winner]) + gap, gradient
    k = field["component"]
    return pi[k], [-decimal_of(lam) * pi[k] * m for m in mean_from(k)]


def exact_neuron(field, point):
    z = Fraction(field["bias"])
    for w, c in zip(field["weight"], point):
        z += Fraction(w) * Fraction(c)
    assert Fraction(float(z)) == z, "a pre-activation that float64 cannot hold"
    if field["kind"] == "sigmoid":
        e = decimal_of(-abs(z)).exp()
        value, slope = (1 if z >= 0 else e) / (1 + e), e / (1 + e) ** 2
    else:
        e = decimal_of(-2 * abs(z)).exp()
        value, slope = (1 if z >= 0 else -1) * (1 - e) / (1 + e), 4 * e / (1 + e) ** 2
    return value, [slope * Decimal(w) for w in field["weight"]]


def exact_samples():
    fields = [f for f in logit_fields([None, TIED]) if f["kind"] in ("lse", "softmax")]
    fields += [{**f, "kind": "gap"} for f in fields if f["kind"] == "lse"]
    for field, evaluate in [
        *((f, exact_logits) for f in fields),
        *((f, exact_neuron) for f in neuron_fields()),
    ]:
        results = [evaluate(field, point) for point in POINTS]
        yield {
            "field": field,
            "values": [float(value) for value, _ in results],
            "gradients": [[float(g) + 0.0 for g in gradient] for _, gradient in results],
        }


def kinks():
    weights = [[[1.0, 0.0], [0.0, 1.0]], [[0.5, -2.0]]]
    biases = [[0.0, 0.0], [0.25]]
    points = [[0.0, 0.0], [0.0, 1.0], [0.0, -1.0], [2.0, 0.0], [-2.0, 0.0], [-1.5, 3.0]]
    layers = [(torch.tensor(w).double(), torch.tensor(b).double()) for w, b in zip(weights, biases)]
    for activation in ("relu", "abs"):
        values, gradients = [], []
        for point in points:
            p = torch.tensor(point, dtype=torch.float64, requires_grad=True)
            value = run_network(layers, activation, p)
            value.backward()
            values.append(float(value))
            gradients.append([g + 0.0 for g in p.grad.tolist()])
        yield {
            "activation": activation, "weights": weights, "biases": biases, "points": points,
            "values": values, "gradients": gradients,
        }


def grids():
    for field, x, y, width, height in [
        ({"kind": "mlp", **NETWORKS[1]}, [-5.0, 5.0], [-4.0, 4.5], 7, 5),
        ({"kind": "mlp", **NETWORKS[0]}, [-100.0, 100.0], [100.0, -100.0], 4, 6),
        ({"kind": "lse", "lambda": 1.0, "logits": None}, [-2.0, 2.0], [-1.0, 2.0], 5, 4),
        ({"kind": "softmax", "lambda": 10.0, "component": 1, "logits": LOGITS[2]}, [-1, 1], [-1, 1], 3, 3),
        ({"kind": "sigmoid", "weight": [1.0, -1.0], "bias": 0.0}, [0.0, 3.0], [0.0, 3.0], 2, 2),
        ({"kind": "max", "logits": None}, [-0.3, 0.7], [-0.4, 0.1], 6, 3),
    ]:
        xs, ys = np.linspace(*x, width), np.linspace(*y, height)
        points = [[float(a), float(b)] for b in ys for a in xs]
        function = torch_function(field)
        values = np.array([float(function(torch.tensor(p, dtype=torch.float64))) for p in points])
        values = values.reshape(height, width)
        partial1, partial2 = np.array([gradient_of(field, p) for p in points]).T + 0.0
        rows, columns = np.gradient(values)
        quantities = {
            "value": values, "partial1": partial1, "partial2": partial2,
            "gradientNorm": np.hypot(partial1, partial2),
            "gradientDirection": np.arctan2(partial2, partial1),
            "npGradientRows": rows, "npGradientColumns": columns,
        }
        yield {
            "request": {"field": field, "x": x, "y": y, "width": width, "height": height},
            "quantities": {name: array.ravel().tolist() for name, array in quantities.items()},
        }


def linspaces():
    for start, stop, count in [
        (0.0, 1.0, 1), (-0.0, 1.0, 1), (0.0, 1.0, 2), (0.0, 1.0, 11), (-10.0, 10.0, 49), (0.1, 0.7, 7),
        (1.0, -1.0, 6), (3.3, 3.3, 4), (-1e9, 1e9, 10), (1e-12, 3e-12, 13), (1 / 3, 2 / 3, 50),
        (0.0, 5e-324, 5), (2.5, 2.5, 1), (-0.0, -0.0, 3), (-1e30, 1e30, 7), (1.0, 1.0 + 2**-52, 4),
    ]:
        yield {
            "start": start, "stop": stop, "count": count,
            "points": np.linspace(start, stop, count).tolist(),
        }


def main():
    data = {
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "torch": torch.__version__},
        "points": POINTS, "samples": list(samples()), "exact": list(exact_samples()),
        "kinks": list(kinks()), "grids": list(grids()), "linspace": list(linspaces()),
    }
    lines = []
    for name, part in data.items():
        if isinstance(part, list):
            inner = ",\n".join(json.dumps(entry, allow_nan=False) for entry in part)
            lines.append(f"{json.dumps(name)}: [\n{inner}\n]")
        else:
            lines.append(f"{json.dumps(name)}: {json.dumps(part)}")
    path = Path(__file__).with_name("fields.json")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
