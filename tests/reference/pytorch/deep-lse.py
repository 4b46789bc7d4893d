# deep-lse
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import torch

# Points count from the centre, which float64 has too few digits for: the first layer's bias takes
# it in. Values may still show the steps of float64.
center = [Fraction(3.0) + Fraction(0.0), Fraction(3.0) + Fraction(0.0)]


def at_center(weight, bias):
    exact = [
        sum((Fraction(w) * c for w, c in zip(row, center)), Fraction(b))
        for row, b in zip(weight.tolist(), bias.tolist())
    ]
    return torch.tensor([float(z) for z in exact], dtype=torch.float64, device="cpu")


lam = 2.0
bias = at_center(torch.eye(2, dtype=torch.float64, device="cpu"), torch.zeros(2, dtype=torch.float64, device="cpu"))


def logits(points):
    return points + bias


def f(points):
    return torch.logsumexp(lam * logits(points), dim=-1) / lam


def sample(points):
    with torch.enable_grad():
        points = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return gradient[:, 1].numpy()


n = 21
x = np.linspace(-1e-10, 1e-10, n)
y = np.linspace(-1e-10, 1e-10, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmin, vmax = values.min(), values.max()

# A pixel lies about its sample.
dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2
extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]
plt.imshow(values, origin="lower", extent=extent, cmap="viridis", vmin=vmin, vmax=vmax,
           interpolation="nearest")
plt.colorbar()
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$z_1$ from 3.0000000000000")
plt.ylabel("$z_2$ from 3.0000000000000")
plt.title("deep-lse")
plt.show()
