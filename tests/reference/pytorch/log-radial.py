# log-radial
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(
    nn.Linear(2, 5, dtype=torch.float32, device="cpu"), nn.ReLU(),
    nn.Linear(5, 5, dtype=torch.float32, device="cpu"), nn.ReLU(),
    nn.Linear(5, 5, dtype=torch.float32, device="cpu"), nn.ReLU(),
    nn.Linear(5, 5, dtype=torch.float32, device="cpu"), nn.ReLU(),
    nn.Linear(5, 1, dtype=torch.float32, device="cpu"),
)
model.double()


def f(points):
    return model(points).squeeze(-1)


def preactivations(points):
    for layer in model[:-1]:
        points = layer(points)
        if isinstance(layer, nn.Linear):
            yield points


def sample(points):
    with torch.enable_grad():
        points = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return gradient.norm(dim=-1).numpy()


n = 21
decades = 6.0
half = 10000.0
center = np.array([0.25, -1.0])
# Log-radial: the distance from the centre grows by so many decades over the radius 1.
x = np.linspace(-1.0, 1.0, n)
y = np.linspace(-1.0, 1.0, n)
places = np.stack(np.meshgrid(x, y), axis=-1)
radius = np.maximum(np.linalg.norm(places, axis=-1, keepdims=True), 1e-300)
distance = half * 10.0 ** (decades * (radius - 1.0))
points = torch.tensor(center + distance * (places / radius), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmin, vmax = values.min(), values.max()

# A pixel lies about its sample.
dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2
extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]
plt.imshow(values, origin="lower", extent=extent, cmap="viridis", vmin=vmin, vmax=vmax,
           interpolation="nearest")
plt.colorbar()
with torch.no_grad():
    for layer, color in zip(preactivations(points), ["#f46034", "#34f499", "#d134f4", "#dff434"]):
        for z in layer.unbind(-1):
            if z.min() < 0 < z.max():
                plt.contour(x, y, z, [0], colors=color, linewidths=1.2)
plt.gca().set_aspect("equal")
for power in range(-1, 7):
    ring = 1.0 + (power - np.log10(half)) / decades
    plt.gca().add_patch(plt.Circle((0.0, 0.0), ring, fill=False, color="white", alpha=0.6))
    plt.text(0.7 * ring, 0.7 * ring, f"$10^{{{power}}}$", color="white", clip_on=True)
plt.axis([-1.0, 1.0, -1.0, 1.0])
plt.xticks([])
plt.yticks([])
plt.xlabel("rings: distance from (0.25, −1)")
plt.title("log-radial")
plt.show()
