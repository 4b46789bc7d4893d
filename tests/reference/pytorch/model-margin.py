# model-margin
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

model = nn.Sequential(
    nn.Linear(2, 5, dtype=torch.float32, device="cpu"), nn.SiLU(),
    nn.Linear(5, 2, dtype=torch.float32, device="cpu"),
).double()
model[0].weight.data = torch.tensor([[-1.75, 0.25], [1.0, -1.75], [-1.25, 0.0], [1.375, -1.875], [-0.75, -1.125]], dtype=torch.float64, device="cpu")
model[0].bias.data = torch.tensor([1.75, 2.0, -0.25, 1.625, -1.25], dtype=torch.float64, device="cpu")
model[2].weight.data = torch.tensor([[0.375, 1.625, 0.375, -0.5, 0.625], [0.875, -2.0, -1.0, 1.875, 1.625]], dtype=torch.float64, device="cpu")
model[2].bias.data = torch.tensor([0.0, 0.0], dtype=torch.float64, device="cpu")
origin = torch.tensor([0.25, -0.5], dtype=torch.float64, device="cpu")
axes = torch.tensor([[0.6, 0.8], [-1.6, 1.2]], dtype=torch.float64, device="cpu")


def outputs(points):
    return model(origin + points @ axes)


def f(points):
    first, second = outputs(points).topk(2, dim=-1, largest=True).values.unbind(-1)
    return first - second


def sample(points):
    with torch.enable_grad():
        points = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return gradient[:, 1].numpy()


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
plt.title("model-margin")
plt.show()
