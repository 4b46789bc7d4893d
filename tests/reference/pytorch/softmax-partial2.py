# softmax-partial2
import matplotlib.pyplot as plt
import numpy as np
import torch

lam = 1.0
weight = torch.tensor([[1.0, -0.5], [0.25, 2.0], [-1.0, -1.0]], dtype=torch.float64, device="cpu")
bias = torch.tensor([0.0, 0.5, -0.125], dtype=torch.float64, device="cpu")


def logits(points):
    return points @ weight.T + bias


def f(points):
    return torch.softmax(lam * logits(points), dim=-1)[..., 1]


def sample(points):
    with torch.enable_grad():
        points = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return gradient[:, 1].numpy()


n = 21
x = np.linspace(-5.0, 5.0, n)
y = np.linspace(-5.0, 5.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1), dtype=torch.float64, device="cpu")

values = np.stack([sample(row) for row in points])

vmin, vmax = values.min(), values.max()

# Levels at multiples of 1, 2 or 5 times a power of ten.
step = ((vmax - vmin) or 1.0) / 6
# Steps that float64 has at these values: levels must be increasing.
step = max(step, 2 * np.spacing(max(abs(vmin), abs(vmax))))
power = 10.0 ** np.floor(np.log10(step))
step = power * [1, 2, 5, 10][np.sum(step / power >= np.sqrt([2, 10, 50]))]
first, last = np.ceil(vmin / step - 1e-9), np.floor(vmax / step + 1e-9)
levels = step * np.arange(first - 1, last + 2)
# A pixel lies about its sample.
dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2
extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]
plt.imshow(values, origin="lower", extent=extent, cmap="gray", vmin=vmin, vmax=vmax,
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
plt.title("softmax-partial2")
plt.show()
