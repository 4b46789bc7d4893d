import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { DEFAULT_READOUTS, READOUT_KINDS, validateReadout } from '../../../src/model/readouts.ts';

/** Of a network with hidden layers of 4 and 6 neurons, and 3 outputs. */
const read = (input: unknown) => validateReadout(input, 'readout', [4, 6], 3);

describe('validateReadout', () => {
  it.each(READOUT_KINDS)('gives %s what it has if nothing is said', (kind) => {
    expect(read({ kind })).toEqual(DEFAULT_READOUTS[kind]);
  });

  it('takes the last output and the last neuron of each layer', () => {
    const last = [
      { kind: 'output', index: 2 },
      { kind: 'softmax', index: 2, lambda: 1e6 },
      { kind: 'argmax', index: 2, wins: 'least' },
      { kind: 'neuron', layer: 0, index: 3, stage: 'preactivation' },
      { kind: 'neuron', layer: 1, index: 5, stage: 'activation' },
    ];
    expect(last.map(read)).toEqual(last);
  });

  it.each([
    [null, 'readout'],
    ['max', 'readout'],
    [{}, 'readout.kind'],
    [{ kind: 'sum' }, 'readout.kind'],
    [{ kind: 'max', lambda: 1 }, 'readout.lambda'],
    [{ kind: 'lse', index: 1 }, 'readout.index'],
    [{ kind: 'output', index: 3 }, 'readout.index'],
    [{ kind: 'output', index: -1 }, 'readout.index'],
    [{ kind: 'output', index: 1.5 }, 'readout.index'],
    [{ kind: 'softmax', index: 3 }, 'readout.index'],
    [{ kind: 'sigmoid', index: 3 }, 'readout.index'],
    [{ kind: 'lse', lambda: Number.NaN }, 'readout.lambda'],
    [{ kind: 'lse', lambda: '1' }, 'readout.lambda'],
    [{ kind: 'gap', lambda: 9e-4 }, 'readout.lambda'],
    [{ kind: 'softmax', lambda: 1.1e6 }, 'readout.lambda'],
    [{ kind: 'class', wins: 'most' }, 'readout.wins'],
    [{ kind: 'margin', wins: null }, 'readout.wins'],
    [{ kind: 'neuron', layer: 2 }, 'readout.layer'],
    [{ kind: 'neuron', layer: 'first', index: 9 }, 'readout.layer'],
    [{ kind: 'neuron', layer: 0, index: 4 }, 'readout.index'],
    [{ kind: 'neuron', layer: 1, index: 6 }, 'readout.index'],
    [{ kind: 'neuron', stage: 'after' }, 'readout.stage'],
  ])('names what is wrong in %j', (input, path) => {
    let error: unknown;
    try {
      read(input);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as InvalidInputError).path).toBe(path);
  });

  it('has no neuron to read where there is no hidden layer', () => {
    const affine = () => validateReadout({ kind: 'neuron' }, 'readout', [], 3);
    expect(affine).toThrow('readout.kind: received "neuron", expected another readout');
  });
});
