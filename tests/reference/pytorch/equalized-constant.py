# equalized-constant
import matplotlib.colors
import matplotlib.pyplot as plt
import numpy as np
import torch

weight = torch.tensor([0.0, 0.0], dtype=torch.float64, device="cpu")
bias = torch.tensor(1.0, dtype=torch.float64, device="cpu")


def f(points):
    return torch.sigmoid(points @ weight + bias)


def sample(points):
    with torch.no_grad():
        return f(points).numpy()


n = 21
x = np.linspace(-5.0, 5.0, n)
y = np.linspace(-5.0, 5.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmin, vmax = values.min(), values.max()

# Each colour covers as much of the picture.
if vmin == vmax:  # There is a single value.
    step = max(1.0, 2 * np.spacing(abs(vmin)))
    vmin, vmax = vmin - step, vmax + step
counted = values[(values >= vmin) & (values <= vmax)]
stops = np.quantile(counted if counted.size else [vmin, vmax], np.linspace(0.0, 1.0, 1025))
stops[[0, -1]] = vmin, vmax
places = np.linspace(0.0, 1.0, 1025)
norm = matplotlib.colors.FuncNorm(
    (lambda v: np.interp(v, stops, places), lambda p: np.interp(p, places, stops)), vmin, vmax
)
# Levels at even places of the colour map.
levels = np.unique(norm.inverse(np.linspace(0.0, 1.0, 9)))
if levels.size < 2:  # There is a single value.
    step = max(1.0, 2 * np.spacing(abs(levels[0])))
    levels = levels[0] + step * np.array([-1.0, 0.0, 1.0])
# A pixel lies about its sample.
dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2
extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]
plt.imshow(values, origin="lower", extent=extent, cmap="viridis", norm=norm,
           interpolation="nearest")
plt.colorbar(ticks=norm.inverse(np.linspace(0.0, 1.0, 9)))
levels = levels[1:-1]
levels = levels[(levels > values.min()) & (levels < values.max())]
if levels.size > 0:
    plt.contour(x, y, values, levels, colors="black", linewidths=0.8, alpha=0.75)
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("equalized-constant")
plt.show()
