# softmax-partial2
import matplotlib.pyplot as plt
import numpy as np
import torch

lam = 1.0
weight = torch.tensor([[1.0, -0.5], [0.25, 2.0], [-1.0, -1.0]], dtype=torch.float64)
bias = torch.tensor([0.0, 0.5, -0.125], dtype=torch.float64)


def logits(points):
    return points @ weight.T + bias


def f(points):
    return torch.softmax(lam * logits(points), dim=-1)[..., 1]


def sample(points):
    points = points.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(f(points).sum(), points)
    return gradient[:, 1].numpy()


n = 21
x = np.linspace(-5.0, 5.0, n)
y = np.linspace(-5.0, 5.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1))

values = np.stack([sample(row) for row in points])

vmin, vmax = values.min(), values.max()

# Levels at multiples of 1, 2 or 5 times a power of ten.
step = ((vmax - vmin) or 1.0) / 6
power = 10.0 ** np.floor(np.log10(step))
step = power * [1, 2, 5, 10][np.sum(step / power >= np.sqrt([2, 10, 50]))]
first, last = np.ceil(vmin / step - 1e-9), np.floor(vmax / step + 1e-9)
levels = step * np.arange(first - 1, last + 2)
extent = [x[0], x[-1], y[0], y[-1]]
plt.imshow(values, origin="lower", extent=extent, cmap="gray", vmin=vmin, vmax=vmax,
           interpolation="nearest")
plt.colorbar()
plt.contour(x, y, values, levels[1:-1], colors="black", linewidths=0.8, alpha=0.75)
plt.gca().set_aspect("equal")
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("softmax-partial2")
plt.show()
