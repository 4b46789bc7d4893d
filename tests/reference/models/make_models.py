"""Writes small files of networks as people save them, and expected.json with their outputs.

Needs numpy and safetensors, in a virtual environment of their own:

    python3 -m venv VENV && VENV/bin/pip install numpy safetensors
    VENV/bin/python tests/reference/models/make_models.py
"""

import json
import pathlib
import pickle
import zipfile

import numpy as np
from safetensors.numpy import save_file

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(11)
expected = []


def forward(layers, x, activation):
    h = np.asarray(x, np.float64)
    for i, (weight, bias) in enumerate(layers):
        h = weight.astype(np.float64) @ h + bias.astype(np.float64)
        if i < len(layers) - 1:
            h = activation(h)
    return h


def relu(z):
    return np.maximum(z, 0)


def elu(z):
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))


def draw(widths, dtype=np.float32):
    return [
        (rng.standard_normal((o, i)).astype(dtype), rng.standard_normal(o).astype(dtype))
        for i, o in zip(widths, widths[1:])
    ]


def expect(file, layers, activation=relu, **more):
    inputs = layers[0][0].shape[1]
    points = np.round(rng.uniform(-1, 1, (3, inputs)), 3)
    values = [{"x": x.tolist(), "y": forward(layers, x, activation).tolist()} for x in points]
    widths = [inputs] + [len(bias) for _, bias in layers]
    expected.append({"file": file, "widths": widths, "values": values, **more})


# One 2-2-1 network in many spellings. Its numbers are eighths, so that float16 and bfloat16 hold them too.
small = [
    (np.array([[1.5, -0.625], [0.25, 2.0]]), np.array([0.125, -1.0])),
    (np.array([[-0.75, 3.0]]), np.array([0.5])),
]
(w1, b1), (w2, b2) = small


def spell(file, activation=relu, **more):
    expect(file, small, activation, spelling=True, **more)


np.savez(HERE / "small.npz", W1=w1, b1=b1, W2=w2, b2=b2)
spell("small.npz")
order = np.asfortranarray
np.savez_compressed(HERE / "small_fortran.npz", W2=order(w2), b2=b2, W1=order(w1), b1=b1)
spell("small_fortran.npz")
np.savez(HERE / "small_inputs_first.npz", **{"0000.dense.A": w1.T.astype(">f4"), "0000.dense.b": b1.astype(">f4"),
    "0002.dense.A": w2.T.astype(">f4"), "0002.dense.b": b2.astype(">f4"),
    "0001.relu._": np.zeros(0), "0003.squeeze_last._": np.zeros(0)})
spell("small_inputs_first.npz")
np.savez(HERE / "small_sklearn.npz", coefs_0=w1.T, intercepts_0=b1, coefs_1=w2.T, intercepts_1=b2, n_iter_=np.int64(7))
spell("small_sklearn.npz")
np.savez(HERE / "small_unnamed.npz", w1.astype(np.float16), b1.astype(np.float16), w2.astype(np.float16), b2.astype(np.float16))
spell("small_unnamed.npz")
state = {"0.weight": w1, "0.bias": b1, "2.weight": w2, "2.bias": b2}
save_file({k: v.astype(np.float32) for k, v in state.items()}, HERE / "small.safetensors", metadata={"format": "pt"})
spell("small.safetensors")
named = {"fc1.weight": w1, "fc1.bias": b1, "out.weight": w2, "out.bias": b2}
save_file({**{k: v.astype(np.float16) for k, v in named.items()}, "steps": np.array(900)},
    HERE / "small_half.safetensors")
spell("small_half.safetensors")
as_lists = {"weights": [w1.tolist(), w2.tolist()], "biases": [b1[:, None].tolist(), b2[:, None].tolist()]}
(HERE / "small_columns.json").write_text(json.dumps(as_lists))
spell("small_columns.json")
(HERE / "small_state.json").write_text(json.dumps({k: v.tolist() for k, v in state.items()}))
spell("small_state.json")
(HERE / "small_layers.json").write_text(json.dumps({"layers": [
    {"weight": w1.tolist(), "bias": b1.tolist(), "activation": "relu"},
    {"weight": w2.tolist(), "bias": b2.tolist(), "activation": "identity"}]}))
spell("small_layers.json")
rows = lambda a: "".join(",".join(f"{v:.5e}" for v in row) + ",\n" for row in np.atleast_2d(a))
column = lambda b: rows(b[:, None])
(HERE / "small.nnet").write_text(
    "// A network of 2 inputs\n// in the format of ACAS Xu\n2,2,1,2,\n2,2,1,\n0,\n"
    "-100,-3.5,\n100,3.5,\n10,0,-1.5,\n200,7,20,\n" + rows(w1) + column(b1) + rows(w2) + column(b2))
spell("small.nnet")

# Others, each for what is peculiar to it.
deep = draw([3, 5, 5, 5, 2])
np.savez(HERE / "deep_inputs_first.npz", **{f"{k}{i + 1}": v for i, (w, b) in enumerate(deep)
    for k, v in (("W", w.T), ("b", b))})
expect("deep_inputs_first.npz", deep)
np.savez(HERE / "elu.npz", **{f"{2 * i:04d}.dense.{k}": v for i, (w, b) in enumerate(deep)
    for k, v in (("A", w.T), ("b", b))}, **{f"{2 * i + 1:04d}.elu._": np.zeros(0, np.float32) for i in range(3)})
expect("elu.npz", deep, elu)
unbiased = [(w, np.zeros_like(b)) for w, b in draw([4, 6, 3])]
save_file({f"layers.{i}.weight": w for i, (w, _) in enumerate(unbiased)}, HERE / "unbiased.safetensors")
expect("unbiased.safetensors", unbiased)
wide = draw([2, *([2] * 11), 1])
save_file({f"fc{i}.{k}": v for i, (w, b) in enumerate(wide) for k, v in (("weight", w), ("bias", b))},
    HERE / "twelve.safetensors")
expect("twelve.safetensors", wide)

# Not read.
pickle.dump({"weights": [1.0]}, open(HERE / "pickle.pkl", "wb"))
expected.append({"file": "pickle.pkl", "refuse": "a pickle"})
with zipfile.ZipFile(HERE / "torch.pt", "w") as archive:
    archive.writestr("torch/data.pkl", b"\x80\x02}q\x00.")
    archive.writestr("torch/version", "3\n")
expected.append({"file": "torch.pt", "refuse": "a pickle"})
(HERE / "weights.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(24))
expected.append({"file": "weights.h5", "refuse": "HDF5"})

(HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
