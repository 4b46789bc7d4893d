#!/usr/bin/env python3
"""Runs the snippets of this directory, which "Copy as PyTorch" gives, with PyTorch and matplotlib.

    /usr/bin/python3 tests/reference/pytorch/check.py           # compares with grids.json
    /usr/bin/python3 tests/reference/pytorch/check.py --write   # writes grids.json
    /usr/bin/python3 tests/reference/pytorch/check.py --plots DIRECTORY   # and keeps the plots

grids.json holds, for each snippet, the SHA-256 of its text and its `values` as float64 (base64 of
little-endian bytes). The unit tests compare the values with what Reluscope computes, and the text, by
its hash too, with what it writes.
"""

import argparse
import base64
import hashlib
import json
import sys
import warnings
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch.overrides import TorchFunctionMode

HERE = Path(__file__).parent
# PyTorch sums in an order that depends on the machine.
TOLERANCE = 1e-13


def run(snippet):
    """The values that a snippet computes; its plot is left open as the current figure."""
    plt.close("all")
    plt.show = lambda: plt.gcf().canvas.draw()
    # A warning of matplotlib would be one for whoever pastes the snippet.
    warnings.simplefilter("error")
    namespace = {"__name__": "__main__"}
    exec(compile(snippet.read_text(encoding="utf-8"), str(snippet), "exec"), namespace)
    return np.asarray(namespace["values"], dtype="<f8")


FACTORIES = {torch.tensor, torch.empty, torch.zeros, torch.ones, torch.eye, torch.full, torch.arange, torch.linspace, torch.rand}


class DefaultDevice(TorchFunctionMode):
    """What torch.set_default_device sets since version 2."""

    def __init__(self, device):
        super().__init__()
        self.device = device

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        if function in FACTORIES and kwargs.get("device") is None:
            kwargs["device"] = self.device
        return function(*args, **kwargs)


def run_elsewhere(snippet, device):
    """The values in a session that has set other defaults."""
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    try:
        with DefaultDevice(device):
            return run(snippet)
    finally:
        torch.set_default_dtype(torch.float32)
        torch.set_grad_enabled(True)


def describe(name, values):
    text = (HERE / f"{name}.py").read_bytes()
    return {
        "sha256": hashlib.sha256(text).hexdigest(),
        "values": base64.b64encode(values.tobytes()).decode("ascii"),
    }


def compare(name, values, expected):
    """A sentence about what differs, or None."""
    if values.shape != expected.shape:
        return f"{name}: shape {values.shape}, expected {expected.shape}"
    error = np.abs(values - expected).max()
    if not error <= TOLERANCE * max(np.abs(expected).max(), 1e-300):
        return f"{name}: differs by {error}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--plots", type=Path)
    options = parser.parse_args()
    grids = {}
    for snippet in sorted(HERE.glob("*.py")):
        if snippet.name == Path(__file__).name:
            continue
        grids[snippet.stem] = run(snippet)
        for device in ["cpu", "meta"]:
            if not np.array_equal(run_elsewhere(snippet, device), grids[snippet.stem]):
                sys.exit(f"{snippet.stem}: other defaults of PyTorch change its values")
        if options.plots:
            options.plots.mkdir(parents=True, exist_ok=True)
            plt.savefig(options.plots / f"{snippet.stem}.png", dpi=100)
    target = HERE / "grids.json"
    if options.write:
        entries = {name: describe(name, values) for name, values in grids.items()}
        target.write_text(json.dumps(entries, indent=1) + "\n", encoding="ascii")
        return
    stored = json.loads(target.read_text(encoding="ascii"))
    if stored.keys() != grids.keys():
        sys.exit(f"Snippets {sorted(grids)}, expected {sorted(stored)}")
    problems = []
    for name, values in grids.items():
        expected = np.frombuffer(base64.b64decode(stored[name]["values"]), dtype="<f8")
        problems.append(compare(name, values, expected.reshape(values.shape[0], -1)))
    problems = [problem for problem in problems if problem]
    print("\n".join(problems) or f"{len(grids)} snippets compute what they should")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
