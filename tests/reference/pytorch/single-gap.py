# single-gap
import matplotlib.colors
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

model = nn.Sequential(
    nn.Linear(2, 1, dtype=torch.float32, device="cpu"),
).double()
model[0].weight.data = torch.tensor([[1.0, -0.5]], dtype=torch.float64, device="cpu")
model[0].bias.data = torch.tensor([0.25], dtype=torch.float64, device="cpu")


def outputs(points):
    return model(points)


def f(points):
    lam = 2.0
    z = outputs(points)
    below = z - z.max(dim=-1, keepdim=True).values
    return torch.logsumexp(lam * below, dim=-1) / lam


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
levels = np.unique(norm.inverse(np.linspace(0.0, 1.0, 11)))
if levels.size < 2:  # There is a single value.
    step = max(1.0, 2 * np.spacing(abs(levels[0])))
    levels = levels[0] + step * np.array([-1.0, 0.0, 1.0])
# matplotlib has the colours beyond both ends at 1e250: over a tiny range that is too far.
with np.errstate(over="ignore"):
    plt.contourf(x, y, values, levels, cmap="viridis", norm=norm,
                 extend="both")
    plt.colorbar()
levels = levels[1:-1]
levels = levels[(levels > values.min()) & (levels < values.max())]
if levels.size > 0:
    plt.contour(x, y, values, levels, colors="black", linewidths=0.8, alpha=0.75)
with torch.no_grad():
    for layer, color in zip(preactivations(points), ["#f46034"]):
        for z in layer.unbind(-1):
            if z.min() < 0 < z.max():
                plt.contour(x, y, z, [0], colors=color, linewidths=1.2)
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("single-gap")
with np.errstate(over="ignore"):
    plt.show()
