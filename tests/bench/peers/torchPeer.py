"""PyTorch on the CPU with two threads. Reads one JSON request a line, answers each with one line."""

import json
import sys
import time

import numpy as np
import torch

torch.set_num_threads(2)

HALF_WIDTH = 3.0
CHUNK = 1024 * 1024


def points(side, first, count):
    index = np.arange(first, first + count)
    axis = ((2 * np.arange(side) + 1) / side - 1) * HALF_WIDTH
    pair = np.stack([axis[index % side], axis[index // side]], axis=1)
    return torch.from_numpy(pair.astype(np.float32))


class Lse(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.rate = model["lambda"]
        self.weight = torch.tensor(model["weight"], dtype=torch.float32).t().contiguous() * self.rate
        self.bias = torch.tensor(model["bias"], dtype=torch.float32) * self.rate

    def forward(self, x):
        return torch.logsumexp(torch.addmm(self.bias, x, self.weight), dim=1) / self.rate


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
    return torch.nn.Sequential(*parts[:-1])


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


def main():
    state = {}
    print(json.dumps({"version": torch.__version__}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        answer = {}
        if request["do"] == "load":
            state = {"work": request["work"], "model": build(request["model"])}
            side = state["work"]["side"]
            state["kept"] = points(side, 0, side * side) if side * side <= CHUNK else None
        elif request["do"] == "run":
            work = state["work"]
            side, gradient = work["side"], work["gradient"]
            probes = np.array(work["probes"])
            results = np.zeros((len(probes), 3 if gradient else 1))
            total = 0.0
            for first in range(0, side * side, CHUNK):
                count = min(CHUNK, side * side - first)
                x = state["kept"] if state["kept"] is not None else points(side, first, count)
                took, value, slope = run_chunk(state["model"], x.detach(), gradient)
                total += took
                inside = (probes >= first) & (probes < first + count)
                at = probes[inside] - first
                results[inside, 0] = value.reshape(-1).numpy()[at]
                if gradient:
                    results[inside, 1:] = slope.numpy()[at]
            state["results"] = results
            answer = {"ms": total}
        elif request["do"] == "probe":
            answer = {"results": state["results"].reshape(-1).tolist()}
        print(json.dumps(answer), flush=True)


main()
