#!/usr/bin/env python3
"""Writes permutations.json: torch.randperm, small ones in full, large ones as the SHA-256 of little-endian int32.

    /usr/bin/python3 tests/reference/torch/make_permutations.py
"""

import hashlib
import json
from pathlib import Path

import torch


def permutations(seed, counts):
    """One generator draws them in turn."""
    generator = torch.Generator().manual_seed(seed)
    entries = []
    for count in counts:
        order = torch.randperm(count, generator=generator)
        data = order.numpy().astype("<i4").tobytes()
        small = count <= 20
        entries.append({"count": count, **({"order": order.tolist()} if small else {"sha256": hashlib.sha256(data).hexdigest()})})
    return {"seed": seed, "permutations": entries}


def main():
    result = [
        permutations(0, [10, 1, 2, 0, 20]),
        permutations(7, [200, 5, 1347]),
        permutations(-3, [19_999, 20_001, 100_000, 3]),
    ]
    path = Path(__file__).parent / "permutations.json"
    path.write_text(json.dumps(result, indent=1) + "\n")


main()
