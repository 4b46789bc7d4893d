"""Writes the small ONNX files of tests/unit/models/onnx, and what ONNX Runtime computes from them.

    pip install onnx onnxruntime ml_dtypes
    python tests/reference/models/make_onnx.py

Each file is a chain that needs a few operations. `expected.json` has for each one its inputs and outputs, flattened
row-major. Where ONNX Runtime lacks an old version of an operator, ONNX's own reference evaluator is asked, or NumPy
where that lacks it too.
"""

import json
from pathlib import Path

import ml_dtypes
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

OUT = Path(__file__).parent / "onnx"
random = np.random.default_rng(7)


def weights(*shape):
    """Multiples of 1/8, so that float16 holds them too."""
    return (random.integers(-16, 17, shape) / 8).astype(np.float32)


def tensor(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


class Chain:
    """Nodes one after the other; `op` appends one that takes the last output."""

    def __init__(self, shape, opset=17, ir=8, elements=TensorProto.FLOAT):
        self.shape, self.opset, self.ir, self.elements = shape, opset, ir, elements
        self.nodes, self.initializers = [], []
        self.last = "x"

    def op(self, kind, *constants, before=(), outputs=1, name=None, **attributes):
        """Constants are arrays, tensors or None; those in `before` come before the chain's value."""
        number = len(self.nodes)
        names = []
        for i, constant in enumerate([*before, *constants]):
            if constant is None:
                names.append("")
                continue
            if not isinstance(constant, TensorProto):
                constant = tensor(f"c{number}_{i}", constant)
            self.initializers.append(constant)
            names.append(constant.name)
        inputs = [*names[: len(before)], self.last, *names[len(before) :]]
        self.last = f"v{number}"
        made = [self.last, *(f"unused{number}_{i}" for i in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, inputs, made, name or f"{kind.lower()}{number}", **attributes))
        return self

    def model(self, inputs_too=False):
        x = helper.make_tensor_value_info("x", self.elements, self.shape)
        y = helper.make_tensor_value_info(self.last, self.elements, None)
        inputs = [x]
        if inputs_too:
            inputs += [helper.make_tensor_value_info(t.name, t.data_type, t.dims) for t in self.initializers]
        graph = helper.make_graph(self.nodes, "g", inputs, [y], self.initializers)
        opsets = [helper.make_opsetid("", self.opset)]
        return helper.make_model(graph, ir_version=self.ir, opset_imports=opsets, producer_name="")


expected = []


def save(name, model, count=3, external=None, numpy=None, pick=lambda outputs: outputs[0]):
    onnx.save(model, OUT / f"{name}.onnx")
    value = model.graph.input[0].type.tensor_type
    shape = [d.dim_value or 1 for d in value.shape.dim]
    kind = helper.tensor_dtype_to_np_dtype(value.elem_type)
    inputs = [(random.integers(-32, 33, shape) / 16).astype(kind) for _ in range(count)]
    path = str(OUT / f"{name}.onnx")
    run, by = numpy, "numpy"
    try:
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        run, by = lambda x: pick(session.run(None, {"x": x})), "onnxruntime"
    except Exception:
        if numpy is None:
            reference = ReferenceEvaluator(path)
            run, by = lambda x: reference.run(None, {"x": x})[0], "onnx.reference"
    outputs = [np.asarray(run(x), dtype=np.float64) for x in inputs]
    flat = lambda array: [float(v) for v in np.asarray(array, dtype=np.float64).ravel()]
    values = [{"x": flat(x), "y": flat(y)} for x, y in zip(inputs, outputs)]
    expected.append({"file": f"{name}.onnx", "by": by, "external": external, "values": values})


def same_network():
    """One 2-2-1 network in four spellings."""
    w1, b1, w2, b2 = weights(2, 2), weights(2), weights(1, 2), weights(1)
    two = ["N", 2]
    save("same_gemm", Chain(two).op("Gemm", w1.T.copy(), b1).op("Relu").op("Gemm", w2.T.copy(), b2).model())
    save(
        "same_gemm_transposed",
        Chain(two).op("Gemm", w1, b1, transB=1).op("Relu").op("Gemm", w2, b2, transB=1).model(),
    )
    save(
        "same_matmul_right",
        Chain(two).op("MatMul", w1.T.copy()).op("Add", b1).op("Relu").op("MatMul", w2.T.copy()).op("Add", b2).model(),
    )
    left = Chain([2]).op("MatMul", before=[w1]).op("Add", before=[b1]).op("Relu")
    save("same_matmul_left", left.op("MatMul", before=[w2]).op("Add", b2).model())


def types():
    """The numbers of one layer in every float type, raw and in typed fields; the runtime casts them."""
    array = weights(2, 3)
    kinds = {
        "float16": np.float16,
        "bfloat16": ml_dtypes.bfloat16,
        "float32": np.float32,
        "float64": np.float64,
    }
    for name, kind in kinds.items():
        code = helper.np_dtype_to_tensor_dtype(np.dtype(kind))
        raw = tensor("w", array.astype(kind))
        typed = helper.make_tensor("w", code, array.shape, array.ravel().tolist())
        for suffix, stored in [("raw", raw), ("typed", typed)]:
            chain = Chain([1, 2])
            chain.initializers.append(stored)
            chain.nodes.append(helper.make_node("Cast", ["w"], ["w32"], "cast", to=TensorProto.FLOAT))
            chain.nodes.append(helper.make_node("MatMul", ["x", "w32"], ["v"], "matmul"))
            chain.last = "v"
            save(f"type_{name}_{suffix}", chain.model(), 1)
    save("double", Chain([1, 2], elements=TensorProto.DOUBLE).op("MatMul", array.astype(np.float64) / 3).model())


def activations():
    def one(name, kind, *constants, opset=17, shape=(1, 3), **attributes):
        chain = Chain(list(shape), opset=opset, ir=3 if opset < 9 else 8 if opset < 20 else 10)
        size = shape[-1]
        chain.op("MatMul", weights(size, size)).op(kind, *constants, **attributes)
        save(name, chain.op("MatMul", weights(size, 2)).model(inputs_too=opset < 9))

    for kind in ["Relu", "Abs", "Sigmoid", "Tanh", "Softplus", "Sin", "LeakyRelu", "Elu", "Selu", "HardSigmoid"]:
        one(f"act_{kind.lower()}", kind)
    one("act_leakyrelu_alpha", "LeakyRelu", alpha=0.25)
    one("act_elu_alpha", "Elu", alpha=0.5)
    one("act_selu_parameters", "Selu", alpha=1.5, gamma=0.75)
    one("act_hardsigmoid_parameters", "HardSigmoid", alpha=0.5, beta=0.25)
    one("act_gelu", "Gelu", opset=20)
    one("act_gelu_tanh", "Gelu", opset=20, approximate="tanh")
    one("act_prelu", "PRelu", np.float32([0.25, -0.5, 2]))
    one("act_prelu_one", "PRelu", np.float32([[0.25]]))
    one("act_prelu_6", "PRelu", np.float32([0.25, -0.5]), opset=6, shape=(1, 2, 3))
    one("act_clip_6", "Clip", opset=6, min=-0.5, max=0.75)
    one("act_clip_relu6", "Clip", np.float32(0), np.float32(6))
    one("act_clip_min", "Clip", np.float32(-0.5))
    one("act_clip_max", "Clip", None, np.float32(0.5))
    one("act_clip_none", "Clip")


def elementwise():
    chain = Chain([1, 3]).op("Sub", np.float32([1, 2, 3])).op("Mul", np.float32(0.5)).op("Div", np.float32([[2, 4, -8]]))
    chain.op("Sub", before=[np.float32([1, 2, 3])]).op("Mul", before=[np.float32([3, -1, 2])]).op("Neg")
    save("elementwise", chain.op("Add", before=[np.float32([[1], [2]])]).op("MatMul", weights(3, 2)).model())
    a, b, c = weights(3), weights(2), weights(2, 3, 2)
    old = Chain([2, 3, 2], opset=6, ir=3).op("Add", a, axis=1, broadcast=1).op("Mul", b, broadcast=1).op("Sub", c)
    by_numpy = lambda x: np.maximum((x + a[:, None]) * b - c, 0)
    save("elementwise_6", old.op("Relu").model(inputs_too=True), numpy=by_numpy)
    save("gemm_6", Chain([1, 2], opset=6, ir=3).op("Gemm", weights(3, 2), weights(3), transB=1, broadcast=1).model(True))
    gemm = Chain([3, 2]).op("Gemm", weights(3, 4), weights(2, 4), transA=1, alpha=0.5, beta=0.25).op("Tanh")
    save("gemm_attributes", gemm.op("Gemm", weights(4, 1)).model())
    left = Chain([2, 3]).op("Gemm", weights(2, 4), before=[weights(4, 2)])
    left.initializers[1].CopyFrom(tensor(left.initializers[1].name, weights(3)))
    save("gemm_left", left.model())
    norm = lambda n: [abs(weights(n)) + 1, weights(n), weights(n), abs(weights(n)) + np.float32(0.5)]
    save("batchnorm", Chain([1, 2]).op("Gemm", weights(2, 3)).op("BatchNormalization", *norm(3)).op("Relu").model())
    save("batchnorm_7", Chain([1, 2, 3], 7, 3).op("BatchNormalization", *norm(2), epsilon=0.125).model(True))
    batched = Chain([2, 1, 3]).op("MatMul", weights(3, 2, 3, 2)).op("Abs").op("MatMul", before=[weights(2, 1)])
    save("matmul_batched", batched.model())


def shapes():
    whole = lambda *numbers: np.int64(numbers)
    chain = Chain(["batch", 2, 3]).op("Flatten").op("Reshape", whole(0, 3, -1)).op("Transpose", perm=[0, 2, 1])
    chain.op("Unsqueeze", whole(0, -1)).op("Squeeze", whole(0)).op("Identity").op("Squeeze", whole(-1))
    chain.op("Dropout", np.float32(0.5), outputs=2).op("Cast", to=TensorProto.FLOAT).op("Mul", weights(2, 3))
    save("shapes", chain.op("Flatten").op("Gemm", weights(6, 2)).op("Squeeze").model())
    old = Chain([1, 2, 3], 8, 3).op("Unsqueeze", axes=[0]).op("Squeeze", axes=[0, 1]).op("Dropout", ratio=0.5)
    save("shapes_8", old.op("Flatten", axis=0).op("MatMul", weights(6, 2)).model(True))
    nodes = [
        helper.make_node("Constant", [], ["w"], "w", value=tensor("", weights(3, 2))),
        helper.make_node("Transpose", ["w"], ["t"], "t"),
        helper.make_node("Constant", [], ["f"], "f", value_floats=[1.0, 2.0, 4.0]),
        helper.make_node("Mul", ["t", "f"], ["m"], "m"),
        helper.make_node("Constant", [], ["s"], "s", value_ints=[2, 3]),
        helper.make_node("Reshape", ["m", "s"], ["r"], "r"),
        helper.make_node("MatMul", ["x", "r"], ["y"], "y"),
        helper.make_node("Constant", [], ["h"], "h", value_float=0.5),
        helper.make_node("Add", ["y", "h"], ["z"], "z"),
    ]
    chain = Chain([1, 2])
    chain.nodes, chain.last = nodes, "z"
    save("constants", chain.model())


def convolutions():
    image = Chain([1, 5, 6, 2]).op("Transpose", perm=[0, 3, 1, 2])
    image.op("Conv", weights(2, 2, 3, 2), weights(2), strides=[2, 1], pads=[1, 0, 0, 1], dilations=[1, 2])
    save("conv", image.op("Transpose", perm=[0, 2, 3, 1]).op("Relu").op("Flatten").op("MatMul", weights(20, 2)).model())
    same = Chain([2, 4, 5]).op("Conv", weights(4, 2, 2), group=2, auto_pad="SAME_UPPER", strides=[2])
    save("conv_groups", same.op("Conv", weights(1, 4, 3), auto_pad="SAME_LOWER").model())
    save("conv_valid", Chain([1, 1, 4, 4]).op("Conv", weights(1, 1, 3, 3), auto_pad="VALID").model())
    transposed = Chain([1, 2, 2, 3])
    transposed.op("ConvTranspose", weights(2, 2, 2, 3), weights(4), strides=[2, 1], pads=[0, 1, 1, 0], group=2, output_padding=[1, 0])
    save("convtranspose", transposed.model())
    pool = Chain([1, 2, 4, 5]).op("AveragePool", kernel_shape=[2, 3], strides=[1, 2], pads=[1, 0, 0, 1])
    save("averagepool", pool.model())
    counted = Chain([1, 1, 4, 4]).op("AveragePool", kernel_shape=[2, 2], pads=[1, 1, 1, 1], count_include_pad=1)
    save("averagepool_padding", counted.op("GlobalAveragePool").model())


def endings():
    for kind in ["Softmax", "LogSoftmax"]:
        save(f"ending_{kind.lower()}", Chain([1, 2]).op("Gemm", weights(2, 3)).op(kind).op("Identity").model())
    save("ending_softmax_8", Chain([1, 2, 2], 8, 3).op("Softmax").op("Flatten").model(True))


def external():
    model = Chain([1, 2]).op("Gemm", weights(2, 2), weights(2)).model()
    file = "external_weights.bin"
    (OUT / file).unlink(missing_ok=True)
    onnx.external_data_helper.convert_model_to_external_data(model, location=file, size_threshold=0)
    save("external", model, external=file)


def newest():
    newest = onnx.defs.onnx_opset_version()
    save("newest", Chain([1, 2], newest, onnx.IR_VERSION).op("Gemm", weights(2, 2)).op("Relu").op("Swish").model())


def refused():
    """Files that are no chain; tests have the sentences."""
    w = tensor("w", weights(2, 2))

    def graph(name, nodes, inputs=("x",), outputs=("y",)):
        ports = [[helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, 2]) for n in names] for names in (inputs, outputs)]
        made = helper.make_graph(nodes, "g", *ports, [w])
        onnx.save(
            helper.make_model(made, ir_version=8, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("mine", 1)], producer_name=""),
            OUT / f"refused_{name}.onnx",
        )

    node = helper.make_node
    graph("inputs", [node("Add", ["x", "z"], ["y"], "sum")], inputs=("x", "z"))
    graph("outputs", [node("Relu", ["x"], ["y"]), node("Relu", ["y"], ["z"])], outputs=("y", "z"))
    graph("branch", [node("MatMul", ["x", "w"], ["m"], "m"), node("Add", ["m", "x"], ["y"], "skip")])
    graph("twice", [node("Mul", ["x", "x"], ["y"], "square")])
    graph("domain", [node("Relu", ["x"], ["y"], "own", domain="mine")])
    graph("attribute", [node("Relu", ["x"], ["y"], "own", beta=1.0)])
    slices = [numpy_helper.from_array(np.int64([v]), n) for v, n in [(0, "a"), (1, "b")]]
    constants = [node("Constant", [], [t.name], t.name, value=t) for t in slices]
    graph("slice", [*constants, node("Slice", ["x", "a", "b"], ["y"], "head")])
    graph("concat", [node("Concat", ["x", "w"], ["y"], "join", axis=0)])
    graph("softmax", [node("Softmax", ["x"], ["s"], "attention"), node("MatMul", ["s", "w"], ["y"], "after")])
    graph("softmax_twice", [node("Softmax", ["x"], ["s"], "first"), node("Softmax", ["s"], ["y"], "second")])
    graph("constant", [node("Relu", ["w"], ["y"], "still")])
    limits = [numpy_helper.from_array(np.float32(v), n) for v, n in [(50, "a"), (0, "b")]]
    constants = [node("Constant", [], [t.name], t.name, value=t) for t in limits]
    far = [node("Greater", ["x", "a"], ["far"], "far"), node("Relu", ["x"], ["r"], "r"), node("Where", ["far", "b", "r"], ["y"], "cut")]
    graph("hidden", [*constants, *far])
    limits = [numpy_helper.from_array(np.float32(v), n) for v, n in [(0.001, "a"), (0, "b")]]
    constants = [node("Constant", [], [t.name], t.name, value=t) for t in limits]
    near = [node("Greater", ["x", "a"], ["near"], "near"), node("Where", ["near", "x", "b"], ["y"], "cut")]
    graph("threshold", [*constants, *near])
    trees = dict(nodes_values=[0.5] * 1001, nodes_treeids=[0] * 1001)
    graph("trees", [node("TreeEnsembleRegressor", ["x"], ["y"], "forest", domain="ai.onnx.ml", **trees)])


