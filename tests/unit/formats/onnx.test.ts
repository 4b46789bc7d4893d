import * as ort from 'onnxruntime-web/wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeOnnx } from '../../../src/formats/onnx/encodeOnnx.ts';
import {
  ACTIVATION_KINDS,
  type Activation,
  DEFAULT_ACTIVATIONS,
} from '../../../src/model/activations.ts';
import type { Field } from '../../../src/model/field.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { MAX_OUTPUTS } from '../../../src/model/networks.ts';
import type { Readout } from '../../../src/model/readouts.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { pointOfSlice } from '../../../src/model/slice.ts';
import { readOnnx } from '../../../src/models/onnx/readOnnx.ts';
import { createEvaluator } from '../../../src/reference/evaluate.ts';
import { forward } from '../../../src/reference/pointReading.ts';

/** ONNX Runtime computes in float32, or in float64 but for Erf: a few roundings, relative to the largest output. */
const TOLERANCES = { float32: 2e-6, float64: 1e-13, erf: 2e-7 };

const POINTS = [
  [0, 0],
  [0.5, -1.25],
  [-3, 2],
  [4, 7],
] as const;

beforeAll(() => {
  ort.env.wasm.numThreads = 1;
});

type Kind = 'float32' | 'float64';

/** The outputs [N][K] of ONNX Runtime for points [N][d]. */
async function run(file: Uint8Array, points: readonly (readonly number[])[], kind: Kind) {
  const session = await ort.InferenceSession.create(file);
  const values = points.flat();
  const data = kind === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
  const input = new ort.Tensor(kind, data, [points.length, points[0]!.length]);
  const output = (await session.run({ [session.inputNames[0]!]: input }))[session.outputNames[0]!]!;
  expect(output.type).toBe(kind);
  const found = Array.from(output.data as Float32Array | Float64Array);
  const width = output.dims[1]!;
  expect(output.dims).toEqual([points.length, width]);
  return points.map((_, i) => found.slice(i * width, (i + 1) * width));
}

function expectSame(found: readonly number[][], expected: readonly number[][], tolerance: number) {
  const size = Math.max(1, ...expected.flat().map(Math.abs));
  const errors = expected.flatMap((row, i) => row.map((y, k) => Math.abs(y - found[i]![k]!)));
  expect(errors.filter((error) => !(error <= tolerance * size))).toEqual([]);
}

/** Three slopes for PReLU; else the defaults. */
const activations = ACTIVATION_KINDS.map(
  (kind): Activation =>
    kind === 'prelu' ? { kind, slopes: [0.25, -0.5, 2] } : DEFAULT_ACTIVATIONS[kind],
);

/** A network 2-3-2 with one hidden layer. @param step of its numbers: float32 holds multiples of 1/8. */
function network(activation: Activation, step: number): Field {
  const row = (start: number, length: number) =>
    Array.from({ length }, (_, i) => (((start + 5 * i) % 11) - 4) * step);
  const layers = [
    { weight: [row(0, 2), row(3, 2), row(7, 2)], bias: row(1, 3), activation },
    { weight: [row(2, 3), row(6, 3)], bias: row(4, 2), activation: 'identity' },
  ];
  return validateField(
    { network: { kind: 'explicit', layers }, readout: { kind: 'max' } },
    'field',
  );
}

describe.each(activations)('a network with %j', (activation) => {
  const kind = typeof activation === 'string' ? activation : activation.kind;

  test.each([
    ['float32', 1 / 8],
    ['float64', 0.1],
  ] as const)(
    'of %s weights is read back as it is, and ONNX Runtime computes the same',
    async (type, step) => {
      const own = resolve(network(activation, step)).network;
      const file = encodeOnnx(own);
      const read = readOnnx(file).network;
      expect(read.layers.map(({ weight, bias }) => [[...weight], [...bias]])).toEqual(
        own.layers.map(({ weight, bias }) => [[...weight], [...bias]]),
      );
      const isShort = type === 'float32';
      expect(read.layers[0]!.weight).toBeInstanceOf(isShort ? Float32Array : Float64Array);
      const expectedKind = kind === 'leakyRelu' && !isShort ? 'prelu' : kind;
      const [found] = read.layers.map((layer) => layer.activation);
      expect(typeof found === 'string' ? found : found!.kind).toBe(expectedKind);
      const outputs = POINTS.map((x) => forward(own, x));
      // Slopes are float32 numbers in a file of float32 weights.
      expectSame(
        POINTS.map((x) => forward(read, x)),
        outputs,
        isShort ? 1e-7 : 1e-15,
      );
      const usesErf = kind === 'gelu' && !isShort;
      const tolerance = TOLERANCES[usesErf ? 'erf' : type];
      expectSame(await run(file, POINTS, type), outputs, tolerance);
    },
  );
});

