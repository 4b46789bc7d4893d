# abs-rows
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

class Abs(nn.Module):
    def forward(self, z):
        return z.abs()


torch.manual_seed(-7)
model = nn.Sequential(
    nn.Linear(2, 20), Abs(),
    nn.Linear(20, 1),
)
nn.init.constant_(model[-1].bias, 4.0)
model.double()


def f(points):
    return model(points).squeeze(-1)


def sample(points):
    with torch.no_grad():
        return f(points).numpy()


n = 21
x = np.linspace(-10.0, 30.0, n)
y = np.linspace(-23.0, 17.0, n)
points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1))

values = np.stack([sample(row) for row in points])
values = np.gradient(values)[0]

vmin, vmax = values.min(), values.max()

extent = [x[0], x[-1], y[0], y[-1]]
plt.imshow(values, origin="lower", extent=extent, cmap="prism", vmin=vmin, vmax=vmax,
           interpolation="nearest")
plt.colorbar()
plt.gca().set_aspect("equal")
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title("abs-rows")
plt.show()
