# neuron-activation
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

torch.manual_seed(9)
model = nn.Sequential(
    nn.Linear(2, 6, dtype=torch.float32, device="cpu"), nn.ReLU(),
    nn.Linear(6, 4, dtype=torch.float32, device="cpu"), nn.ReLU(),
    nn.Linear(4, 3, dtype=torch.float32, device="cpu"),
).double()


def outputs(points):
    return model(points)


def f(points):
    return model[:2](points)[..., 2]


def preactivations(points):
    h = points
    z = model[0](h)[..., 2, None]
    for breakpoint in [0.0]:
        yield z - breakpoint


def sample(points):
    with torch.no_grad():
        signs = torch.cat([z > 0 for z in preactivations(points)], dim=-1)
        return np.packbits(signs.numpy(), axis=-1)


n = 21
x = np.linspace(-5.0, 5.0, n)
y = np.linspace(-5.0, 5.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])
patterns = values.reshape(n * n, -1)
_, values = np.unique(patterns, axis=0, return_inverse=True)
values = values.reshape(n, n)

# A pixel lies about its sample.
dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2
extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]
plt.imshow(values, origin="lower", extent=extent, cmap="prism",
           interpolation="nearest")
with torch.no_grad():
    for layer, color in zip(preactivations(points), ["#f46034", "#34f499"]):
        for z in layer.unbind(-1):
            if z.min() < 0 < z.max():
                plt.contour(x, y, z, [0], colors=color, linewidths=1.2)
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("neuron-activation")
plt.show()
