# identity-margin
import matplotlib.pyplot as plt
import numpy as np
import torch

origin = torch.tensor([0.25, -0.5], dtype=torch.float64, device="cpu")
axes = torch.tensor([[0.6, 0.8], [-1.6, 1.2]], dtype=torch.float64, device="cpu")


def outputs(points):
    return origin + points @ axes


def f(points):
    first, second = outputs(points).topk(2, dim=-1, largest=False).values.unbind(-1)
    return second - first


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
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$z_1$")
plt.ylabel("$z_2$")
plt.title("identity-margin")
plt.show()
