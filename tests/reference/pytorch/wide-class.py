# wide-class
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

torch.manual_seed(2)
model = nn.Sequential(
    nn.Linear(3, 8, dtype=torch.float32, device="cpu"), nn.LeakyReLU(0.1),
    nn.Linear(8, 4, dtype=torch.float32, device="cpu"),
).double()
nn.init.constant_(model[-1].bias, 0.25)
origin = torch.tensor([0.1, 0.2, -0.3], dtype=torch.float64, device="cpu")
axes = torch.tensor([[1.0, 0.5, 0.0], [0.0, 1.0, -2.0]], dtype=torch.float64, device="cpu")


def outputs(points):
    return model(origin + points @ axes)


def f(points):
    z = outputs(points)
    return z.argmin(dim=-1).double() + 0 * z.sum(dim=-1)


def preactivations(points):
    h = origin + points @ axes
    for layer, breakpoints in enumerate([[0.0]]):
        z = model[2 * layer](h)
        for breakpoint in breakpoints:
            yield z - breakpoint
        h = model[2 * layer + 1](z)


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
plt.imshow(values, origin="lower", extent=extent, cmap="prism",
           interpolation="nearest")
with torch.no_grad():
    for layer, color in zip(preactivations(points), ["#f46034"]):
        for z in layer.unbind(-1):
            if z.min() < 0 < z.max():
                plt.contour(x, y, z, [0], colors=color, linewidths=1.2)
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$u_1$")
plt.ylabel("$u_2$")
plt.title("wide-class")
plt.show()
