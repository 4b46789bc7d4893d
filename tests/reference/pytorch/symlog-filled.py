# symlog-filled
import matplotlib.colors
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(
    nn.Linear(2, 20, dtype=torch.float32, device="cpu"), nn.ReLU(),
    nn.Linear(20, 1, dtype=torch.float32, device="cpu"),
)
model.double()


def f(points):
    return model(points).squeeze(-1)


def sample(points):
    with torch.no_grad():
        return f(points).numpy()


n = 21
x = np.linspace(-5.0, 5.0, n)
y = np.linspace(-5.0, 5.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmax = np.abs(values).max()
vmin = -vmax

threshold = 0.01
norm = matplotlib.colors.SymLogNorm(threshold, base=10, vmin=vmin, vmax=vmax)
# Levels at even places of the colour map.
levels = np.unique(norm.inverse(np.linspace(0.0, 1.0, 9)))
if levels.size < 2:  # There is a single value.
    step = max(1.0, 2 * np.spacing(abs(levels[0])))
    levels = levels[0] + step * np.array([-1.0, 0.0, 1.0])
# matplotlib has the colours beyond both ends at 1e250: over a tiny range that is too far.
with np.errstate(over="ignore"):
    plt.contourf(x, y, values, levels, cmap="viridis", norm=norm,
                 extend="both")
    plt.colorbar()
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("symlog-filled")
with np.errstate(over="ignore"):
    plt.show()
