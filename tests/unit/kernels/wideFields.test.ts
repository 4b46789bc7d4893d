import { describe, expect, test } from 'vitest';
import { WgslReflect } from 'wgsl_reflect';
import layerSource from '../../../shaders/common/layer.wgsl?raw';
import { anchorWide } from '../../../src/kernels/anchorWide.ts';
import { familyOf, layerCodes } from '../../../src/kernels/families.ts';
import { READOUT_BYTES, readoutSourceAt } from '../../../src/kernels/outputsReadout.ts';
import { layerShapes } from '../../../src/kernels/packWide.ts';
import { prepareWide } from '../../../src/kernels/prepareField.ts';
import type { Activation } from '../../../src/model/activations.ts';
import type { Field } from '../../../src/model/field.ts';
import type { Readout } from '../../../src/model/readouts.ts';
import { resolve } from '../../../src/model/resolve.ts';

interface Drawn {
  readonly widths?: readonly number[];
  readonly activation?: Activation | readonly Activation[];
  readonly readout?: Readout;
  readonly seed?: number;
}

function prepared({ widths = [2, 3, 3, 1], activation = 'relu', readout, seed = 0 }: Drawn) {
  const network = { kind: 'drawn', widths, activation, seed, outputBias: null } as const;
  const field: Field = { network, slice: null, readout: readout ?? { kind: 'output', index: 0 } };
  return prepareWide(resolve(field));
}

const ANCHOR = { x: { high: 0.3, low: 0 }, y: { high: -0.2, low: 0 }, halfWidth: 0.5, reach: 1 };