const READOUTS: readonly Readout[] = [
  { kind: 'output', index: 1 },
  { kind: 'max' },
  { kind: 'lse', lambda: 2.5 },
  { kind: 'gap', lambda: 2.5 },
  { kind: 'softmax', index: 2, lambda: 0.5 },
  { kind: 'argmax', index: 0, wins: 'greatest' },
  { kind: 'argmax', index: 3, wins: 'least' },
  { kind: 'class', wins: 'greatest' },
  { kind: 'class', wins: 'least' },
  { kind: 'margin', wins: 'greatest' },
  { kind: 'margin', wins: 'least' },
  { kind: 'sigmoid', index: 0 },
  { kind: 'tanh', index: 3 },
  { kind: 'neuron', layer: 1, index: 2, stage: 'preactivation' },
  { kind: 'neuron', layer: 0, index: 5, stage: 'activation' },
];
const SLICE = { origin: [0, 0.5, -0.1], axis1: [1, 0, 0.25], axis2: [0, 1, -2] };
const DRAWN = { kind: 'drawn', widths: [3, 6, 5, 4], activation: ['relu', 'tanh'], seed: 3 };

describe('a slice and a readout', () => {
  test.each(READOUTS)('%j is what ONNX Runtime computes', async (readout) => {
    const field = validateField({ network: DRAWN, slice: SLICE, readout }, 'field');
    const file = encodeOnnx(resolve(field).network, { slice: field.slice, readout });
    const evaluator = createEvaluator(field);
    // −0.1 is no float32.
    const found = await run(file, POINTS, 'float64');
    expectSame(
      found,
      POINTS.map(([u1, u2]) => [evaluator.value(u1, u2)]),
      TOLERANCES.float64,
    );
  });

  test('the slice is a layer, and is read back with the network', () => {
    const field = validateField({ network: DRAWN, slice: SLICE }, 'field');
    const own = resolve(field).network;
    const { layers } = readOnnx(encodeOnnx(own, { slice: field.slice })).network;
    expect([...layers[0]!.weight]).toEqual([1, 0, 0, 1, 0.25, -2]);
    expect([...layers[0]!.bias]).toEqual(SLICE.origin);
    expect(layers.slice(1)).toEqual(own.layers.map((layer) => ({ ...layer })));
    const x = pointOfSlice(SLICE, 2, -3);
    expect(forward({ layers }, [2, -3])).toEqual(forward(own, x));
  });

  test('an output, a neuron and their sigmoid are read back', () => {
    const own = resolve(validateField({ network: DRAWN }, 'field')).network;
    const at = [0.5, -1, 2];
    const [read] = [{ kind: 'output', index: 1 } as const].map(
      (readout) => readOnnx(encodeOnnx(own, { readout })).network,
    );
    expect(forward(read!, at)).toEqual([forward(own, at)[1]]);
    const neuron = encodeOnnx(own, {
      readout: { kind: 'neuron', layer: 0, index: 5, stage: 'activation' },
    });
    expect(readOnnx(neuron).network.layers.map(({ outputs }) => outputs)).toEqual([1, 1]);
    const sigmoid = readOnnx(encodeOnnx(own, { readout: { kind: 'sigmoid', index: 0 } })).network;
    expect(sigmoid.layers.map(({ activation }) => activation)).toEqual([
      'relu',
      'tanh',
      'sigmoid',
      'identity',
    ]);
  });
});

test('any network is written: z = x, and the widest', () => {
  for (const network of [
    { kind: 'identity' },
    { kind: 'drawn', widths: [1, MAX_OUTPUTS], activation: 'relu', seed: 0 },
    { kind: 'drawn', widths: [300, 256, 256], activation: 'abs', seed: 0 },
  ]) {
    const own = resolve(validateField({ network, readout: { kind: 'max' } }, 'field')).network;
    const { layers } = readOnnx(encodeOnnx(own)).network;
    expect(layers.map(({ weight }) => [...weight])).toEqual(
      own.layers.map(({ weight }) => [...weight]),
    );
  }
});

test('texts beside the graph are in the file', () => {
  const own = resolve(validateField({ network: { kind: 'identity' } }, 'field')).network;
  const file = encodeOnnx(own, { metadata: { 'reluscope:state': 'λ = 1' } });
  expect(new TextDecoder().decode(file)).toContain('reluscope:state\x12\x06λ = 1');
  expect(readOnnx(file).network.layers.length).toBe(1);
});
