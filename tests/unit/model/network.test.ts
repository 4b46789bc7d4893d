import { describe, expect, it } from 'vitest';
import { parameterCount } from '../../../src/model/network.ts';
import { PRESETS } from '../../../src/model/presets.ts';
import { Mt19937 } from '../../../src/model/random.ts';
import type { Layer } from '../../shorthand.ts';
import { drawNetwork, type ShortNetwork } from '../../shorthand.ts';
import { matchesTorch, torchReference } from './torchReference.ts';

function describeField(widths: readonly number[], seed: number): ShortNetwork {
  return { kind: 'mlp', widths, activation: 'relu', seed, outputBias: null };
}

describe('drawNetwork', () => {
  const { networks } = torchReference;

  it('is held against at least 200 networks of PyTorch, with seeds of every kind', () => {
    expect(networks.length).toBeGreaterThanOrEqual(200);
    expect(new Set(networks.map(({ seed }) => seed)).size).toBeGreaterThanOrEqual(200);
    const seeds = networks.map(({ seed }) => seed);
    expect(seeds).toContain(0);
    expect(seeds.some((seed) => seed < 0)).toBe(true);
    expect(seeds.some((seed) => seed > 2 ** 32)).toBe(true);
    const fanIns = new Set(networks.flatMap(({ widths }) => widths.slice(0, -1)));
    expect(fanIns.size).toBe(256);
  });

  it('draws every parameter of every one of them bit for bit', () => {
    const different = networks
      .filter((entry) => {
        const { layers } = drawNetwork(describeField(entry.widths, entry.seed));
        return !matchesTorch(entry, layers);
      })
      .map(({ widths, seed }) => `${widths.join('-')} with seed ${seed}`);
    expect(different).toEqual([]);
  });

  it('would notice a product that is rounded before the sum, as PyTorch does without AVX2', () => {
    const roundTwice = (generator: Mt19937, count: number, bound: number): Float32Array =>
      Float32Array.from({ length: count }, () => {
        const u = (generator.next32() & 0xffffff) * 2 ** -24;
        return Math.fround(u * 2 * bound) - bound;
      });
    const small = networks.filter(({ parameters }) => parameters !== undefined);
    const noticed = small.filter((entry) => {
      const generator = new Mt19937(entry.seed);
      const layers = entry.widths.slice(1).map((outputs, i): Layer => {
        const inputs = entry.widths[i]!;
        const bound = Math.fround(1 / Math.sqrt(inputs));
        const weight = roundTwice(generator, inputs * outputs, bound);
        return { inputs, outputs, weight, bias: roundTwice(generator, outputs, bound) };
      });
      return !matchesTorch(entry, layers);
    });
    expect(noticed.length).toBeGreaterThan(200);
  });

  it('has weights [out, in] and biases [out]', () => {
    const network = drawNetwork(describeField([2, 3, 4, 1], 7));
    expect(network.widths).toEqual([2, 3, 4, 1]);
    expect(network.activation).toBe('relu');
    const shapes = network.layers.map((layer) => [
      layer.inputs,
      layer.outputs,
      layer.weight.length,
      layer.bias.length,
    ]);
    expect(shapes).toEqual([
      [2, 3, 6, 3],
      [3, 4, 12, 4],
      [4, 1, 4, 1],
    ]);
  });

  it('replaces only the output bias, rounded to float32', () => {
    const drawn = drawNetwork(describeField(PRESETS.shallow, 3)).layers;
    const field = { ...describeField(PRESETS.shallow, 3), outputBias: 0.1 };
    const replaced = drawNetwork(field).layers;
    expect(replaced[0]).toEqual(drawn[0]);
    expect(replaced[1]!.weight).toEqual(drawn[1]!.weight);
    expect([...replaced[1]!.bias]).toEqual([Math.fround(0.1)]);
    expect(drawn[1]!.bias[0]).not.toBe(Math.fround(0.1));
  });
});

describe('parameterCount', () => {
  it('is 81 for the shallow preset and 111 for the deep one', () => {
    expect(parameterCount(PRESETS.shallow)).toBe(81);
    expect(parameterCount(PRESETS.deep)).toBe(111);
  });

  it('is the number of values drawn', () => {
    const widths = [2, 9, 31, 8, 1];
    const { layers } = drawNetwork(describeField(widths, 0));
    const drawn = layers.reduce((sum, { weight, bias }) => sum + weight.length + bias.length, 0);
    expect(parameterCount(widths)).toBe(drawn);
  });
});
