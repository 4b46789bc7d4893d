import { describe, expect, test } from 'vitest';
import { denseLayers } from '../../../src/models/denseLayers.ts';
import type { Tensor } from '../../../src/models/tensors.ts';

/** Arrays by name and shape, with values 0, 1, 2, … */
function arrays(shapes: Readonly<Record<string, readonly number[]>>): Tensor[] {
  return Object.entries(shapes).map(([name, shape]) => {
    const count = shape.reduce((product, side) => product * side, 1);
    return { name, shape, values: Float64Array.from({ length: count }, (_, i) => i) };
  });
}

function read(shapes: Readonly<Record<string, readonly number[]>>, transposed?: boolean) {
  const notes: string[] = [];
  const layers = denseLayers(arrays(shapes), transposed, notes);
  return { widths: [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)], layers, notes };
}

describe('names', () => {
  for (const [weight, bias] of [
    ['W1', 'b1'],
    ['w_1', 'b_1'],
    ['weight_0', 'bias_0'],
    ['fc1.weight', 'fc1.bias'],
    ['layers.0.weight', 'layers.0.bias'],
    ['module.net.0.linear.weight', 'module.net.0.linear.bias'],
    ['coefs_0', 'intercepts_0'],
    ['dense_1/kernel:0', 'dense_1/bias:0'],
    ['params.Dense_0.kernel', 'params.Dense_0.bias'],
    ['0000.dense.A', '0000.dense.b'],
    ['fcWeight', 'fcBias'],
  ] as const) {
    test(`${weight} and ${bias} make a layer`, () => {
      expect(read({ [bias]: [3], [weight]: [3, 2] })).toMatchObject({ widths: [2, 3], notes: [] });
    });
  }

  test('numbers order layers as numbers, not as text', () => {
    const shapes = { 'fc10.weight': [1, 3], 'fc2.weight': [3, 2] };
    expect(read(shapes, false).widths).toEqual([2, 3, 1]);
  });
});

describe('shapes', () => {
  test('say whether weights are [outputs, inputs] or [inputs, outputs]', () => {
    const outputsFirst = read({ W1: [3, 2], b1: [3], W2: [1, 3], b2: [1] });
    const inputsFirst = read({ W1: [2, 3], b1: [3], W2: [3, 1], b2: [1] });
    expect(outputsFirst.widths).toEqual([2, 3, 1]);
    expect(inputsFirst.widths).toEqual([2, 3, 1]);
    expect([...outputsFirst.layers[0]!.weight]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...inputsFirst.layers[0]!.weight]).toEqual([0, 3, 1, 4, 2, 5]);
    expect([...outputsFirst.notes, ...inputsFirst.notes]).toEqual([]);
  });

  test('of squares say nothing: names decide, a note says so, and the person has the last word', () => {
    const square = { W1: [2, 2], b1: [2] };
    const kernel = { kernel_1: [2, 2], bias_1: [2] };
    expect([...read(square).layers[0]!.weight]).toEqual([0, 1, 2, 3]);
    expect(read(square).notes).toEqual([expect.stringContaining('read as [outputs, inputs]')]);
    expect([...read(kernel).layers[0]!.weight]).toEqual([0, 2, 1, 3]);
    expect(read(kernel).notes).toEqual([expect.stringContaining('read as [inputs, outputs]')]);
    expect([...read(square, true).layers[0]!.weight]).toEqual([0, 2, 1, 3]);
    expect(read(square, true).notes).toEqual([]);
  });

  test('give the order where names have no numbers', () => {
    const shapes = { 'a.weight': [4, 3], 'a.bias': [4], 'z.weight': [3, 2], 'z.bias': [3] };
    const { widths, notes } = read(shapes);
    expect(widths).toEqual([2, 3, 4]);
    expect(notes).toEqual([
      'The order of the layers follows from their shapes: z.weight, a.weight.',
    ]);
  });

  test('that leave several orders are refused', () => {
    const shapes = { 'a.weight': [2, 2], 'b.weight': [2, 2] };
    expect(() => read(shapes)).toThrow('several orders');
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `${String.fromCodePoint(0x61 + (i % 26)).repeat(3 + i)}.weight`,
        [2, 2],
      ]),
    );
    expect(() => read({ ...many, 'x.weight': [5, 7], 'x.bias': [5] })).toThrow();
  });

  test('that do not follow each other are refused, with all of them', () => {
    expect(() => read({ W1: [3, 2], b1: [3], W2: [1, 4], b2: [1] })).toThrow(
      'the layers do not follow each other: W1 [3, 2] and b1 [3], W2 [1, 4] and b2 [1]',
    );
    expect(() => read({ W1: [3, 2], b1: [3] }, true)).toThrow('as [inputs, outputs]');
  });
});

