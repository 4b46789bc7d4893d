import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { countParameters } from '../../../src/kernels/fieldCode.ts';
import type { Field } from '../../../src/model/field.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import type { DrawnSource, NetworkSource } from '../../../src/model/networks.ts';
import type { Readout } from '../../../src/model/readouts.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { defaultSlice } from '../../../src/model/slice.ts';
import { fieldOf } from '../../shorthand.ts';

// Other files share the modules: this one imports its own, with spies, and leaves none of them behind.
vi.resetModules();
vi.doMock(import('../../../src/kernels/mlp.ts'), { spy: true });
vi.doMock(import('../../../src/kernels/logitFields.ts'), { spy: true });
vi.doMock(import('../../../src/kernels/mlpOutputs.ts'), { spy: true });
const { logitCode } = await import('../../../src/kernels/logitFields.ts');
const { mlpCode } = await import('../../../src/kernels/mlp.ts');
const { outputsCode } = await import('../../../src/kernels/mlpOutputs.ts');
const { prepareField } = await import('../../../src/kernels/prepareField.ts');

const GENERATORS = [mlpCode, logitCode, outputsCode].map((generator) => vi.mocked(generator));

beforeEach(() => {
  for (const generator of GENERATORS) generator.mockClear();
});

afterAll(() => {
  vi.doUnmock('../../../src/kernels/mlp.ts');
  vi.doUnmock('../../../src/kernels/logitFields.ts');
  vi.doUnmock('../../../src/kernels/mlpOutputs.ts');
  vi.resetModules();
});

function outputs(readout: Readout, seed: number, inputs = 2): Field {
  const activation = { kind: 'leakyRelu', slope: 0.1 } as const;
  const network = { kind: 'drawn', widths: [inputs, 4, 3], activation, seed, outputBias: null };
  return { network: network as NetworkSource, slice: defaultSliceOf(inputs), readout };
}

function defaultSliceOf(inputs: number) {
  return inputs === 2 ? null : defaultSlice(inputs);
}

function sliceAt(fourth: number) {
  return { ...defaultSlice(4), origin: [0, 0, 0, fourth] };
}

/** Fields with the same kernel: those of a number 0, and of 1. */
const SHAPES: [string, (number: number) => Field][] = [
  [
    'seed of a network',
    (seed) =>
      fieldOf({ kind: 'mlp', widths: [2, 20, 1], activation: 'abs', seed, outputBias: null }),
  ],
  ['seed of logits', (seed) => fieldOf({ kind: 'lse', lambda: 1, logits: { count: 5, seed } })],
  ['weight of a neuron', (weight) => fieldOf({ kind: 'tanh', weight: [weight, 1], bias: 0 })],
  ['seed of several outputs', (seed) => outputs({ kind: 'margin', wins: 'greatest' }, seed)],
  ['λ', (number) => outputs({ kind: 'softmax', index: 0, lambda: 1 + number }, 0)],
  ['winner', (number) => outputs({ kind: 'class', wins: number ? 'least' : 'greatest' }, 0)],
  ['component', (index) => outputs({ kind: 'softmax', index, lambda: 1 }, 0)],
  [
    'place of a slider',
    (number) => ({ ...outputs({ kind: 'lse', lambda: 1 }, 0, 4), slice: sliceAt(number) }),
  ],
  ['number of inputs', (number) => outputs({ kind: 'max' }, 0, number ? 5 : 2)],
];

const ANCHOR = { x: { high: 0, low: 0 }, y: { high: 0, low: 0 }, halfWidth: 1, reach: 1 };

test.each(SHAPES)('a new %s has the same key and makes no kernel text', (_, of) => {
  const [before, after] = [0, 1].map((number) => prepareField(resolve(of(number))));
  if (before?.form !== 'straight' || after?.form !== 'straight') {
    throw new Error('expected fields of straight-line code');
  }
  const { parameters } = after.anchor(ANCHOR);
  expect(after.key).toBe(before.key);
  for (const generator of GENERATORS) expect(generator).not.toHaveBeenCalled();
  // What a pipeline is compiled of is made when it is asked for, and has that key and that many parameters.
  const { key, load } = after.code();
  expect(key).toBe(after.key);
  expect(countParameters(load)).toBe(parameters.length);
  expect(GENERATORS.reduce((calls, { mock }) => calls + mock.calls.length, 0)).toBe(1);
});

test.each([
  ['relu', 'relu', 'mlp relu 2-4-1'],
  ['abs', 'abs', 'mlp abs 2-4-1'],
  ['a negative slope', { kind: 'leakyRelu', slope: -1 }, 'mlp abs 2-4-1'],
  ['a clamp, which is two layers of ReLUs', 'relu6', 'mlp relu 2-4=4-1 1,1'],
  ['a slope for each neuron', { kind: 'prelu', slopes: [0, -1, 0, 0] }, 'mlp leaky 2-4-1'],
] as const)('the code of %s', (_, activation, key) => {
  const network = { kind: 'drawn', widths: [3, 4, 1], activation, seed: 0, outputBias: null };
  const readout = { kind: 'output', index: 0 } as const;
  const field = { network: network as NetworkSource, slice: defaultSlice(3), readout };
  expect(prepareField(resolve(field)).key).toBe(key);
});

test('readouts of one output that are constant, and layers that are left out', () => {
  const drawn = (widths: number[], activation: DrawnSource['activation']): NetworkSource => ({
    kind: 'drawn',
    widths,
    activation,
    seed: 0,
    outputBias: null,
  });
  const margin = { kind: 'margin', wins: 'greatest' } as const;
  const only = { network: drawn([2, 3, 1], 'relu'), slice: null, readout: margin };
  expect(prepareField(resolve(only)).key).toBe('mlp relu 2-3-1 class');
  // The hinges have the numbers of the network's own layers.
  const second = { network: drawn([2, 3, 4, 1], ['identity', 'relu']), slice: null };
  const readout = { kind: 'output', index: 0 } as const;
  expect(prepareField(resolve({ ...second, readout })).key).toBe('mlp relu 2-4-1 2');
});

const NETWORKS = [
  { kind: 'identity' },
  { kind: 'drawn', widths: [5, 10, 10, 5], seed: 4 },
  { kind: 'drawn', widths: [5, 6, 5], activation: [{ kind: 'leakyRelu', slope: 0.1 }] },
  { kind: 'drawn', widths: [5, 60, 60, 5] },
  { kind: 'drawn', widths: [5, 9, 5], activation: 'gelu' },
];

test.each(NETWORKS)('another λ, seed or slice of %j writes numbers alone', (network) => {
  const isDrawn = network.kind === 'drawn';
  const lengths = isDrawn ? 5 : 2;
  const of = (seed: number, lambda: number, at: number) =>
    prepareField(
      resolve(
        validateField({
          network: isDrawn ? { ...network, seed } : network,
          slice: {
            origin: new Array(lengths).fill(at),
            axis1: [1, at, 0, 0, 0].slice(0, lengths),
            axis2: [0, 1, 0, 0, at].slice(0, lengths),
          },
          readout: { kind: 'softmax', index: 1, lambda },
        }),
      ),
    );
  const fields = [of(0, 1, 0), of(7, 1, 0), of(0, 1e6, 0), of(0, 1, 0.3)];
  expect(new Set(fields.map(({ key }) => key)).size).toBe(1);
  for (const field of fields) if (field.form === 'straight') field.anchor(ANCHOR);
  for (const generator of GENERATORS) expect(generator).not.toHaveBeenCalled();
});
