import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_HIDDEN_LAYERS, MAX_WIDTH } from '../../../src/model/networks.ts';
import { neuronKey, regionId } from '../../../src/model/pattern.ts';

/** lowbias32 in 64-bit integers, an independent spelling. */
function mixExactly(value: bigint): bigint {
  const mask = 0xffffffffn;
  let bits = value;
  bits ^= bits >> 16n;
  bits = (bits * 0x7feb352dn) & mask;
  bits ^= bits >> 15n;
  bits = (bits * 0x846ca68bn) & mask;
  return bits ^ (bits >> 16n);
}

describe('neuronKey', () => {
  it('is lowbias32 of index + 1, unsigned', () => {
    for (let index = 0; index < 500; index++) {
      expect(BigInt(neuronKey(index)), `index ${index}`).toBe(mixExactly(BigInt(index + 1)));
    }
  });

  it('is distinct and not 0 for every neuron of the largest network', () => {
    const count = MAX_HIDDEN_LAYERS * MAX_WIDTH;
    const keys = new Set(Array.from({ length: count }, (_, index) => neuronKey(index)));
    expect(keys.size).toBe(count);
    expect(keys.has(0)).toBe(false);
  });
});

describe('regionId', () => {
  it('is 0 where no neuron is active, and the key where one is', () => {
    expect(regionId([false, false, false])).toBe(0);
    expect(regionId([false, true, false])).toBe(neuronKey(1));
  });

  it('changes by the key of the neuron that changes', () => {
    const patterns = fc.array(fc.boolean(), { minLength: 1, maxLength: 64 });
    fc.assert(
      fc.property(patterns, fc.nat(), (active, choice) => {
        const index = choice % active.length;
        const flipped = active.with(index, !active[index]!);
        expect(regionId(flipped)).toBe((regionId(active) ^ neuronKey(index)) >>> 0);
      }),
    );
  });

  it('distinguishes the 4096 patterns of 12 neurons', () => {
    const ids = Array.from({ length: 4096 }, (_, bits) =>
      regionId(Array.from({ length: 12 }, (_, i) => ((bits >> i) & 1) === 1)),
    );
    expect(new Set(ids).size).toBe(4096);
  });
});
