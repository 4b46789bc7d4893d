"""Writes what the course's notebooks would plot: notebook.json, samples.npy and colours.npy.

`/usr/bin/python3 tests/reference/notebook/make_notebook.py`, with NumPy 1.24, SciPy 1.10,
PyTorch 1.13 and matplotlib 3.6 (Debian 12).

- Grids of 100 and 500 samples a side, np.linspace and np.meshgrid, of lse, softmax (scipy.special),
  max, the one-hot argmax (np.argmax), a sigmoid and a tanh neuron, and of networks of nn.Linear
  after torch.manual_seed; of the networks np.gradient along both axes as well.
- Of each grid: least, greatest and mean value over all samples, and the values at chosen samples.
- For its range the contour levels that contourf chooses (MaxNLocator) when asked for 7 (which is its
  default), 10 and 20.
- Panels: the colours of the chosen samples, as imshow and contourf give them.

Networks are evaluated in float32, as a notebook does. np.gradient is taken of the same parameters
in float64: differences of neighbours in float32 carry rounding of up to 3e-4 of their range, which
notebook.json tells for each grid as `noise`.
"""

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import scipy
import torch
from scipy.special import expit, logsumexp, softmax

FOLDER = Path(__file__).parent
SIDES = (100, 500)
CHOSEN = 600
LAMBDAS = (1, 10, 100)
HALF_WIDTHS = (5, 10, 100, 500, 1000)
WIDTHS = {"shallow": [2, 20, 1], "deep": [2, 5, 5, 5, 5, 1]}
LEVEL_COUNTS = (7, 10, 20)


def choose_samples(side):
    """Positions in a raveled grid: corners, ties of the logits (the diagonal), and others by chance."""
    corners = [0, side - 1, side * (side - 1), side * side - 1]
    diagonal = np.linspace(1, side - 2, 46).astype(int) * (side + 1)
    rng = np.random.default_rng(side)
    others = rng.permutation(np.setdiff1d(np.arange(side * side), np.r_[corners, diagonal]))
    return np.sort(np.r_[corners, diagonal, others[: CHOSEN - len(corners) - len(diagonal)]])


def mesh(half_width, side):
    x = np.linspace(-half_width, half_width, side)
    return np.meshgrid(x, x)


def logit_cases():
    """(name, field, half-width, function of the two logits)"""
    for lam in LAMBDAS:
        scaled = lambda s, lam=lam: lam * np.stack(s)
        yield (f"lse, lambda {lam}", {"kind": "lse", "lambda": lam, "logits": None}, 1,
               lambda *s, scaled=scaled, lam=lam: logsumexp(scaled(s), axis=0) / lam)
        for k in (0, 1):
            yield (f"softmax {k}, lambda {lam}",
                   {"kind": "softmax", "lambda": lam, "component": k, "logits": None}, 1,
                   lambda *s, scaled=scaled, k=k: softmax(scaled(s), axis=0)[k])
    yield "max", {"kind": "max", "logits": None}, 1, np.maximum
    for k in (0, 1):
        yield (f"argmax {k}", {"kind": "argmax", "component": k, "logits": None}, 1,
               lambda *s, k=k: np.eye(2)[np.argmax(np.stack(s), axis=0)][..., k])
    # The separating neuron of the course: w = (1, -1), b = 0.
    for name, function in (("sigmoid", expit), ("tanh", np.tanh)):
        yield (name, {"kind": name, "weight": [1, -1], "bias": 0}, 5,
               lambda x, y, function=function: function(x - y))


def make_network(widths, output_bias):
    torch.manual_seed(0)
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    if output_bias is not None:
        torch.nn.init.constant_(model[-1].bias, output_bias)
    return model


def evaluate(model, x, y, dtype):
    points = torch.tensor(np.stack([x.ravel(), y.ravel()], axis=1), dtype=dtype)
    with torch.no_grad():
        return model.to(dtype)(points).numpy().reshape(x.shape)


def span(values):
    return float(values.max() - values.min())


def grids():
    """(name, field, quantity, half-width, side, values [side, side], noise of float32)"""
    for side in SIDES:
        for name, field, half_width, function in logit_cases():
            yield name, field, "value", half_width, side, function(*mesh(half_width, side)), 0.0
        for name, widths in WIDTHS.items():
            for bias in (None, 4.0):
                field = {"kind": "mlp", "widths": widths, "activation": "relu", "seed": 0,
                         "outputBias": bias}
                for half_width in HALF_WIDTHS:
                    x, y = mesh(half_width, side)
                    single = evaluate(make_network(widths, bias), x, y, torch.float32)
                    double = evaluate(make_network(widths, bias), x, y, torch.float64)
                    label = name if bias is None else f"{name}, output bias 4"
                    noise = float(abs(single - double).max()) / span(double)
                    yield label, field, "value", half_width, side, single, noise
                    quantities = ("npGradientRows", "npGradientColumns")
                    for quantity, rows, exact in zip(
                            quantities, np.gradient(single), np.gradient(double)):
                        noise = float(abs(rows - exact).max()) / span(exact)
                        yield label, field, quantity, half_width, side, exact, noise


