# deep-norm
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

torch.manual_seed(3)
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


def sample(points):
    with torch.enable_grad():
        points = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return gradient.norm(dim=-1).numpy()


n = 21
x = np.linspace(-100.0, 100.0, n)
y = np.linspace(-100.0, 100.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmin, vmax = values.min(), values.max()

# Levels at multiples of 1, 2 or 5 times a power of ten.
step = ((vmax - vmin) or 1.0) / 8
# Steps that float64 has at these values: levels must be increasing.
step = max(step, 2 * np.spacing(max(abs(vmin), abs(vmax))))
power = 10.0 ** np.floor(np.log10(step))
step = power * [1, 2, 5, 10][np.sum(step / power >= np.sqrt([2, 10, 50]))]
first, last = np.ceil(vmin / step - 1e-9), np.floor(vmax / step + 1e-9)
levels = step * np.arange(first - 1, last + 2)
# matplotlib has the colours beyond both ends at 1e250: over a tiny range that is too far.
with np.errstate(over="ignore"):
    plt.contourf(x, y, values, levels, cmap="magma", vmin=vmin, vmax=vmax,
                 extend="both")
    plt.colorbar()
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("deep-norm")
with np.errstate(over="ignore"):
    plt.show()
