import { expect, test } from 'vitest';
import { ModelFileError } from '../../../../src/models/modelFile.ts';
import { OPERATIONS } from '../../../../src/models/onnx/operations/operations.ts';
import { readOnnx } from '../../../../src/models/onnx/readOnnx.ts';
import { bytesOf, CASES, evaluate, readCase, readFile } from './files.ts';

/** ONNX Runtime computes in float32: a few roundings of sums of up to a hundred terms. */
const FLOAT32_TOLERANCE = 2e-6;

test.each(CASES)('$file gives what ONNX Runtime computes', (one) => {
  const model = readCase(one);
  const tolerance = one.file === 'double.onnx' ? 1e-15 : FLOAT32_TOLERANCE;
  for (const { x, y } of one.values) {
    const found = evaluate(model, x);
    expect(found.length).toBe(y.length);
    const size = Math.max(1, ...y.map(Math.abs));
    const error = Math.max(...y.map((expected, i) => Math.abs(found[i]! - expected)));
    expect(error / size).toBeLessThanOrEqual(tolerance);
  }
});

test('every operation is in one file at least', () => {
  const text = CASES.map(({ file }) => new TextDecoder('latin1').decode(bytesOf(file))).join();
  // Operations are fields of nodes: tag 4, type 2, and the length before the name.
  const isUsed = (name: string) => {
    const own = name.replace('ai.onnx.ml.', '');
    return text.includes(`"${String.fromCharCode(own.length)}${own}`);
  };
  expect(Object.keys(OPERATIONS).filter((name) => !isUsed(name))).toEqual([]);
});

test('four spellings of one network are the same network', () => {
  const spellings = ['gemm', 'gemm_transposed', 'matmul_right', 'matmul_left'];
  const [first, ...others] = spellings.map((name) => readFile(`same_${name}.onnx`).network);
  expect(first!.layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
    [2, 2],
    [2, 1],
  ]);
  expect(others).toEqual([first, first, first]);
});

test('float32 weights stay as they are in the file', () => {
  const [float32, float16, float64, bfloat16] = ['float32', 'float16', 'float64', 'bfloat16'].map(
    (type) => readFile(`type_${type}_raw.onnx`).network.layers,
  );
  expect(float32![0]!.weight).toBeInstanceOf(Float32Array);
  expect([float16, float64, bfloat16]).toEqual([float32, float32, float32]);
  expect(readFile('double.onnx').network.layers[0]!.weight).toBeInstanceOf(Float64Array);
});

test('steps by elements, shapes and biases become no layers', () => {
  const layersOf = (file: string) =>
    readFile(file).network.layers.map(({ inputs, outputs, activation }) => [
      inputs,
      outputs,
      typeof activation === 'string' ? activation : activation.kind,
    ]);
  expect(layersOf('elementwise.onnx')).toEqual([[3, 4, 'identity']]);
  expect(layersOf('batchnorm.onnx')).toEqual([
    [2, 3, 'relu'],
    [3, 3, 'identity'],
  ]);
  expect(layersOf('conv.onnx')).toEqual([
    [60, 20, 'relu'],
    [20, 2, 'identity'],
  ]);
});

test('clips are the activations that they are', () => {
  const activationOf = (name: string) =>
    readFile(`act_clip_${name}.onnx`).network.layers[0]!.activation;
  expect(activationOf('6')).toEqual({ kind: 'hardtanh', min: -0.5, max: 0.75 });
  expect(['relu6', 'min', 'max', 'none'].map(activationOf)).toEqual([
    'relu6',
    'relu',
    'relu',
    'identity',
  ]);
});

test.each([
  ['silu', 'silu'],
  ['gelu_torch', 'gelu'],
  ['gelu_tf', 'gelu'],
  ['gelu_half', 'gelu'],
  ['gelu_tanh', 'geluTanh'],
  ['gelu_pow', 'geluTanh'],
  ['leakyrelu', { kind: 'leakyRelu', slope: 0.125 }],
  ['elu', { kind: 'elu', alpha: 1 }],
  ['softplus', 'softplus'],
])(
  'branch_%s.onnx: the branches are the activation %j, and its weights are kept',
  (name, expected) => {
    const { network, notes } = readFile(`branch_${name}.onnx`);
    expect(network.layers.map(({ activation }) => activation)).toEqual([expected, 'identity']);
    expect(network.layers[1]!.weight).toBeInstanceOf(Float32Array);
    expect(notes[1]).toMatch(/^The branches that meet in Node "s\d" \((Mul|Add|Max)\) are /);
  },
);