def level_rule(least, greatest, count):
    """First level, step and number of contourf's levels for a range."""
    figure, axes = plt.subplots()
    levels = axes.contourf([[least, greatest]] * 2, levels=count).levels
    plt.close(figure)
    step = (levels[-1] - levels[0]) / (len(levels) - 1)
    assert np.allclose(levels, levels[0] + step * np.arange(len(levels)), atol=1e-9 * step)
    # Sums of float64 multiples: 12 digits are what they mean.
    return [float(f"{levels[0]:.12g}"), float(f"{step:.12g}"), len(levels)]


def is_one_two_five(step):
    return f"{step:.9e}"[:11] in ("1.000000000", "2.000000000", "5.000000000")


def image_colours(values, cmap):
    shades = plt.cm.ScalarMappable(cmap=cmap)
    shades.set_array(values)
    shades.autoscale()
    return shades.to_rgba(values, bytes=True)[..., :3]


def contour_colours(values, cmap):
    """The colours of contourf for the least number of levels from its default on whose step is 1, 2 or 5."""
    for count in range(7, 20):
        rule = level_rule(values.min(), values.max(), count)
        if is_one_two_five(rule[1]):
            break
    figure, axes = plt.subplots()
    contours = axes.contourf(values, levels=count, cmap=cmap)
    plt.close(figure)
    table = np.array([np.ravel(colour)[:3] for colour in contours.tcolors])
    layer = np.searchsorted(contours.levels, values, side="right") - 1
    layer = np.clip(layer, 0, len(table) - 1)
    return np.rint(255 * table[layer]).astype(np.uint8), rule


PANELS = (
    # name, quantity, half-width, side, colour map, filled contours
    ("lse, lambda 1", "value", 1, 100, "viridis", True),
    ("lse, lambda 10", "value", 1, 500, "viridis", True),
    ("lse, lambda 100", "value", 1, 500, "viridis", False),
    ("softmax 0, lambda 1", "value", 1, 100, "viridis", True),
    ("argmax 1", "value", 1, 100, "viridis", False),
    ("sigmoid", "value", 5, 100, "prism", False),
    ("shallow", "value", 10, 500, "viridis", False),
    ("shallow", "value", 100, 100, "prism", True),
    ("shallow, output bias 4", "value", 1000, 500, "viridis", True),
    ("deep", "value", 10, 500, "viridis", True),
    ("deep", "value", 100, 500, "prism", False),
    ("deep, output bias 4", "value", 1000, 100, "viridis", False),
    *((network, quantity, half_width, 500, "prism", False)
      for network in ("shallow", "deep")
      for half_width in (5, 500, 1000)
      for quantity in ("npGradientRows", "npGradientColumns")),
)


def main():
    chosen = {side: choose_samples(side) for side in SIDES}
    told, samples, panels, colours = [], [], [], []
    for name, field, quantity, half_width, side, values, noise in grids():
        values = values.astype(np.float64)
        least, greatest = float(values.min()), float(values.max())
        for panel in PANELS:
            if panel[:4] != (name, quantity, half_width, side):
                continue
            cmap, filled = panel[4:]
            rgb, rule = contour_colours(values, cmap) if filled else (image_colours(values, cmap), None)
            panels.append({"grid": len(told), "colormap": cmap, "levels": rule})
            colours.append(rgb.reshape(-1, 3)[chosen[side]])
        told.append({
            "name": name, "field": field, "quantity": quantity, "halfWidth": half_width, "side": side,
            "least": least, "greatest": greatest, "mean": float(values.mean()), "noise": noise,
            "levels": {str(count): level_rule(least, greatest, count) for count in LEVEL_COUNTS},
        })
        samples.append(values.ravel()[chosen[side]].astype(np.float32))
    assert len(panels) == len(PANELS)
    np.save(FOLDER / "samples.npy", np.array(samples))
    np.save(FOLDER / "colours.npy", np.array(colours))
    versions = {m.__name__: m.__version__ for m in (np, scipy, torch, matplotlib)}
    parts = [
        f'"versions": {json.dumps(versions)}',
        f'"chosen": {json.dumps({str(side): at.tolist() for side, at in chosen.items()})}',
        '"grids": [\n' + ",\n".join(map(json.dumps, told)) + "\n]",
        '"panels": [\n' + ",\n".join(map(json.dumps, panels)) + "\n]",
    ]
    (FOLDER / "notebook.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")


main()