describe('the key', () => {
  test('does not depend on seeds, widths, slopes, λ or the index that is shown', () => {
    const softmax = (index: number, lambda: number): Drawn => ({
      widths: [2, 3, 4],
      readout: { kind: 'softmax', index, lambda },
    });
    const pairs: [Drawn, Drawn][] = [
      [{}, { seed: 7, widths: [2, 9, 1] }],
      [
        { activation: { kind: 'leakyRelu', slope: 0.1 } },
        { activation: { kind: 'prelu', slopes: [0.5] } },
      ],
      [softmax(0, 1), softmax(2, 1000)],
      [{ activation: ['tanh', 'sine'] }, { activation: ['sine', 'tanh'] }],
      [{ activation: { kind: 'elu', alpha: 1 } }, { activation: { kind: 'elu', alpha: 2 } }],
    ];
    for (const [a, b] of pairs) expect(prepared(a).key).toBe(prepared(b).key);
  });

  test('depends on the family, the activations, the readout and the number of outputs', () => {
    const keys = [
      {},
      { activation: 'abs' },
      { activation: { kind: 'leakyRelu', slope: 0.1 } },
      { activation: 'tanh' },
      { activation: ['tanh', 'relu'] },
      { readout: { kind: 'sigmoid', index: 0 } },
      { widths: [2, 3, 4], readout: { kind: 'max' } },
      { widths: [2, 3, 5], readout: { kind: 'max' } },
      { widths: [2, 3, 5], readout: { kind: 'class', wins: 'greatest' } },
    ].map((drawn) => prepared(drawn as Drawn).key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('families are those of all slopes together', () => {
  const familyWith = (activation: Drawn['activation']) =>
    familyOf(prepared({ activation: activation! }).plane);
  expect(familyWith('relu')).toBe('relu');
  expect(familyWith('abs')).toBe('abs');
  expect(familyWith('relu6')).toBe('relu');
  expect(familyWith(['relu', 'abs'])).toBe('leaky');
  expect(familyWith(['relu', 'tanh'])).toBe('smooth');
  expect(layerCodes(prepared({ activation: ['relu', 'tanh'] }).plane)).toEqual([
    'twoSlope',
    'tanh',
  ]);
});

test('blocks of neurons have the layout of their structs', () => {
  const structs = new WgslReflect(layerSource).structs;
  const membersOf = (name: string) =>
    structs.find((struct) => struct.name === name)!.members.map((member) => member.name);
  const blockOf = (drawn: Drawn, members: readonly string[]) => {
    const field = prepared(drawn);
    const { anchored } = anchorWide(field, ANCHOR);
    const at = 4 * members.length * layerShapes(field)[0]!.firstBlock;
    return Object.fromEntries(
      members.map((name, i) => [
        name,
        [...anchored.parameters.subarray(at + 4 * i, at + 4 * i + 4)],
      ]),
    );
  };
  const { weight, bias } = prepared({}).plane.layers[0]!;
  const z = [0, 1, 2].map((i) => weight[2 * i]! * 0.3 - weight[2 * i + 1]! * 0.2 + bias[i]!);
  const padded = (values: readonly number[]) => [...values, 0].map(Math.fround);
  const close = (values: readonly number[]) =>
    padded(values).map((value) => expect.closeTo(value, 6));

  const relu = blockOf({}, membersOf('Block'));
  expect(relu.shift).toEqual(close(z.map((p) => Math.min(0, p / 0.5))));
  expect(relu.floor).toEqual(close(z.map((p) => -Math.max(0, p / 0.5))));
  const leaky = blockOf(
    { activation: { kind: 'leakyRelu', slope: 0.25 } },
    membersOf('LeakyBlock'),
  );
  expect(leaky.slope).toEqual(padded([0.25, 0.25, 0.25]));
  expect(leaky.floor).toEqual(close(z.map((p) => -p / 0.5)));
  const smooth = blockOf({ activation: 'tanh' }, membersOf('AnchoredBlock'));
  // In the plane's own units.
  expect(smooth.height).toEqual(close(z));
  expect(smooth.tangent2).toEqual(padded([1, 3, 5].map((i) => weight[i]!)));
});

test('gradients of smooth networks count from 0 in large views, from the centre in small ones', () => {
  const field = prepared({ activation: 'tanh' });
  const small = anchorWide(field, { ...ANCHOR, halfWidth: 1e-3 }).anchored;
  const large = anchorWide(field, { ...ANCHOR, halfWidth: 1e3 }).anchored;
  expect([small.small, large.small]).toEqual([true, false]);
  expect(small.baseGradient[0].high).not.toBe(0);
  expect(large.baseGradient.map(({ high }) => high)).toEqual([0, 0]);
});

test('a readout has the layout of its struct', () => {
  const source = readoutSourceAt(7);
  const struct = new WgslReflect(source).structs.find(({ name }) => name === 'Readout')!;
  expect(struct.size).toBe(READOUT_BYTES);
  const readout = { kind: 'softmax', index: 1, lambda: 4 } as const;
  const field = prepared({ widths: [2, 3, 3], readout });
  const { numbers } = anchorWide(field, ANCHOR).outputs!;
  const at = (name: string) => struct.members.find((member) => member.name === name)!.offset / 4;
  expect(numbers[at('steep')]).toBe(4 * 0.5);
  expect(numbers[at('rate')]).toBe(4);
  const pi = [0, 1, 2].map((k) => numbers[at('outputs') + 8 * k + 2]!);
  expect(pi.reduce((sum, share) => sum + share)).toBeCloseTo(1, 6);
  expect([0, 1, 2].map((k) => numbers[at('outputs') + 8 * k + 4])).toEqual([0, 1, 0]);
});

test('rows of the output layer are outputs less their mean, whose shares at the centre they sum up to 0 with', () => {
  const readout = { kind: 'lse', lambda: 1 } as const;
  const field = prepared({ widths: [2, 3, 3], readout });
  const { weights, numbers } = anchorWide(field, ANCHOR).outputs!;
  const { weight } = field.plane.layers.at(-1)!;
  for (let j = 0; j < 3; j += 1) {
    const rows = [...weights.subarray(4 * j, 4 * j + 4)];
    const pi = [0, 1, 2].map((k) => numbers[8 * (1 + k) + 2]!);
    const mean = pi.reduce((sum, share, k) => sum + share * rows[k]!, 0);
    expect(Math.abs(mean) <= 1e-7).toBe(true);
    expect(rows[0]! + rows[3]!).toBeCloseTo(weight[j]!, 6);
  }
});
