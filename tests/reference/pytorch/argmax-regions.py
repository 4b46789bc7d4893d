# argmax-regions
import matplotlib.pyplot as plt
import numpy as np
import torch


def logits(points):
    return points


def f(points):
    z = logits(points)
    wins = (z.argmax(dim=-1) == 0).double()
    return wins + 0 * z.sum(dim=-1)  # flat, and differentiable all the same


def sample(points):
    with torch.no_grad():
        return logits(points).argmax(dim=-1).numpy()


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
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$z_1$")
plt.ylabel("$z_2$")
plt.title("argmax-regions")
plt.show()
