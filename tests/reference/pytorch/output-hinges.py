# output-hinges
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

model = nn.Sequential(
    nn.Linear(2, 3, dtype=torch.float32, device="cpu"),
).double()
model[0].weight.data = torch.tensor([[1.0, -0.5], [0.25, 2.0], [-1.0, -1.0]], dtype=torch.float64, device="cpu")
model[0].bias.data = torch.tensor([0.0, 0.5, -0.125], dtype=torch.float64, device="cpu")


def outputs(points):
    return model(points)


def f(points):
    return outputs(points)[..., 2]


def preactivations(points):
    return iter(())  # there are no hinges


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
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("output-hinges")
plt.show()
