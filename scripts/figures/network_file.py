"""Small trained networks as TypeScript of src/figures."""

import base64
from pathlib import Path

import numpy as np
import torch

FIGURES = Path(__file__).resolve().parents[2] / "src/figures"
# Weights are rounded to multiples of this, so that two bytes hold each.
STEP = 2.0**-12


def rounded(tensor):
    """Whole numbers of steps, within 16 bits."""
    steps = np.rint(tensor.detach().double().numpy() / STEP)
    assert np.abs(steps).max() < 2**15, np.abs(steps).max()
    return steps.astype("<i2")


def round_model(linears):
    """Rounds the layers in place."""
    for layer in linears:
        for parameter in (layer.weight, layer.bias):
            parameter.data = parameter.data.new_tensor(rounded(parameter) * STEP)


def fit(model, rate, steps, loss_of_batch):
    """Trains with Adam, whose rate falls to 0 along a cosine; loss_of_batch() draws a batch and returns its loss."""
    optimizer = torch.optim.Adam(model.parameters(), rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for step in range(steps):
        loss = loss_of_batch()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 1000 == 0:
            print(step, loss.item(), flush=True)


def write(name, about, linears):
    """Writes NAME.ts with the layers' sizes and numbers, layer by layer, weight before bias."""
    widths = [linears[0].in_features, *(layer.out_features for layer in linears)]
    parts = [rounded(p).tobytes() for layer in linears for p in (layer.weight, layer.bias)]
    text = base64.urlsafe_b64encode(b"".join(parts)).decode("ascii").rstrip("=")
    lines = "\n".join(f"  '{text[i:i + 110]}'," for i in range(0, len(text), 110))
    (FIGURES / f"{name}.ts").write_text(
        f"import type {{ StoredNetwork }} from './storedNetwork.ts';\n\n"
        f"/**\n * {about}\n */\n"
        f"export const {name}: StoredNetwork = {{\n"
        f"  widths: {widths},\n"
        f"  numbers: [\n{lines.replace('  ', '    ')}\n  ].join(''),\n}};\n",
        encoding="ascii",
    )
