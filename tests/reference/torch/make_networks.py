#!/usr/bin/env python3
"""Writes networks.json: parameters as PyTorch itself draws them.

Run with Debian's python3-torch on an x86 CPU with AVX2 (or better):

    /usr/bin/python3 tests/reference/torch/make_networks.py

Each network is `torch.manual_seed(seed)` followed by `nn.Linear` layers in order. Its parameters are
laid end to end, layer by layer, weight row-major and then bias, as little-endian float32: in full
(base64) for small networks, as the SHA-256 of these bytes for large ones.
"""

import base64
import hashlib
import json
import random
from pathlib import Path

import torch
from torch import nn

LARGEST_IN_FULL = 200  # parameters

SPECIAL_SEEDS = [
    0, 1, 2, 42, -1, -2, -(2**31), 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**32 + 1, 2**33 + 7,
    -(2**32), -(2**32) - 1, -(2**40) + 12345, 2**53 - 1, -(2**53) + 1, 20190817, 987654321012345,
]


def choose_seeds(label, count):
    """Further seeds of every size and sign, the same on each run."""
    source = random.Random(label)
    return [source.choice([-1, 1]) * source.getrandbits(source.randint(4, 52)) for _ in range(count)]


def parameter_bytes(layers):
    parts = []
    for layer in layers:
        parts += [layer.weight.detach(), layer.bias.detach()]
    return b"".join(part.contiguous().numpy().astype("<f4").tobytes() for part in parts)


def draw(widths, seed):
    torch.manual_seed(seed)
    return parameter_bytes([nn.Linear(i, o) for i, o in zip(widths, widths[1:])])


def describe(widths, seed):
    data = draw(widths, seed)
    entry = {"widths": widths, "seed": seed}
    if len(data) <= 4 * LARGEST_IN_FULL:
        entry["parameters"] = base64.b64encode(data).decode("ascii")
    else:
        entry["sha256"] = hashlib.sha256(data).hexdigest()
    return entry


def list_networks():
    shapes = [
        ([2, 20, 1], 100),
        ([2, 5, 5, 5, 5, 1], 100),
        ([2, 1, 1], 10),
        ([2, 3, 1], 10),
        ([2, 7, 4, 1], 10),
        ([2, 15, 16, 17, 1], 10),
        ([2, 3, 5, 7, 20, 30, 64, 256, 1], 10),
        ([2, 64, 64, 64, 1], 10),
        ([2, 256, 256, 1], 5),
        ([2] + [4] * 16 + [1], 10),
        ([2] + [50] * 16 + [1], 5),
        ([2] + [256] * 16 + [1], 2),
    ]
    for widths, count in shapes:
        label = "-".join(map(str, widths))
        special = SPECIAL_SEEDS[: max(count // 2, 2)]
        for seed in special + choose_seeds(label, count - len(special)):
            yield describe(widths, seed)
    # Every fan-in from 1 to 256, because each has its own bound.
    for first in range(1, 257, 16):
        yield describe([2, *range(first, first + 16), 1], first)


def list_shapes():
    """Networks of any number of inputs and outputs."""
    shapes = [[5, 10, 10, 5], [784, 100, 10], [4096, 3, 1], [2, 16], [1, 3, 2]]
    for widths in shapes:
        for seed in [0, 4, 2**31 + 1, -1]:
            yield describe(widths, seed)


def list_fan_ins():
    """Layers of one neuron, of every number of inputs from 257 to 4096: [first, last] from one generator."""
    for first in range(257, 4097, 240):
        last = first + 239
        torch.manual_seed(first)
        data = parameter_bytes([nn.Linear(inputs, 1) for inputs in range(first, last + 1)])
        yield {"fanIns": [first, last], "seed": first, "sha256": hashlib.sha256(data).hexdigest()}


def list_logits():
    for count in range(2, 17):
        for seed in [0, -count, 2**40 + count]:
            yield describe([2, count], seed)


def main():
    capability = torch.__config__.show()
    if "AVX2" not in capability and "AVX512" not in capability:
        raise SystemExit("PyTorch does not use AVX2 here: it would round twice where AVX2 rounds once.")
    lists = {"networks": list_networks(), "shapes": list_shapes(), "fanIns": list_fan_ins(), "logits": list_logits()}
    target = Path(__file__).with_name("networks.json")
    with target.open("w", encoding="ascii") as file:
        file.write('{"torch":%s' % json.dumps(torch.__version__))
        for name, entries in lists.items():
            lines = [json.dumps(entry, separators=(",", ":")) for entry in entries]
            file.write(',"%s":[\n%s\n]' % (name, ",\n".join(lines)))
            print(f"{len(lines)} {name}")
        file.write("}\n")


if __name__ == "__main__":
    main()
