#!/usr/bin/env python3
"""Writes training.json: what PyTorch makes of small networks in 300 steps, in float64; and initialization.json: its first weights.

    /usr/bin/python3 tests/reference/training/make_training.py

needs Debian's python3-torch and python3-numpy. Parameters are drawn in float32, as `nn.Linear` draws them, and then widened.
A run has every 30th loss, each before its step, and all parameters at the end in the order of `model.parameters()`.
"""

import json
import zlib
from pathlib import Path

import numpy as np
import torch
from torch import nn

HERE = Path(__file__).parent
STEPS = 300
EVERY = 30


class Abs(nn.Module):
    def forward(self, z):
        return z.abs()


class Sine(nn.Module):
    def forward(self, z):
        return z.sin()


class Prelu(nn.Module):
    """PReLU whose slopes stay as they are."""

    def __init__(self, slopes):
        super().__init__()
        self.slopes = torch.tensor(slopes, dtype=torch.float64)

    def forward(self, z):
        return nn.functional.prelu(z, self.slopes)


def activation(given):
    if isinstance(given, str):
        plain = {
            "relu": nn.ReLU, "abs": Abs, "relu6": nn.ReLU6, "identity": nn.Identity, "tanh": nn.Tanh,
            "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "silu": nn.SiLU, "softplus": nn.Softplus, "sine": Sine,
        }
        return nn.GELU(approximate="tanh") if given == "geluTanh" else plain[given]()
    kind = given["kind"]
    if kind == "leakyRelu":
        return nn.LeakyReLU(given["slope"])
    if kind == "elu":
        return nn.ELU(given["alpha"])
    if kind == "hardtanh":
        return nn.Hardtanh(given["min"], given["max"])
    return Prelu(given["slopes"])


def network(widths, act, seed):
    torch.manual_seed(seed)
    layers = []
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        layers.append(nn.Linear(a, b))
        if i < len(widths) - 2:
            layers.append(activation(act))
    return nn.Sequential(*layers).double()


def points():
    """Two rings of classes, and a smooth target."""
    torch.manual_seed(100)
    x = torch.randn(41, 2, dtype=torch.float64).mul(1.3).mul(1000).round().div(1000)
    labels = (x.norm(dim=1) > 1.4).long() + (x.norm(dim=1) > 2.2).long()
    targets = torch.stack([torch.sin(x[:, 0]), x[:, 0] * x[:, 1] / 4], 1).mul(1000).round().div(1000)
    return x, labels, targets


X, LABELS, TARGETS = points()
SGD = {"kind": "sgd", "learningRate": 0.1, "momentum": 0, "nesterov": False, "weightDecay": 0}
ADAM = {"kind": "adam", "learningRate": 0.01, "betas": [0.9, 0.999], "epsilon": 1e-8, "weightDecay": 0}
ADAMW = {**ADAM, "kind": "adamw", "weightDecay": 0.01}


def optimizer_of(o, parameters):
    if o["kind"] == "sgd":
        return torch.optim.SGD(parameters, lr=o["learningRate"], momentum=o["momentum"], nesterov=o["nesterov"],
                               weight_decay=o["weightDecay"])
    cls = torch.optim.Adam if o["kind"] == "adam" else torch.optim.AdamW
    return cls(parameters, lr=o["learningRate"], betas=tuple(o["betas"]), eps=o["epsilon"],
               weight_decay=o["weightDecay"])


def schedule_of(s, optimizer):
    if s["kind"] == "cosine":
        return torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=s["steps"], eta_min=s["minimum"])
    if s["kind"] == "step":
        return torch.optim.lr_scheduler.StepLR(optimizer, step_size=s["every"], gamma=s["factor"])
    return torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1)


