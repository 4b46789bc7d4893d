import { describe, expect, it } from 'vitest';
import type { Field } from '../../../src/model/field.ts';
import type { NetworkSource } from '../../../src/model/networks.ts';
import type { Readout } from '../../../src/model/readouts.ts';
import { networkFor, resolve } from '../../../src/model/resolve.ts';

const network: NetworkSource = {
  kind: 'drawn',
  widths: [3, 4, 5],
  activation: 'tanh',
  seed: 1,
  outputBias: null,
};
const slice = { origin: [0, 0, 1], axis1: [1, 0, 0], axis2: [0, 1, 0] };
const fieldOf = (readout: Readout): Field => ({ network, slice, readout });

describe('resolve', () => {
  it('gives the same object for the same field, and another revision for another one', () => {
    const field = fieldOf({ kind: 'max' });
    const resolved = resolve(field);
    expect(resolve(field)).toBe(resolved);
    const other = resolve({ ...field });
    expect(other).not.toBe(resolved);
    expect(other.revision).not.toBe(resolved.revision);
  });

  it('draws a network once, whatever is read of it', () => {
    const first = resolve(fieldOf({ kind: 'output', index: 1 }));
    const second = resolve(fieldOf({ kind: 'class', wins: 'least' }));
    expect(second.network).toBe(first.network);
    expect(networkFor(network)).toBe(first.network);
  });

  it('restricts once, and to all outputs where the readout reads all', () => {
    const one = resolve(fieldOf({ kind: 'sigmoid', index: 4 }));
    expect(one.plane).toBe(one.plane);
    expect(one.plane.layers.at(-1)!.outputs).toBe(1);
    expect(one.whole.layers.at(-1)!.outputs).toBe(5);
    const all = resolve(fieldOf({ kind: 'softmax', index: 4, lambda: 2 }));
    expect(all.plane).toBe(all.whole);
    // Another λ changes nothing of the network on the slice, another slice does.
    const brighter = resolve(fieldOf({ kind: 'softmax', index: 4, lambda: 3 }));
    expect(brighter.plane).toBe(all.plane);
    expect(resolve({ ...brighter.field, slice: { ...slice } }).plane).not.toBe(all.plane);
  });

  it('reads the one output at index 0, and a hidden neuron as an output', () => {
    expect(resolve(fieldOf({ kind: 'tanh', index: 4 })).readout).toEqual({
      kind: 'tanh',
      index: 0,
    });
    const neuron = { kind: 'neuron', layer: 0, index: 3, stage: 'activation' } as const;
    expect(resolve(fieldOf(neuron)).readout).toEqual({ kind: 'output', index: 0 });
    const softmax = { kind: 'softmax', index: 4, lambda: 2 } as const;
    expect(resolve(fieldOf(softmax)).readout).toEqual(softmax);
  });

  it.each([
    [{ kind: 'gap', lambda: 10 }, 0, Math.log(5) / 10],
    [{ kind: 'softmax', index: 1, lambda: 3 }, 0, 1],
    [{ kind: 'argmax', index: 1, wins: 'least' }, 0, 1],
    [{ kind: 'class', wins: 'greatest' }, 0, 4],
    [{ kind: 'margin', wins: 'least' }, 0, Infinity],
    [{ kind: 'sigmoid', index: 0 }, 0, 1],
    [{ kind: 'tanh', index: 0 }, -1, 1],
    [{ kind: 'max' }, -Infinity, Infinity],
    [{ kind: 'lse', lambda: 1 }, -Infinity, Infinity],
    [{ kind: 'output', index: 0 }, -Infinity, Infinity],
  ] as [Readout, number, number][])('knows the bounds of %j', (readout, min, max) => {
    expect(resolve(fieldOf(readout)).bounds).toEqual({ min, max });
  });
});
