# max-hinges
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

torch.manual_seed(11)
linear = nn.Linear(2, 5, dtype=torch.float32, device="cpu").double()


def logits(points):
    return linear(points)


def f(points):
    return logits(points).max(dim=-1).values


def preactivations(points):
    z = logits(points)
    first, second = z.topk(2, dim=-1).values.unbind(-1)
    wins = torch.nn.functional.one_hot(z.argmax(dim=-1), z.shape[-1]).bool()
    yield z - torch.where(wins, second[..., None], first[..., None])


def sample(points):
    with torch.no_grad():
        return f(points).numpy()


n = 21
x = np.linspace(-5.0, 5.0, n)
y = np.linspace(-5.0, 5.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmin, vmax = -1.5, 4.0

# Levels at multiples of 1, 2 or 5 times a power of ten.
step = ((vmax - vmin) or 1.0) / 10
# Steps that float64 has at these values: levels must be increasing.
step = max(step, 2 * np.spacing(max(abs(vmin), abs(vmax))))
power = 10.0 ** np.floor(np.log10(step))
step = power * [1, 2, 5, 10][np.sum(step / power >= np.sqrt([2, 10, 50]))]
first, last = np.ceil(vmin / step - 1e-9), np.floor(vmax / step + 1e-9)
levels = step * np.arange(first - 1, last + 2)
# matplotlib has the colours beyond both ends at 1e250: over a tiny range that is too far.
with np.errstate(over="ignore"):
    plt.contourf(x, y, values, levels, cmap="viridis", vmin=vmin, vmax=vmax,
                 extend="both")
    plt.colorbar()
with torch.no_grad():
    for layer, color in zip(preactivations(points), ["#f46034"]):
        for z in layer.unbind(-1):
            if z.min() < 0 < z.max():
                plt.contour(x, y, z, [0], colors=color, linewidths=1.2)
plt.gca().set_aspect("equal")
plt.axis([x[0], x[-1], y[0], y[-1]])
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("max-hinges")
with np.errstate(over="ignore"):
    plt.show()