def branches():
    """Activations as exporters compose them, between two layers; `steps` are (operation, operands), "x" the value before."""

    def composed(name, steps, opset=17):
        chain = Chain(["N", 2], opset).op("Gemm", weights(2, 5), weights(5))
        before, constants = chain.last, 0
        for i, (kind, *operands) in enumerate(steps):
            names = []
            for operand in operands:
                if isinstance(operand, str):
                    names.append(before if operand == "x" else operand)
                    continue
                names.append(f"k{constants}")
                chain.initializers.append(tensor(names[-1], np.float32(operand)))
                constants += 1
            chain.last = f"s{i}"
            chain.nodes.append(helper.make_node(kind, names, [chain.last], chain.last))
        save(f"branch_{name}", chain.op("Gemm", weights(5, 2)).model())

    root, rate = np.sqrt(2), np.sqrt(2 / np.pi)
    composed("silu", [("Sigmoid", "x"), ("Mul", "x", "s0")])
    # PyTorch's exporter before opset 20, TensorFlow's, and what PyTorch decomposes GELU into.
    composed("gelu_torch", [("Div", "x", root), ("Erf", "s0"), ("Add", "s1", 1), ("Mul", "x", "s2"), ("Mul", "s3", 0.5)])
    composed("gelu_tf", [("Mul", "x", 1 / root), ("Erf", "s0"), ("Add", 1, "s1"), ("Mul", 0.5, "s2"), ("Mul", "s3", "x")])
    composed("gelu_half", [("Mul", "x", 0.5), ("Mul", "x", 1 / root), ("Erf", "s1"), ("Add", "s2", 1), ("Mul", "s0", "s3")])
    tanh = [("Mul", "s1", 0.044715), ("Add", "x", "s2"), ("Mul", "s3", rate), ("Tanh", "s4"), ("Add", "s5", 1)]
    composed("gelu_tanh", [("Mul", "x", "x"), ("Mul", "s0", "x"), *tanh, ("Mul", "x", "s6"), ("Mul", "s7", 0.5)])
    composed("gelu_pow", [("Mul", "x", 0.5), ("Pow", "x", 3.0), *tanh, ("Mul", "s0", "s6")])
    composed("leakyrelu", [("Mul", "x", 0.125), ("Max", "x", "s0")])
    composed("elu", [("Min", "x", 0), ("Exp", "s0"), ("Sub", "s1", 1), ("Relu", "x"), ("Add", "s2", "s3")])
    composed("softplus", [("Abs", "x"), ("Neg", "s0"), ("Exp", "s1"), ("Add", "s2", 1), ("Log", "s3"), ("Relu", "x"), ("Add", "s4", "s5")])
    composed("twice", [("Sigmoid", "x"), ("Mul", "x", "s0"), ("Tanh", "s1"), ("Add", "s2", "s2")])
    save("act_max", Chain([1, 3]).op("Max", np.float32(0)).op("Min", np.float32(6)).op("Gemm", weights(3, 1)).model())
    # PyTorch's exporter of 2026, with beta 4.
    composed("softplus_steep", [("Mul", "x", 4), ("Softplus", "s0"), ("Div", "s1", 4), ("Greater", "s0", 20), ("Where", "s3", "x", "s2")])


