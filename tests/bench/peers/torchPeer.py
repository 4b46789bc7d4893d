"""PyTorch on the CPU with two threads. Reads one JSON request a line, answers each with one line."""

import json
import sys
import time

import numpy as np
import torch

torch.set_num_threads(2)

HALF_WIDTH = 3.0
# As the peers in the page are given them (page/chunked.ts).
MOST_POINTS = 1024 * 1024
CHUNK_ACTIVATIONS = 20 * 1024 * 1024


def points(side, rows):
    axis = ((2 * np.arange(side) + 1) / side - 1) * HALF_WIDTH
    pair = np.stack([np.tile(axis, len(rows)), np.repeat(axis[rows], side)], axis=1)
    return torch.from_numpy(pair.astype(np.float32))


class Lse(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.rate = model["lambda"]
        self.weight = torch.tensor(model["weight"], dtype=torch.float32).t().contiguous() * self.rate
        self.bias = torch.tensor(model["bias"], dtype=torch.float32) * self.rate

    def forward(self, x):
        return torch.logsumexp(torch.addmm(self.bias, x, self.weight), dim=1) / self.rate


class IndexOfLargest(torch.nn.Module):
    def forward(self, z):
        return torch.argmax(z, dim=1)


def build(model):
    if model["kind"] == "lse":
        return Lse(model)
    parts = []
    for layer in model["layers"]:
        linear = torch.nn.Linear(layer["inputs"], layer["outputs"])
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(layer["weight"]).reshape(linear.weight.shape))
            linear.bias.copy_(torch.tensor(layer["bias"]))
            linear.requires_grad_(False)
        parts += [linear, torch.nn.ReLU()]
    parts = parts[:-1] + ([IndexOfLargest()] if model["isClass"] else [])
    return torch.nn.Sequential(*parts)


def run_chunk(model, x, gradient):
    start = time.perf_counter()
    if gradient:
        x.requires_grad_(True)
        value = model(x)
        (slope,) = torch.autograd.grad(value.sum(), x)
    else:
        with torch.no_grad():
            value = model(x)
        slope = None
    return (time.perf_counter() - start) * 1000, value.detach(), slope


class Peer:
    def load(self, work, model):
        self.side, self.gradient = work["side"], work["gradient"]
        self.probes = np.array(work["probes"])
        widths = work["field"]["network"].get("widths", [])
        width = max([1, *widths[1:-1]])
        chunk = min(MOST_POINTS, CHUNK_ACTIVATIONS // width)
        self.rows_at_a_time = max(1, chunk // self.side)
        self.model = build(model)
        self.kept = (None, None)

    def points(self, rows):
        """Points of the rows; those of the last rows are kept, for grids that are one chunk."""
        if self.kept[0] is None or not np.array_equal(self.kept[0], rows):
            self.kept = (rows, points(self.side, rows))
        return self.kept[1]

    def run(self, blocks):
        rows = np.concatenate([np.arange(b["first"], b["first"] + b["count"]) for b in blocks])
        self.results = np.full((len(self.probes), 3 if self.gradient else 1), np.nan)
        probe_rows, probe_columns = self.probes // self.side, self.probes % self.side
        total = 0.0
        for first in range(0, len(rows), self.rows_at_a_time):
            some = rows[first : first + self.rows_at_a_time]
            took, value, slope = run_chunk(self.model, self.points(some).detach(), self.gradient)
            total += took
            place = np.full(self.side, -1)
            place[some] = np.arange(len(some))
            inside = place[probe_rows] >= 0
            at = place[probe_rows[inside]] * self.side + probe_columns[inside]
            self.results[inside, 0] = value.reshape(-1).numpy()[at]
            if self.gradient:
                self.results[inside, 1:] = slope.numpy()[at]
        self.seen = np.isin(probe_rows, rows).repeat(self.results.shape[1])
        return total

    def probe(self):
        return [r if seen else None for r, seen in zip(self.results.reshape(-1).tolist(), self.seen)]


def main():
    peer = Peer()
    print(json.dumps({"version": torch.__version__}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        answer = {}
        if request["do"] == "load":
            peer.load(request["work"], request["model"])
        elif request["do"] == "run":
            answer = {"ms": peer.run(request["blocks"])}
        elif request["do"] == "probe":
            answer = {"results": peer.probe()}
        print(json.dumps(answer), flush=True)


main()
