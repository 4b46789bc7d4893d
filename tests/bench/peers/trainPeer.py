"""Training by PyTorch with two threads, and by NumPy. Reads one JSON request a line, answers each with one line."""

import json
import sys
import time

import numpy as np
import torch

torch.set_num_threads(2)


class TorchRun:
    def __init__(self, case):
        widths = case["widths"]
        layers = []
        for i, (a, b) in enumerate(zip(widths, widths[1:])):
            layers += [torch.nn.Linear(a, b), torch.nn.ReLU()]
        self.model = torch.nn.Sequential(*layers[:-1]).double()
        self.x = torch.tensor(case["x"], dtype=torch.float64)
        self.y = torch.tensor(case["y"]).double()[:, None]
        self.loss = torch.nn.BCEWithLogitsLoss()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=case["rate"])

    def step(self):
        loss = self.loss(self.model(self.x), self.y)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()


class NumpyRun:
    """Two layers with ReLU and cross-entropy, as a course writes them."""

    def __init__(self, case):
        inputs, hidden, outputs = case["widths"]
        self.x, self.y, self.rate = np.array(case["x"], dtype=float), np.array(case["y"]), case["rate"]
        bounds = np.sqrt(6 / (inputs + hidden)), np.sqrt(6 / (hidden + outputs))
        self.w1 = np.random.uniform(-bounds[0], bounds[0], (inputs, hidden))
        self.w2 = np.random.uniform(-bounds[1], bounds[1], (hidden, outputs))
        self.b1, self.b2 = np.zeros(hidden), np.zeros(outputs)

    def step(self):
        x, y, rows = self.x, self.y, np.arange(len(self.y))
        z1 = x @ self.w1 + self.b1
        a1 = np.maximum(z1, 0)
        z2 = a1 @ self.w2 + self.b2
        z2 -= z2.max(1, keepdims=True)
        d2 = np.exp(z2)
        sums = d2.sum(1, keepdims=True)
        loss = (np.log(sums[:, 0]) - z2[rows, y]).mean()
        d2 /= sums
        d2[rows, y] -= 1
        d2 /= len(y)
        d1 = d2 @ self.w2.T
        d1 *= z1 > 0
        self.w2 -= self.rate * (a1.T @ d2)
        self.b2 -= self.rate * d2.sum(0)
        self.w1 -= self.rate * (x.T @ d1)
        self.b1 -= self.rate * d1.sum(0)
        return loss


run = None
print(json.dumps({"torch": torch.__version__, "numpy": np.__version__}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if "case" in request:
        run = (TorchRun if request["peer"] == "torch" else NumpyRun)(request["case"])
        answer = {}
    else:
        start, cpu = time.perf_counter(), time.process_time()
        for _ in range(request["steps"]):
            run.step()
        took = {"ms": time.perf_counter() - start, "cpuMs": time.process_time() - cpu}
        answer = {key: seconds * 1000 for key, seconds in took.items()}
    print(json.dumps(answer), flush=True)