def bounds():
    """Clips and their like with constants in any place, by elements, and infinite."""
    chain = Chain([1, 3]).op("Max", np.float32(-0.5), np.float32(0.25), before=[np.float32(0)])
    chain.op("MatMul", weights(3, 3)).op("Min", before=[np.float32([0.5, -1, 2])])
    save("act_max_order", chain.op("MatMul", weights(3, 2)).model())
    save("act_clip_infinite", Chain([1, 3]).op("Clip", np.float32(0), np.float32(np.inf)).op("MatMul", weights(3, 2)).model())
    save("act_clip_infinite_6", Chain([1, 3], 6, 3).op("Clip", min=0.0, max=float("inf")).op("MatMul", weights(3, 2)).model(True))


def sizes():
    """Reshapes to shapes that the graph computes, as PyTorch writes x.view(x.size(0), -1), unflatten and pad."""
    node, whole = helper.make_node, lambda *numbers: np.int64(numbers)
    constants = {"k0": np.int64(0), "axes": whole(0), "rest": whole(-1), "one": whole(1), "two": whole(2), "end": whole(2**63 - 1)}
    constants |= {"five": whole(5), "w": weights(6, 4), "v": weights(4, 2)}
    nodes = [
        node("Shape", ["x"], ["s"]),
        node("Gather", ["s", "k0"], ["n"], axis=0),
        node("Unsqueeze", ["n", "axes"], ["nn"]),
        node("Concat", ["nn", "rest"], ["flat"], axis=0),
        node("Reshape", ["x", "flat"], ["r"]),
        node("Gemm", ["r", "w"], ["g"]),
        node("Relu", ["g"], ["a"]),
        node("Shape", ["r"], ["rs"]),
        node("Slice", ["rs", "axes", "one"], ["head"]),
        node("Slice", ["rs", "two", "end"], ["tail"]),
        node("Mod", ["five", "two"], ["m"]),
        node("ConstantOfShape", ["m"], ["four"], value=tensor("", whole(4))),
        node("Concat", ["head", "four", "tail"], ["back"], axis=0),
        node("Reshape", ["a", "back"], ["b"]),
        node("MatMul", ["b", "v"], ["y"]),
    ]
    chain = Chain(["batch", 2, 3])
    chain.nodes, chain.last = nodes, "y"
    chain.initializers = [tensor(name, array) for name, array in constants.items()]
    save("sizes", chain.model())
    pads = [
        node("Concat", ["pads", "none"], ["all"], axis=0),
        node("Reshape", ["all", "pairs"], ["p"]),
        node("Slice", ["p", "last", "first", "zero", "last"], ["turned"]),
        node("Transpose", ["turned"], ["t"], perm=[1, 0]),
        node("Reshape", ["t", "last"], ["flat"]),
        node("Pad", ["x", "flat", "value"], ["padded"]),
        node("Flatten", ["padded"], ["f"]),
        node("MatMul", ["f", "w"], ["y"]),
    ]
    chain = Chain([1, 1, 2, 2])
    chain.nodes, chain.last = pads, "y"
    constants = {"pads": whole(1, 0, 0, 1), "none": whole(0, 0, 0, 0), "pairs": whole(-1, 2), "last": whole(-1)}
    constants |= {"first": whole(-(2**63) + 1), "zero": whole(0), "value": np.float32(0.5), "w": weights(9, 2)}
    chain.initializers = [tensor(name, array) for name, array in constants.items()]
    save("pad", chain.model())