test('softmax at the end is the ending, and the network has the logits', () => {
  expect(readFile('ending_softmax.onnx').ending).toBe('softmax');
  expect(readFile('ending_logsoftmax.onnx').ending).toBe('logSoftmax');
  expect(readFile('same_gemm.onnx').ending).toBeNull();
});

test('notes give the shape, and what was folded', () => {
  expect(readFile('same_gemm.onnx').notes).toEqual([
    'Input "x" has the shape [N, 2], of which the first is open and taken as 1, row-major.',
  ]);
  expect(readFile('batchnorm.onnx').notes[1]).toContain('Batch normalization is folded');
  expect(readFile('same_gemm.onnx').inputs).toEqual([
    { name: null, range: null, unit: null },
    { name: null, range: null, unit: null },
  ]);
});

test('a network of scikit-learn is read to its probabilities, beside its labels', () => {
  const { network, ending, notes } = readFile('scikit_learn.onnx');
  expect(network.layers.map(({ activation }) => activation)).toEqual(['relu', 'identity']);
  expect(ending).toBe('softmax');
  expect(notes[1]).toMatch(/^Of 2 outputs \("label", "probabilities"\), "probabilities" is read/);
});

test('softplus(4 z) / 4, as PyTorch composes it, is softplus between factors', () => {
  const [first, last] = readFile('branch_softplus_steep.onnx').network.layers;
  expect(first!.activation).toBe('softplus');
  expect(last!.activation).toBe('identity');
});

test('names in messages are short and have no control characters', () => {
  const text = new TextDecoder('latin1').decode(bytesOf('refused_slice.onnx'));
  const renamed = text.replace('head', 'h\n\u001bd');
  const bytes = Uint8Array.from(renamed, (character) => character.charCodeAt(0));
  expect(() => readOnnx(bytes)).toThrow(/Node "h\?\?d" \(Slice\)/);
});

test('external data is found by the name of its file, never by a path', () => {
  const model = bytesOf('external.onnx');
  expect(() => readOnnx(model)).toThrow(
    /is in another file, "external_weights.bin": open it together with the model/,
  );
  const bytes = bytesOf('external_weights.bin');
  expect(() => readOnnx(model, new Map([['external_weights.bin', bytes.slice(1)]]))).toThrow(
    /which has 23/,
  );
  // The same length, as if the file lay in another directory.
  const text = new TextDecoder('latin1').decode(model);
  const elsewhere = text.replaceAll('external_weights.bin', '../../tmp/weight.bin');
  const moved = Uint8Array.from(elsewhere, (character) => character.charCodeAt(0));
  expect(readOnnx(moved, new Map([['weight.bin', bytes]])).network).toEqual(
    readOnnx(model, new Map([['external_weights.bin', bytes]])).network,
  );
});

test.each([
  ['inputs', /2 inputs \("x", "z"\); a chain from one input can be read/],
  ['outputs', /2 outputs \("y", "z"\); a chain to one output, or to one of floats beside others/],
  ['branch', /Node "m" \(MatMul\).*: the graph has branches here; branches of these.*Sigmoid/],
  ['twice', /Node "square" \(Mul\).*branches meet in it, but as no activation that is known/],
  ['domain', /Node "own" \(Relu\).*an operation of the domain "mine" that is not known/],
  ['attribute', /Node "own" \(Relu\).*it has the attribute "beta"/],
  ['slice', /Node "head" \(Slice\).*its input 0 depends on the network's input; a constant can/],
  ['concat', /Node "join" \(Concat\).*its input 0 depends on the network's input; a constant can/],
  [
    'trees',
    /Node "forest" \(TreeEnsembleRegressor\).*an operation of the domain "ai.onnx.ml" that/,
  ],
  ['threshold', /Node "cut" \(Where\).*branches meet in it, but as no activation that is known/],
  ['hidden', /Node "far" \(Greater\).*it comes out alike for all numbers from -40 to 40/],
  ['softmax', /Node "after" \(MatMul\).*it follows a softmax, which is read at the end only/],
  ['softmax_twice', /Node "second" \(Softmax\).*it follows a softmax/],
  ['constant', /Node "still" \(Relu\).*its input 0 is a constant/],
])('refused_%s.onnx is refused with a sentence', (name, sentence) => {
  expect(() => readFile(`refused_${name}.onnx`)).toThrow(ModelFileError);
  expect(() => readFile(`refused_${name}.onnx`)).toThrow(sentence);
});

test('other bytes are no ONNX file', () => {
  const refused = (bytes: Iterable<number>) => expect(() => readOnnx(Uint8Array.from(bytes)));
  refused([]).toThrow(/not an ONNX file/);
  refused(new TextEncoder().encode('{"layers": []}')).toThrow(/not an ONNX file/);
  refused([0x80, 0x02, 0x7d]).toThrow(/not an ONNX file/);
});
