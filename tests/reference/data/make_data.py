#!/usr/bin/env python3
"""Writes data.json: data sets as scikit-learn makes them, and random numbers as NumPy draws them.

    python3 -m venv /tmp/sklearn && /tmp/sklearn/bin/pip install scikit-learn==1.9.1
    /tmp/sklearn/bin/python tests/reference/data/make_data.py

NumPy keeps the stream of RandomState as it is, and these functions of scikit-learn have drawn the same for years, so other
versions should write the same file.
"""

import base64
import json
from pathlib import Path

import numpy as np
from sklearn.datasets import make_blobs, make_circles, make_moons
from sklearn.model_selection import train_test_split

SEEDS = [0, 1, 42, 123, 2**31, 2**32 - 1]


def encode(values, dtype):
    """Little-endian numbers in base64."""
    return base64.b64encode(np.ascontiguousarray(values, dtype).tobytes()).decode("ascii")


def draw(seed):
    random = np.random.RandomState(seed)
    return {
        "seed": seed,
        # One stream: odd counts of normal numbers leave one that comes first the next time.
        "uniform": encode(random.uniform(-2, 3, 5), "<f8"),
        "normal": encode(random.normal(1, 0.5, 3), "<f8"),
        "permutation": random.permutation(100).tolist(),
        "normalAgain": encode(random.normal(size=4), "<f8"),
        "random": encode(random.random_sample(700)[-3:], "<f8"),
    }


def data_set(spec, made):
    x, y = made
    return {"spec": spec, "x": encode(x, "<f8"), "y": "".join(map(str, y))}


def moons(samples, noise, seed):
    spec = {"kind": "moons", "samples": samples, "noise": noise, "seed": seed}
    return data_set(spec, make_moons(samples, noise=noise, random_state=seed))


def circles(samples, noise, factor, seed):
    spec = {"kind": "circles", "samples": samples, "noise": noise, "factor": factor, "seed": seed}
    return data_set(spec, make_circles(samples, noise=noise, factor=factor, random_state=seed))


def blobs(samples, centers, deviation, seed):
    spec = {"kind": "blobs", "samples": samples, "centers": centers, "standardDeviation": deviation, "seed": seed}
    return data_set(spec, make_blobs(samples, centers=centers, cluster_std=deviation, random_state=seed))


def split(samples, size, seed):
    train, test = train_test_split(np.arange(samples), test_size=size, random_state=seed)
    return {"samples": samples, "testSize": size, "seed": seed, "train": train.tolist(), "test": test.tolist()}


def main():
    result = {
        "draws": [draw(seed) for seed in SEEDS],
        "sets": [
            moons(200, 0.1, 3), moons(101, 0.3, 2**32 - 1), moons(100, 0, 0), moons(2, 0, 1), moons(1, 0.1, 1),
            circles(200, 0.05, 0.5, 7), circles(99, 0, 0.8, 0), circles(30, 0.2, 0, 1), circles(30, 0.2, 0.99, 2),
            blobs(200, 3, 1, 5), blobs(101, 4, 2.5, 0), blobs(3, 5, 1, 1), blobs(10, 2, 0, 2),
        ],
        "splits": [split(10, 0.25, 123), split(101, 0.3, 0), split(2, 0.5, 1), split(100, 0.01, 2)],
    }
    path = Path(__file__).parent / "data.json"
    path.write_text(json.dumps(result, indent=1) + "\n")


main()
