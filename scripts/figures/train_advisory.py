"""Trains the network of the figure "an advisory", and writes src/figures/advisoryNetwork.ts.

    /usr/bin/python3 scripts/figures/train_advisory.py

Two aircraft fly at the same height and speed. The network scores five turns of the own one, from where the other is and
where it heads: the scores come from flying each turn and looking how near the two come. A few minutes on two cores.
"""

import math

import torch
from network_file import fit, round_model, write
from torch import nn

WIDTHS = [3, 25, 25, 25, 5]
POINTS, STEPS, BATCH = 150_000, 6000, 1024
# Degrees per second to the left, of: keep on, weak left, weak right, strong left, strong right.
TURNS = [0.0, 1.5, -1.5, 3.0, -3.0]
# What a turn costs, against coming near.
EFFORT = [0.0, 0.12, 0.12, 0.24, 0.24]
# Kilometres and seconds.
SPEED, SECONDS, TICK, NEAR = 0.2, 60.0, 1.5, 1.2
REACH = 10.0


def scores(x):
    """x: [n, 3], the other aircraft ahead and to the left, over REACH, and its heading over pi; 0 is as the own one."""
    own = torch.zeros(len(x), len(TURNS), 2)
    other = (x[:, None, :2] * REACH).expand(-1, len(TURNS), -1).clone()
    angle = torch.zeros(len(x), len(TURNS))
    rates = torch.tensor(TURNS) * math.pi / 180
    heading = x[:, None, 2] * math.pi
    drift = torch.stack([heading.cos(), heading.sin()], dim=-1) * SPEED * TICK
    nearest = torch.full((len(x), len(TURNS)), math.inf)
    for _ in range(round(SECONDS / TICK)):
        nearest = torch.minimum(nearest, (own - other).norm(dim=-1))
        angle = angle + rates * TICK
        own = own + torch.stack([angle.cos(), angle.sin()], dim=-1) * SPEED * TICK
        other = other + drift
    danger = torch.exp(-((nearest / NEAR) ** 2))
    return -danger - torch.tensor(EFFORT)


def main():
    torch.manual_seed(0)
    linears = [nn.Linear(a, b) for a, b in zip(WIDTHS, WIDTHS[1:])]
    parts = [part for layer in linears for part in (layer, nn.ReLU())]
    model = nn.Sequential(*parts[:-1])
    points = torch.rand(POINTS, 3) * 2.2 - 1.1
    targets = scores(points)

    def loss_of_batch():
        chosen = torch.randint(POINTS, (BATCH,))
        return ((model(points[chosen]) - targets[chosen]) ** 2).mean()

    fit(model, 5e-3, STEPS, loss_of_batch)
    round_model(linears)
    x = torch.rand(100_000, 3) * 2 - 1
    with torch.no_grad():
        same = (model(x).argmax(dim=1) == scores(x).argmax(dim=1)).float().mean()
    print("the same advice at", same.item(), "of the points")
    write(
        "advisoryNetwork",
        "Scores of five turns, from where another aircraft is (ahead, left; 1 is 10 km) and its heading (1 is 180 degrees);\n"
        " * scripts/figures/train_advisory.py trained it.",
        linears,
    )


main()
