import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { fieldOf, type Shorthand } from '../../shorthand.ts';

// Other files share the modules: this one imports its own, with spies, and leaves none of them behind.
vi.resetModules();
vi.doMock(import('../../../src/kernels/mlp.ts'), { spy: true });
vi.doMock(import('../../../src/kernels/mlpOutputs.ts'), { spy: true });
vi.doMock(import('../../../src/kernels/logitFields.ts'), { spy: true });
const { logitCode } = await import('../../../src/kernels/logitFields.ts');
const { outputsCode } = await import('../../../src/kernels/mlpOutputs.ts');
const { mlpCode } = await import('../../../src/kernels/mlp.ts');
const { prepareField } = await import('../../../src/kernels/prepareField.ts');

beforeEach(() => {
  vi.mocked(mlpCode).mockClear();
  vi.mocked(logitCode).mockClear();
  vi.mocked(outputsCode).mockClear();
});

afterAll(() => {
  vi.doUnmock('../../../src/kernels/mlp.ts');
  vi.doUnmock('../../../src/kernels/mlpOutputs.ts');
  vi.doUnmock('../../../src/kernels/logitFields.ts');
  vi.resetModules();
});

const SHAPES: [string, (seed: number) => Shorthand][] = [
  [
    'a network',
    (seed) => ({ kind: 'mlp', widths: [2, 20, 1], activation: 'abs', seed, outputBias: null }),
  ],
  ['logits', (seed) => ({ kind: 'lse', lambda: 1, logits: { count: 5, seed } })],
  ['a neuron', (seed) => ({ kind: 'tanh', weight: [seed, 1], bias: 0 })],
];

test.each(SHAPES)('a new seed of %s has the same key and makes no kernel text', (_, of) => {
  const [before, after] = [0, 1].map((seed) => prepareField(resolve(fieldOf(of(seed)))));
  if (before?.form !== 'straight' || after?.form !== 'straight') {
    throw new Error('expected fields of straight-line code');
  }
  const anchor = { x: { high: 0, low: 0 }, y: { high: 0, low: 0 }, halfWidth: 1, reach: 1 };
  after.anchor(anchor);
  expect(after.key).toBe(before.key);
  expect(mlpCode).not.toHaveBeenCalled();
  expect(logitCode).not.toHaveBeenCalled();
  // What a pipeline is compiled of is made when it is asked for, and has that key.
  expect(after.code().key).toBe(after.key);
  expect(vi.mocked(mlpCode).mock.calls.length + vi.mocked(logitCode).mock.calls.length).toBe(1);
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
  const anchor = { x: { high: 0, low: 0 }, y: { high: 0, low: 0 }, halfWidth: 1, reach: 1 };
  for (const field of fields) if (field.form === 'straight') field.anchor(anchor);
  for (const code of [mlpCode, logitCode, outputsCode]) expect(code).not.toHaveBeenCalled();
});
