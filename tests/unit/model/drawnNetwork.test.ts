import { describe, expect, it } from 'vitest';
import { networkOf, shapeOf, widthsOf } from '../../../src/model/drawnNetwork.ts';
import { drawLayer } from '../../../src/model/network.ts';
import type { DrawnSource } from '../../../src/model/networks.ts';
import { Mt19937 } from '../../../src/model/random.ts';
import { matchesTorch, torchReference } from './torchReference.ts';

function drawn(widths: readonly number[], seed: number): DrawnSource {
  return { kind: 'drawn', widths, activation: 'gelu', seed, outputBias: null };
}

describe('a drawn network', () => {
  it('has PyTorch’s parameters bit for bit, for any number of inputs and outputs', () => {
    const { shapes } = torchReference;
    const sizes = new Set(shapes.map(({ widths }) => widths.join('-')));
    expect([...sizes]).toEqual(['5-10-10-5', '784-100-10', '4096-3-1', '2-16', '1-3-2']);
    expect(new Set(shapes.map(({ seed }) => seed))).toEqual(new Set([0, 4, 2 ** 31 + 1, -1]));
    const different = shapes.filter(
      (entry) => !matchesTorch(entry, networkOf(drawn(entry.widths, entry.seed)).layers),
    );
    expect(different).toEqual([]);
  });

  it('has PyTorch’s bound for every number of inputs up to 4096', () => {
    const { fanIns } = torchReference;
    expect(fanIns[0]!.fanIns[0]).toBe(257);
    expect(fanIns.at(-1)!.fanIns[1]).toBe(4096);
    const different = fanIns.filter((entry) => {
      const generator = new Mt19937(entry.seed);
      const [first, last] = entry.fanIns;
      const layers = Array.from({ length: last - first + 1 }, (_, i) =>
        drawLayer(generator, first + i, 1),
      );
      return !matchesTorch(entry, layers);
    });
    expect(different).toEqual([]);
  });

  it('has an activation for each hidden layer, and none after the last', () => {
    const all = networkOf(drawn([5, 4, 3, 2], 1));
    expect(all.layers.map(({ activation }) => activation)).toEqual(['gelu', 'gelu', 'identity']);
    const elu = { kind: 'elu', alpha: 2 } as const;
    const each = networkOf({ ...drawn([5, 4, 3, 2], 1), activation: ['relu', elu] });
    expect(each.layers.map(({ activation }) => activation)).toEqual(['relu', elu, 'identity']);
    expect(each.layers.map(({ weight }) => weight)).toEqual(all.layers.map(({ weight }) => weight));
  });

  it('has the output biases that replace the drawn ones, rounded to float32', () => {
    const source = drawn([3, 4, 2], 1);
    const [hidden, output] = networkOf({ ...source, outputBias: 0.1 }).layers;
    const plain = networkOf(source).layers;
    expect([...output!.bias]).toEqual([Math.fround(0.1), Math.fround(0.1)]);
    expect(output!.weight).toEqual(plain[1]!.weight);
    expect(hidden).toEqual(plain[0]);
  });
});

describe('networks of other sources', () => {
  it('are the identity of the plane', () => {
    const [layer] = networkOf({ kind: 'identity' }).layers;
    expect([...layer!.weight, ...layer!.bias]).toEqual([1, 0, 0, 1, 0, 0]);
    expect(widthsOf({ kind: 'identity' })).toEqual([2, 2]);
  });

  it('are the given layers, in float64', () => {
    const layers = [
      { weight: [[0.1, 2, 3]], bias: [0.2], activation: 'tanh' as const },
      { weight: [[4], [5]], bias: [6, 7], activation: 'identity' as const },
    ];
    const source = { kind: 'explicit', layers } as const;
    const network = networkOf(source);
    expect(network.layers[0]).toEqual({
      inputs: 3,
      outputs: 1,
      weight: Float64Array.of(0.1, 2, 3),
      bias: Float64Array.of(0.2),
      activation: 'tanh',
    });
    expect(widthsOf(source)).toEqual([3, 1, 2]);
    expect(shapeOf(source)).toEqual({ inputs: 3, hidden: [1], outputs: 2 });
  });
});