describe('biases', () => {
  test('may be missing, columns, rows or a single number', () => {
    const { layers, notes } = read({ W1: [3, 2], W2: [1, 3], b2: [] });
    expect([...layers[0]!.bias]).toEqual([0, 0, 0]);
    expect(notes).toEqual(['The biases of W1 are 0.']);
    for (const shape of [
      [3, 1],
      [1, 3],
    ])
      expect(read({ W1: [3, 2], b1: shape }).widths).toEqual([2, 3]);
  });

  test('without weights are refused', () => {
    expect(() => read({ W1: [3, 2], b1: [3], b2: [1] })).toThrow(
      'b2 [1] is a bias without a weight',
    );
  });
});

describe('what is no chain of dense layers', () => {
  test('is refused with the name of the array', () => {
    const dense = { 'fc.weight': [3, 2], 'fc.bias': [3] };
    expect(() => read({ ...dense, 'conv.weight': [4, 3, 3, 3] })).toThrow(
      'conv.weight [4, 3, 3, 3] is no matrix',
    );
    expect(() => read({ ...dense, 'norm.weight': [3], 'norm.bias': [3] })).toThrow(
      'norm.weight [3] is no matrix',
    );
    for (const name of ['norm.running_mean', 'bn/gamma:0', 'bn_beta', 'bn/moving_variance:0']) {
      expect(() => read({ ...dense, [name]: [3] })).toThrow('belongs to a normalisation');
    }
    // Nor takes a long name long.
    const start = performance.now();
    expect(() => read({ ['norm'.repeat(16_000)]: [3] })).toThrow('no weights among');
    expect(performance.now() - start).toBeLessThan(500);
    for (const [shapes, what] of [
      [{ ...dense, 'fc.weight_scale': [] }, 'fc.weight_scale [] belongs to a quantised layer'],
      [{ ...dense, 'RMSNorm_0/scale': [3] }, 'belongs to a normalisation'],
      // Their shapes alone would make chains.
      [{ weight_ih_l0: [16, 16], weight_hh_l0: [16, 4] }, 'belongs to a recurrent layer'],
      [{ in_proj_weight: [12, 4], 'out_proj.weight': [4, 4] }, 'belongs to an attention'],
      [{ weight_g: [4, 1], weight_v: [4, 4] }, 'belongs to a weight that is computed'],
    ] as const) {
      expect(() => read(shapes)).toThrow(what);
    }
    expect(() => read({ ...dense, fc_weight: [3, 2] })).toThrow(
      'fc_weight [3, 2] has the name of fc.weight [3, 2]',
    );
    expect(() => read({ points: [3, 3] })).toThrow('no weights among points [3, 3]');
    expect(() => read({ W1: [0, 2] })).toThrow('is empty');
  });

  test('is left out with a note if it may have nothing to do with the network', () => {
    const { notes } = read({ W1: [3, 2], b1: [3], points: [3, 3], 'norm.num_batches_tracked': [] });
    expect(notes).toEqual([
      'Left out, being neither weights nor biases: points [3, 3], norm.num_batches_tracked [].',
    ]);
  });

  test('NaN and infinity are refused with their place', () => {
    const tensor = { name: 'W1', shape: [1, 2], values: Float32Array.of(1, Number.NaN) };
    expect(() => denseLayers([tensor], undefined, [])).toThrow('W1: number 1 is NaN');
  });
});
