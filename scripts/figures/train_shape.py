"""Trains the network of the figure "a shape as a network", and writes src/figures/shapeNetwork.ts.

    /usr/bin/python3 scripts/figures/train_shape.py

It learns the signed distance to a ring with a ball on it; a few minutes on two cores.
"""

import torch
from network_file import fit, round_model, write
from torch import nn

WIDTHS = [3, 32, 32, 32]
STEPS, BATCH = 12000, 4096


def distance(x):
    """To a torus about the z axis, radius 0.55 and thickness 0.16, and a ball of radius 0.3 at (0.55, 0, 0)."""
    ring = torch.hypot(torch.hypot(x[:, 0], x[:, 1]) - 0.55, x[:, 2]) - 0.16
    ball = (x - torch.tensor([0.55, 0.0, 0.0])).norm(dim=1) - 0.3
    return torch.minimum(ring, ball)


def main():
    torch.manual_seed(0)
    hidden = [nn.Linear(a, b) for a, b in zip(WIDTHS, WIDTHS[1:])]
    last = nn.Linear(WIDTHS[-1], 1)
    model = nn.Sequential(*(part for layer in hidden for part in (layer, nn.ReLU())), last)

    def loss_of_batch():
        x = torch.rand(BATCH, 3) * 2.2 - 1.1
        d = distance(x)
        # Near the surface it should be most exact.
        weight = 1 / (0.05 + d.abs())
        return (weight * (model(x)[:, 0] - d) ** 2).mean()

    fit(model, 4e-3, STEPS, loss_of_batch)
    # The second output is 0, so that the surface is where both are level.
    both = nn.Linear(WIDTHS[-1], 2)
    both.weight.data = torch.cat([last.weight.data, torch.zeros_like(last.weight.data)])
    both.bias.data = torch.cat([last.bias.data, torch.zeros(1)])
    layers = [*hidden, both]
    round_model(layers)
    x = torch.rand(100_000, 3) * 2 - 1
    with torch.no_grad():
        h = x
        for layer in hidden:
            h = layer(h).relu()
        error = (both(h)[:, 0] - distance(x)).abs()
    print("error: mean", error.mean().item(), "largest", error.max().item())
    write(
        "shapeNetwork",
        "The signed distance to a ring with a ball on it, for |x|, |y|, |z| up to 1, and a second output 0;\n"
        " * scripts/figures/train_shape.py trained it.",
        layers,
    )


main()