def run(recipe):
    model = network(recipe["widths"], recipe["activation"], recipe["seed"])
    loss_kind = recipe["loss"]
    loss_of, y = {
        "crossEntropy": (nn.CrossEntropyLoss(), LABELS),
        "binaryCrossEntropy": (nn.BCEWithLogitsLoss(), nn.functional.one_hot(LABELS, 3).double()),
        "meanSquaredError": (nn.MSELoss(), TARGETS),
    }[loss_kind]
    optimizer = optimizer_of(recipe["optimizer"], model.parameters())
    schedule = schedule_of(recipe.get("schedule", {"kind": "constant"}), optimizer)
    penalty = recipe.get("penalty", {"l1": 0, "l2": 0})
    batch = recipe.get("batch")
    order, generator = torch.arange(len(X)), torch.Generator()
    if batch:
        generator.manual_seed(batch["seed"])
    size = batch["size"] if batch else len(X)
    per_epoch = -(-len(X) // size)
    losses = []
    for step in range(STEPS):
        if batch and step % per_epoch == 0:
            order = torch.randperm(len(X), generator=generator)
        start = step % per_epoch * size
        part = order[start:start + size]
        loss = loss_of(model(X[part]), y[part])
        losses.append(loss.item())
        weights = [p for p in model.parameters() if p.dim() == 2]
        extra = sum(penalty["l1"] * w.abs().sum() + penalty["l2"] / 2 * w.square().sum() for w in weights)
        optimizer.zero_grad()
        (loss + extra).backward()
        optimizer.step()
        schedule.step()
    parameters = torch.cat([p.detach().flatten() for p in model.parameters()])
    return {**recipe, "losses": losses[::EVERY], "parameters": parameters.tolist()}


def recipes():
    ce, bce, mse = "crossEntropy", "binaryCrossEntropy", "meanSquaredError"
    outputs = {ce: 3, bce: 3, mse: 2}
    momentum = {**SGD, "momentum": 0.9}

    def recipe(loss, act, optimizer, hidden=(6, 5), seed=7, **more):
        widths = [2, *hidden, outputs[loss]]
        return {"widths": widths, "activation": act, "seed": seed, "loss": loss, "optimizer": optimizer, **more}

    yield from (recipe(loss, act, SGD) for loss in (ce, bce, mse) for act in ("relu", "tanh", "gelu"))
    for optimizer in (momentum, {**momentum, "nesterov": True}, {**SGD, "weightDecay": 0.01},
                      {**momentum, "nesterov": True, "weightDecay": 0.01}, ADAM, {**ADAM, "weightDecay": 0.01}, ADAMW):
        yield from (recipe(loss, act, optimizer) for loss, act in ((ce, "relu"), (bce, "tanh"), (mse, "gelu")))
    # With a memory as short as this the mean squared error jumps about chaotically: 1e-15 more in one input changes PyTorch's parameters by 1e-4.
    yield recipe(ce, "relu", {**ADAM, "betas": [0.8, 0.95], "epsilon": 1e-4})
    others = ["abs", "relu6", "identity", "sigmoid", "geluTanh", "silu", "softplus", "sine",
              {"kind": "leakyRelu", "slope": 0.1}, {"kind": "prelu", "slopes": [0.25, -0.5, 0, 1.5]},
              {"kind": "hardtanh", "min": -1, "max": 2}, {"kind": "elu", "alpha": 1.5}]
    yield from (recipe(ce, act, SGD, hidden=(4,)) for act in others)
    yield recipe(ce, "tanh", SGD, hidden=())
    yield recipe(ce, "tanh", SGD, schedule={"kind": "cosine", "steps": 300, "minimum": 0.001})
    yield recipe(mse, "tanh", ADAM, schedule={"kind": "step", "every": 40, "factor": 0.7})
    yield recipe(ce, "relu", SGD, penalty={"l1": 0.001, "l2": 0.01})
    yield recipe(ce, "relu", momentum, batch={"size": 10, "seed": 3})
    yield recipe(mse, "tanh", ADAM, batch={"size": 41, "seed": 0})


def init(name, widths, seed):
    model = None
    torch.manual_seed(seed)
    layers = [nn.Linear(a, b) for a, b in zip(widths, widths[1:])]
    model = nn.Sequential(*layers)
    options = {"nonlinearity": "relu"} if name.startswith("kaiming") else {}
    for layer in layers:
        getattr(nn.init, f"{name}_")(layer.weight, **options)
    return [layer.weight.detach().numpy() for layer in model]


def numpy_init(bounded, widths, seed):
    np.random.seed(seed)
    weights = []
    for a, b in zip(widths, widths[1:]):
        bound = np.sqrt(6 / (a + b)) if bounded else 1
        weights.append(np.random.uniform(-bound, bound, (a, b)).T.copy())
    return weights


def initializations():
    torch_names = {"xavierUniform": "xavier_uniform", "xavierNormal": "xavier_normal",
                   "kaimingUniform": "kaiming_uniform", "kaimingNormal": "kaiming_normal"}
    for widths, seed in (([2, 3, 5, 2], 1), ([64, 32, 10], 123), ([7, 11, 3, 3], -4), ([300, 61, 17], 2**40)):
        for ours, theirs in torch_names.items():
            yield ours, widths, seed, init(theirs, widths, seed)
        if 0 <= seed < 2**32:
            yield "numpyUniform", widths, seed, numpy_init(False, widths, seed)
            yield "numpyXavierUniform", widths, seed, numpy_init(True, widths, seed)


def describe(weight):
    """The first weights of a layer, and a checksum of all its bytes."""
    return {"first": [float(w) for w in weight.flatten()[:3]], "crc32": zlib.crc32(weight.tobytes())}


def write(name, head, key, entries):
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    text = json.dumps(head, separators=(",", ":"))[:-1] + f',"{key}":[\n{lines}\n]}}\n'
    (HERE / name).write_text(text)


head = {"torch": torch.__version__, "x": X.tolist(), "labels": LABELS.tolist(), "targets": TARGETS.tolist()}
write("training.json", {**head, "every": EVERY, "steps": STEPS}, "runs", map(run, recipes()))
write("initialization.json", {"torch": torch.__version__, "numpy": np.__version__}, "drawn", (
    {"initialization": name, "widths": widths, "seed": seed, "weights": [describe(w) for w in weights]}
    for name, widths, seed, weights in initializations()))
