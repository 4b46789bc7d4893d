#!/usr/bin/env python3
"""Writes activations.json: values and derivatives of activations, from PyTorch and from 300-digit arithmetic.

    /usr/bin/python3 tests/reference/activations/make_activations.py

needs Debian's python3-torch and python3-mpmath. `values` and `derivatives` are those of the modules of torch.nn in float64, at
kinks those of autograd. `exact` are the same of a smooth activation in 300 digits, and `changes` has what it changes by from a to
a + b: [a, b, change of the value, change of the derivative].
"""

import json
from pathlib import Path

import mpmath
import torch
from mpmath import mp, mpf
from torch import nn

mp.dps = 300  # Changes are differences of numbers that may agree in 200 digits.

SIZES = [1e-300, 1e-20, 1e-8, 1e-3, 0.1, 0.5, 0.751, 1, 1.5, 2, 2.5, 3, 4.75, 6, 8.5, 12, 19.5, 37, 100, 720]
POINTS = [-size for size in reversed(SIZES)] + [0] + SIZES


class Abs(nn.Module):
    def forward(self, z):
        return z.abs()


class Sine(nn.Module):
    def forward(self, z):
        return z.sin()


def prelu(slope):
    module = nn.PReLU(1).double()
    with torch.no_grad():
        module.weight.fill_(slope)
    return module


MODULES = [
    ("relu", nn.ReLU()),
    ("abs", Abs()),
    ({"kind": "leakyRelu", "slope": 0.01}, nn.LeakyReLU(0.01)),
    ({"kind": "leakyRelu", "slope": -1.5}, nn.LeakyReLU(-1.5)),
    ({"kind": "prelu", "slopes": [0.25]}, prelu(0.25)),
    ({"kind": "hardtanh", "min": -1, "max": 2}, nn.Hardtanh(-1, 2)),
    ("relu6", nn.ReLU6()),
    ("identity", nn.Identity()),
    ("tanh", nn.Tanh()),
    ("sigmoid", nn.Sigmoid()),
    ("gelu", nn.GELU()),
    ("geluTanh", nn.GELU(approximate="tanh")),
    ("silu", nn.SiLU()),
    ({"kind": "elu", "alpha": 1}, nn.ELU()),
    ({"kind": "elu", "alpha": 0.3}, nn.ELU(0.3)),
    ("softplus", nn.Softplus()),
    ("sine", Sine()),
]


def sigmoid(z):
    return 1 / (1 + mpmath.exp(-z))


def density(z):
    return mpmath.exp(-z * z / 2) / mpmath.sqrt(2 * mpmath.pi)


def normal(z):
    return mpmath.erfc(-z / mpmath.sqrt(2)) / 2


def gelu_tanh(z):
    rate, cubic = 2 * mpmath.sqrt(2 / mpmath.pi), mpf(0.044715)
    y = rate * (z + cubic * z**3)
    s = sigmoid(y)
    return z * s, s + z * rate * (1 + 3 * cubic * z * z) * s * (1 - s)


def elu(alpha):
    return lambda z: (z, mpf(1)) if z > 0 else (alpha * mpmath.expm1(z), alpha * mpmath.exp(z))


def formula(activation):
    """z -> (value, derivative) in as many digits as mp has; None if the activation is piecewise linear."""
    if isinstance(activation, dict):
        return elu(mpf(activation["alpha"])) if activation["kind"] == "elu" else None
    return {
        "tanh": lambda z: (mpmath.tanh(z), 1 / mpmath.cosh(z) ** 2),
        "sigmoid": lambda z: (sigmoid(z), sigmoid(z) * sigmoid(-z)),
        "gelu": lambda z: (z * normal(z), normal(z) + z * density(z)),
        "geluTanh": gelu_tanh,
        "silu": lambda z: (z * sigmoid(z), sigmoid(z) * (1 + z * sigmoid(-z))),
        "softplus": lambda z: (mpmath.log1p(mpmath.exp(z)), sigmoid(z)),
        "sine": lambda z: (mpmath.sin(z), mpmath.cos(z)),
    }.get(activation)


def from_torch(module, points):
    z = torch.tensor(points, dtype=torch.float64, requires_grad=True)
    values = module(z)
    values.sum().backward()
    return values.tolist(), z.grad.tolist()


def changes_of(exact):
    starts = [-30, -5, -0.9, -0.5, 0, 1e-9, 0.3, 2, 7, 25]
    steps = [1e-14, 1e-9, 1e-4, 0.01, 0.2, 0.6, 2, 9, 60]
    for a in map(float, starts):
        before = exact(mpf(a))
        for b in [sign * step for step in steps for sign in (1, -1)]:
            after = exact(mpf(a) + mpf(b))
            yield [a, b, float(after[0] - before[0]), float(after[1] - before[1])]


def describe(activation, module):
    values, derivatives = from_torch(module, POINTS)
    entry = {"activation": activation, "values": values, "derivatives": derivatives}
    exact = formula(activation)
    if exact:
        entry["exact"] = [[float(part) for part in exact(mpf(z))] for z in POINTS]
        entry["changes"] = list(changes_of(exact))
    return entry


def main():
    entries = [describe(*each) for each in MODULES]
    probabilities = [[z, float(mpmath.erf(mpf(z))), float(normal(mpf(z)))] for z in POINTS]
    target = Path(__file__).with_name("activations.json")
    with target.open("w", encoding="ascii") as file:
        file.write('{"torch":%s,"points":%s,"activations":[\n' % (json.dumps(torch.__version__), json.dumps(POINTS)))
        file.write(",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries))
        file.write('\n],"erfAndNormal":%s}\n' % json.dumps(probabilities))
    print(f"{len(entries)} activations, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
