# gap-partial1
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

lam = 2.5
torch.manual_seed(11)
linear = nn.Linear(2, 5, dtype=torch.float32, device="cpu").double()


def logits(points):
    return linear(points)


def f(points):
    z = logits(points)
    below = z - z.max(dim=-1, keepdim=True).values
    return torch.logsumexp(lam * below, dim=-1) / lam


def sample(points):
    with torch.enable_grad():
        points = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return gradient[:, 0].numpy()


n = 21
x = np.linspace(-5.0, 5.0, n)
y = np.linspace(-5.0, 5.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmax = np.abs(values).max()
vmin = -vmax

# A pixel lies about its sample.
dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2
extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]
plt.imshow(values, origin="lower", extent=extent, cmap="coolwarm", vmin=vmin, vmax=vmax,
           interpolation="nearest")
plt.colorbar()
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("gap-partial1")
plt.show()
