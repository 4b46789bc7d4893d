"""How long counting the regions of a slice takes here and in regioncam, turn by turn.

    pip install regioncam==0.5.2 numpy
    python tests/bench/peers/againstRegioncam.py cases.json [ROUNDS]

cases.json is a list of {name, file, slice: {origin, axis1, axis2}}: the file of a network, relative to the list, and a plane of
its inputs of which the square [-1, 1]^2 is counted. Prints medians of the rounds.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import regioncam

HERE = Path(__file__).parent


def count(case):
    """Milliseconds, and the faces after the last hidden layer; float32, as regioncam computes."""
    f = lambda array: np.asarray(array, dtype=np.float32)
    start = time.perf_counter()
    camera = regioncam.Regioncam(size=1.0)
    camera.linear(f([case["slice"]["axis1"], case["slice"]["axis2"]]), f(case["slice"]["origin"]))
    for layer in case["layers"][:-1]:
        assert layer["activation"] == "relu", layer["activation"]
        camera.linear(f(layer["weight"]).T.copy(), f(layer["bias"]))
        camera.relu()
    return (time.perf_counter() - start) * 1e3, camera.num_faces


def main():
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    ours = subprocess.Popen(
        ["node", str(HERE / "regioncamPeer.mjs"), sys.argv[1]],
        cwd=HERE.parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    cases = json.loads(ours.stdout.readline())
    for number, case in enumerate(cases):
        times, ratios = ([], []), []
        for _ in range(rounds):
            print(number, file=ours.stdin, flush=True)
            own = json.loads(ours.stdout.readline())
            other, faces = count(case)
            times[0].append(own["ms"])
            times[1].append(other)
            ratios.append(own["ms"] / other)
        median = [statistics.median(t) for t in times]
        print(
            f"{case['name']}: {own['activationRegions']} regions in {median[0]:.0f} ms,"
            f" regioncam {faces} in {median[1]:.0f} ms, ratio {statistics.median(ratios):.2f}",
            flush=True,
        )
    ours.stdin.close()


main()
