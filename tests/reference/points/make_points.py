"""Writes small files of points, and their two main directions by numpy.linalg.svd: principal.json.

    /usr/bin/python3 tests/reference/points/make_points.py
"""

import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(17)


def principal(x):
    """Mean, two directions whose entry farthest from 0 is positive, and standard deviations along them."""
    x = x.astype(np.float64)
    mean = x.mean(axis=0)
    _, s, v = np.linalg.svd(x - mean, full_matrices=False)
    v = v[:2] * np.sign(v[range(2), np.abs(v[:2]).argmax(axis=1)])[:, None]
    return {
        "mean": mean.tolist(),
        "directions": v.tolist(),
        "deviations": (s[:2] / np.sqrt(len(x) - 1)).tolist(),
    }


def blobs(rows, columns, centers):
    """Points around some centres, as images of some things are."""
    middles = rng.normal(0, 3, (centers, columns))
    return middles[rng.integers(centers, size=rows)] + rng.normal(0, 1, (rows, columns))


def images(rows):
    """8 × 8 pictures of bright bars on black, upright or level, with grey values from 0 to 16."""
    bars = np.zeros((rows, 8, 8))
    for i, bar in enumerate(bars):
        at = rng.integers(1, 6)
        bar[(slice(None), slice(at, at + 2)) if i % 2 else (slice(at, at + 2), slice(None))] = 16
    return np.clip(bars + rng.integers(0, 3, bars.shape), 0, 16)


plane = blobs(60, 5, 3)
wide = blobs(12, 40, 4).astype(np.float32)
small_gap = rng.normal(0, 1, (200, 20))
bars = images(30).astype(np.uint8)

np.savetxt(HERE / "plane.csv", plane, fmt="%.17g", delimiter=",", header="a,b,c,d,e", comments="")
np.savetxt(HERE / "plane.txt", plane, fmt="%.17g")
np.save(HERE / "wide.npy", wide)
np.save(HERE / "small_gap.npy", small_gap)
np.savez_compressed(HERE / "bars.npz", labels=np.arange(30) % 2, images=bars)
np.save(HERE / "corners.npy", bars[[0, 1, 3]].reshape(3, 64))

files = {"plane.csv": plane, "wide.npy": wide, "small_gap.npy": small_gap, "bars.npz": bars.reshape(30, 64)}
expected = {name: principal(x) for name, x in files.items()}
(HERE / "principal.json").write_text(json.dumps(expected) + "\n")
