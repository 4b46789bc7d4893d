# symlog-lines
import matplotlib.colors
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

lam = 1.0
torch.manual_seed(11)
linear = nn.Linear(2, 5, dtype=torch.float32, device="cpu").double()


def logits(points):
    return linear(points)


def f(points):
    return torch.logsumexp(lam * logits(points), dim=-1) / lam


def sample(points):
    with torch.no_grad():
        return f(points).numpy()


n = 21
x = np.linspace(-1000.0, 1000.0, n)
y = np.linspace(-1000.0, 1000.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmin, vmax = values.min(), values.max()

threshold = 10.0 ** (np.floor(np.log10(max(abs(vmin), abs(vmax)) or 1e3)) - 3)
norm = matplotlib.colors.SymLogNorm(threshold, base=10, vmin=vmin, vmax=vmax)
# Levels at even places of the colour map.
levels = np.unique(norm.inverse(np.linspace(0.0, 1.0, 7)))
if levels.size < 2:  # There is a single value.
    step = max(1.0, 2 * np.spacing(abs(levels[0])))
    levels = levels[0] + step * np.array([-1.0, 0.0, 1.0])
# A pixel lies about its sample.
dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2
extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]
plt.imshow(values, origin="lower", extent=extent, cmap="viridis", norm=norm,
           interpolation="nearest")
plt.colorbar()
levels = levels[1:-1]
levels = levels[(levels > values.min()) & (levels < values.max())]
if levels.size > 0:
    plt.contour(x, y, values, levels, colors="black", linewidths=0.8, alpha=0.75)
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("symlog-lines")
plt.show()
