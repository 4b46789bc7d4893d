# radial-values
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
decades = 6.0
half = 1.0
center = np.array([0.5, -1.0])
# Log-radial: the distance from the centre grows by so many decades over the radius 1.
x = np.linspace(-1.0, 1.0, n)
y = np.linspace(-1.0, 1.0, n)
places = np.stack(np.meshgrid(x, y), axis=-1)
radius = np.maximum(np.linalg.norm(places, axis=-1, keepdims=True), 1e-300)
distance = half * 10.0 ** (decades * (radius - 1.0))
points = torch.tensor(center + distance * (places / radius), dtype=torch.float64, device="cpu")

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
# A pixel lies about its sample.
dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2
extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]
plt.imshow(values, origin="lower", extent=extent, cmap="viridis", norm=norm,
           interpolation="nearest")
plt.colorbar(ticks=norm.inverse(np.linspace(0.0, 1.0, 9)))
plt.gca().set_aspect("equal")
for power in range(-5, 3):
    ring = 1.0 + (power - np.log10(half)) / decades
    plt.gca().add_patch(plt.Circle((0.0, 0.0), ring, fill=False, color="white", alpha=0.6))
    plt.text(0.7 * ring, 0.7 * ring, f"$10^{{{power}}}$", color="white", clip_on=True)
plt.axis([-1.0, 1.0, -1.0, 1.0])
plt.xticks([])
plt.yticks([])
plt.xlabel("rings: distance from (0.5, −1)")
plt.title("radial-values")
plt.show()
