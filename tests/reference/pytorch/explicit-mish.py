# explicit-mish
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

model = nn.Sequential(
    nn.Linear(3, 3, dtype=torch.float32, device="cpu"), nn.Mish(),
    nn.Linear(3, 2, dtype=torch.float32, device="cpu"),
).double()
model[0].weight.data = torch.tensor([[0.5, -1.25, 0.3], [1.1, 0.2, -0.7], [-0.4, 0.9, 0.6]], dtype=torch.float64, device="cpu")
model[0].bias.data = torch.tensor([0.1, -0.2, 0.3], dtype=torch.float64, device="cpu")
model[2].weight.data = torch.tensor([[1.5, -0.3, 0.7], [-0.6, 0.8, 0.2]], dtype=torch.float64, device="cpu")
model[2].bias.data = torch.tensor([0.05, -0.15], dtype=torch.float64, device="cpu")
origin = torch.tensor([0.1, 0.0, -0.3], dtype=torch.float64, device="cpu")
axes = torch.tensor([[1.0, 0.5, 0.0], [0.0, 1.0, -2.0]], dtype=torch.float64, device="cpu")


def outputs(points):
    return model(origin + points @ axes)


def f(points):
    return torch.softmax(1.5 * outputs(points), dim=-1)[..., 0]


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
plt.xlabel("$u_1$")
plt.ylabel("$u_2$")
plt.title("explicit-mish")
plt.show()
