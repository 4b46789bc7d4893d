# deep-slice
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

# Points count from the centre, which float64 has too few digits for: the first layer's bias takes
# it in. Values may still show the steps of float64.
center = [Fraction(1000.3) + Fraction(3e-14), Fraction(-200.7) + Fraction(0.0)]


def at_center(weight, bias):
    exact = [
        sum((Fraction(w) * c for w, c in zip(row, center)), Fraction(b))
        for row, b in zip(weight.tolist(), bias.tolist())
    ]
    return torch.tensor([float(z) for z in exact], dtype=torch.float64, device="cpu")


class Abs(nn.Module):
    def forward(self, z):
        return z.abs()


torch.manual_seed(6)
model = nn.Sequential(
    nn.Linear(4, 6, dtype=torch.float32, device="cpu"), Abs(),
    nn.Linear(6, 3, dtype=torch.float32, device="cpu"),
).double()
origin = torch.tensor([0.0, 0.0, 1.0, 2.0], dtype=torch.float64, device="cpu")
axes = torch.tensor([[1.0, 0.0, 0.0, 0.5], [0.0, 1.0, -1.0, 0.0]], dtype=torch.float64, device="cpu")
origin = at_center(axes.T, origin)


def outputs(points):
    return model(origin + points @ axes)


def f(points):
    lam = 5.0
    return torch.logsumexp(lam * outputs(points), dim=-1) / lam


def sample(points):
    with torch.enable_grad():
        points = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return gradient.norm(dim=-1).numpy()


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
plt.xlabel("$u_1$ from 1000.299999999999985")
plt.ylabel("$u_2$ from −200.699999999999989")
plt.title("deep-slice")
plt.show()
