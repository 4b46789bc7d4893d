# deep-radial
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

# Points count from the centre, which float64 has too few digits for: the first layer's bias takes
# it in. Values may still show the steps of float64.
center = [Fraction(40.0) + Fraction(0.0), Fraction(30.0) + Fraction(0.0)]


def at_center(weight, bias):
    exact = [
        sum((Fraction(w) * c for w, c in zip(row, center)), Fraction(b))
        for row, b in zip(weight.tolist(), bias.tolist())
    ]
    return torch.tensor([float(z) for z in exact], dtype=torch.float64, device="cpu")


torch.manual_seed(11)
linear = nn.Linear(2, 5, dtype=torch.float32, device="cpu").double()
linear.bias.data = at_center(linear.weight, linear.bias)


def logits(points):
    return linear(points)


def f(points):
    return logits(points).max(dim=-1).values


def sample(points):
    with torch.enable_grad():
        points = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return torch.atan2(gradient[:, 1], gradient[:, 0]).numpy()


n = 21
decades = 12.0
half = 1.0
# Log-radial: the distance from the centre grows by so many decades over the radius 1.
x = np.linspace(-1.0, 1.0, n)
y = np.linspace(-1.0, 1.0, n)
places = np.stack(np.meshgrid(x, y), axis=-1)
radius = np.maximum(np.linalg.norm(places, axis=-1, keepdims=True), 1e-300)
distance = half * 10.0 ** (decades * (radius - 1.0))
points = torch.tensor(distance * (places / radius), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmin, vmax = -np.pi, np.pi

# A pixel lies about its sample.
dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2
extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]
plt.imshow(values, origin="lower", extent=extent, cmap="twilight", vmin=vmin, vmax=vmax,
           interpolation="nearest")
plt.colorbar()
plt.gca().set_aspect("equal")
for power in range(-11, 5):
    ring = 1.0 + (power - np.log10(half)) / decades
    plt.gca().add_patch(plt.Circle((0.0, 0.0), ring, fill=False, color="white", alpha=0.6))
    plt.text(0.7 * ring, 0.7 * ring, f"$10^{{{power}}}$", color="white", clip_on=True)
plt.axis([-1.0, 1.0, -1.0, 1.0])
plt.xticks([])
plt.yticks([])
plt.xlabel("rings: distance from (40, 30)")
plt.title("deep-radial")
plt.show()
