# tanh-columns
import matplotlib.pyplot as plt
import numpy as np
import torch

weight = torch.tensor([0.5, 2.0], dtype=torch.float64, device="cpu")
bias = torch.tensor(-1.0, dtype=torch.float64, device="cpu")


def f(points):
    return torch.tanh(points @ weight + bias)


def sample(points):
    with torch.no_grad():
        return f(points).numpy()


n = 21
x = np.linspace(-0.749, 0.751, n)
y = np.linspace(-0.55, 0.95, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])
values = np.gradient(values)[1]

vmax = np.abs(values).max()
vmin = -vmax

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
plt.title("tanh-columns")
plt.show()
