# prelu-hinges
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

model = nn.Sequential(
    nn.Linear(3, 3, dtype=torch.float32, device="cpu"), nn.PReLU(3, device="cpu"),
    nn.Linear(3, 2, dtype=torch.float32, device="cpu"),
).double()
model[1].weight.data = torch.tensor([0.25, -1.0, 0.1], dtype=torch.float64, device="cpu")
model[0].weight.data = torch.tensor([[0.5, -1.25, 0.3], [1.1, 0.2, -0.7], [-0.4, 0.9, 0.6]], dtype=torch.float64, device="cpu")
model[0].bias.data = torch.tensor([0.1, -0.2, 0.3], dtype=torch.float64, device="cpu")
model[2].weight.data = torch.tensor([[1.5, -0.3, 0.7], [-0.6, 0.8, 0.2]], dtype=torch.float64, device="cpu")
model[2].bias.data = torch.tensor([0.05, -0.15], dtype=torch.float64, device="cpu")
origin = torch.tensor([0.1, 0.0, -0.3], dtype=torch.float64, device="cpu")
axes = torch.tensor([[1.0, 0.5, 0.0], [0.0, 1.0, -2.0]], dtype=torch.float64, device="cpu")


def outputs(points):
    return model(origin + points @ axes)


def f(points):
    first, second = outputs(points).topk(2, dim=-1, largest=True).values.unbind(-1)
    return first - second


def preactivations(points):
    h = origin + points @ axes
    for layer, breakpoints in enumerate([[0.0]]):
        z = model[2 * layer](h)
        for breakpoint in breakpoints:
            yield z - breakpoint
        h = model[2 * layer + 1](z.flatten(0, -2)).view_as(z)


def sample(points):
    with torch.no_grad():
        return f(points).numpy()


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
with torch.no_grad():
    for layer, color in zip(preactivations(points), ["#f46034"]):
        for z in layer.unbind(-1):
            if z.min() < 0 < z.max():
                plt.contour(x, y, z, [0], colors=color, linewidths=1.2)
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$u_1$")
plt.ylabel("$u_2$")
plt.title("prelu-hinges")
plt.show()
