# deep-identity
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import torch

# Points count from the centre, which float64 has too few digits for: the first layer's bias takes
# it in. Values may still show the steps of float64.
center = [Fraction(3.1) + Fraction(1e-16), Fraction(0.7) + Fraction(0.0)]


def at_center(weight, bias):
    exact = [
        sum((Fraction(w) * c for w, c in zip(row, center)), Fraction(b))
        for row, b in zip(weight.tolist(), bias.tolist())
    ]
    return torch.tensor([float(z) for z in exact], dtype=torch.float64, device="cpu")


origin = torch.tensor([0.25, -0.5], dtype=torch.float64, device="cpu")
axes = torch.tensor([[0.6, 0.8], [-1.6, 1.2]], dtype=torch.float64, device="cpu")
origin = at_center(axes.T, origin)


def outputs(points):
    return origin + points @ axes


def f(points):
    return torch.softmax(1.0 * outputs(points), dim=-1)[..., 1]


def sample(points):
    with torch.no_grad():
        return f(points).numpy()


n = 21
x = np.linspace(-1e-12, 1e-12, n)
y = np.linspace(-1e-12, 1e-12, n)
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
plt.xlabel("$z_1$ from 3.100000000000000")
plt.ylabel("$z_2$ from 0.700000000000000")
plt.title("deep-identity")
plt.show()
