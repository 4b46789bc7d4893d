import { describe, expect, it } from 'vitest';
import type { Layer } from '../../shorthand.ts';
import { logitCount, resolveLogits } from '../../shorthand.ts';
import { matchesTorch, torchReference } from './torchReference.ts';

describe('resolveLogits', () => {
  it('draws every set of PyTorch’s bit for bit, for K from 2 to 16', () => {
    const counts = new Set(torchReference.logits.map(({ widths }) => widths[1]!));
    expect([...counts]).toEqual(Array.from({ length: 15 }, (_, i) => i + 2));
    const different = torchReference.logits.filter((entry) => {
      const count = entry.widths[1]!;
      const { weight, bias } = resolveLogits({ count, seed: entry.seed });
      const layer: Layer = {
        inputs: 2,
        outputs: count,
        weight: Float32Array.from(weight.flat()),
        bias: Float32Array.from(bias),
      };
      return !matchesTorch(entry, [layer]);
    });
    expect(different).toEqual([]);
  });

  it('gives the identity for null', () => {
    expect(resolveLogits(null)).toEqual({
      weight: [
        [1, 0],
        [0, 1],
      ],
      bias: [0, 0],
    });
  });

  it('gives explicit logits as they are', () => {
    const logits = { weight: [[1, 2] as const, [3, 4] as const], bias: [5, 6] };
    expect(resolveLogits(logits)).toEqual(logits);
  });
});

describe('logitCount', () => {
  it('is K for each kind of source', () => {
    expect(logitCount(null)).toBe(2);
    expect(logitCount({ count: 7, seed: 1 })).toBe(7);
    const weight = [[1, 2] as const, [3, 4] as const, [5, 6] as const];
    expect(logitCount({ weight, bias: [0, 0, 0] })).toBe(3);
  });
});
