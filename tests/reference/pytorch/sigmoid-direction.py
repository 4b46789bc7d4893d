# sigmoid-direction
import matplotlib.pyplot as plt
import numpy as np
import torch

weight = torch.tensor([1.0, -1.0], dtype=torch.float64, device="cpu")
bias = torch.tensor(0.5, dtype=torch.float64, device="cpu")


def f(points):
    return torch.sigmoid(points @ weight + bias)


def preactivations(points):
    yield (points @ weight + bias)[..., None]


def sample(points):
    with torch.enable_grad():
        points = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return torch.atan2(gradient[:, 1], gradient[:, 0]).numpy()


n = 21
x = np.linspace(-5.0, 5.0, n)
y = np.linspace(-5.0, 5.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmin, vmax = -np.pi, np.pi

# A pixel lies about its sample.
dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2
extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]
plt.imshow(values, origin="lower", extent=extent, cmap="twilight", vmin=vmin, vmax=vmax,
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
plt.title("sigmoid-direction")
plt.show()