def averages():
    nine = Chain([1, 2, 3, 3], 9, 4).op("Pad", mode="constant", pads=[0, 0, 1, 1, 0, 0, 1, -1], value=0.25)
    save("pad_9", nine.op("AveragePool", kernel_shape=[2, 2]).model(True))
    save("reducemean", Chain([1, 2, 3, 4]).op("ReduceMean", axes=[-1, 2]).op("Relu").op("ReduceMean", keepdims=0).model())
    eighteen = Chain([1, 2, 3, 4], 18).op("ReduceMean", np.int64([1, 3]), keepdims=0).op("Relu")
    save("reducemean_18", eighteen.op("ReduceMean", noop_with_empty_axes=1).op("MatMul", weights(3, 2)).model())


def scikit_learn():
    """What skl2onnx writes for a classifier behind a StandardScaler: labels, then probabilities in a list of maps."""
    node = helper.make_node
    nodes = [
        node("Scaler", ["x"], ["scaled"], domain="ai.onnx.ml", offset=[1.0, -2.0], scale=[0.5, 2.0]),
        node("MatMul", ["scaled", "w"], ["z"]),
        node("Relu", ["z"], ["h"]),
        node("MatMul", ["h", "v"], ["logits"]),
        node("Softmax", ["logits"], ["shares"], axis=1),
        node("ArgMax", ["shares"], ["label"], axis=1),
        node("ZipMap", ["shares"], ["probabilities"], domain="ai.onnx.ml", classlabels_int64s=[0, 1, 2]),
    ]
    shares = helper.make_map_type_proto(TensorProto.INT64, helper.make_tensor_type_proto(TensorProto.FLOAT, None))
    outputs = [
        helper.make_tensor_value_info("label", TensorProto.INT64, None),
        helper.make_value_info("probabilities", helper.make_sequence_type_proto(shares)),
    ]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 2])
    graph = helper.make_graph(nodes, "g", [x], outputs, [tensor("w", weights(2, 4)), tensor("v", weights(4, 3))])
    opsets = [helper.make_opsetid("ai.onnx.ml", 1), helper.make_opsetid("", 17)]
    model = helper.make_model(graph, ir_version=8, opset_imports=opsets, producer_name="")
    save("scikit_learn", model, pick=lambda results: list(results[1][0].values()))


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    same_network()
    types()
    activations()
    elementwise()
    shapes()
    convolutions()
    endings()
    external()
    newest()
    refused()
    branches()
    bounds()
    sizes()
    averages()
    scikit_learn()
    lines = ",\n".join(json.dumps(case) for case in expected)
    (OUT / "expected.json").write_text(f"[\n{lines}\n]\n")
