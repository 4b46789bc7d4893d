# slice-softmax
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

torch.manual_seed(4)
model = nn.Sequential(
    nn.Linear(5, 10, dtype=torch.float32, device="cpu"), nn.ReLU(),
    nn.Linear(10, 10, dtype=torch.float32, device="cpu"), nn.Tanh(),
    nn.Linear(10, 5, dtype=torch.float32, device="cpu"),
).double()
origin = torch.tensor([0.0, 0.0, 0.5, 0.0, -1.0], dtype=torch.float64, device="cpu")
axes = torch.tensor([[1.0, 0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0]], dtype=torch.float64, device="cpu")


def outputs(points):
    return model(origin + points @ axes)


def f(points):
    return torch.softmax(20.0 * outputs(points), dim=-1)[..., 3]


def sample(points):
    with torch.enable_grad():
        points = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return gradient.norm(dim=-1).numpy()


n = 21
x = np.linspace(-5.0, 5.0, n)
y = np.linspace(-5.0, 5.0, n)
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
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("slice-softmax")
plt.show()
