import { describe, expect, it } from 'vitest';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { DEFAULT_READOUTS, READOUT_KINDS } from '../../../src/model/readouts.ts';
import {
  fieldOfShorthand,
  SHORTHAND_KINDS,
  type Shorthand,
  shorthandOf,
} from '../../../src/model/shorthand.ts';
import {
  FIRST_DRAFTS,
  fieldOf,
  networkOfKind,
  readoutOf,
  remember,
} from '../../../src/state/fieldDrafts.ts';

const drawn = { count: 5, seed: 3 };

describe('fieldOf', () => {
  it.each(SHORTHAND_KINDS)('makes a valid %s field of the first drafts', (kind) => {
    const field = fieldOf(kind, FIRST_DRAFTS);
    expect(shorthandOf(field)!.kind).toBe(kind);
    expect(validateField(field, 'field')).toEqual(field);
  });

  it('gives a field back after another kind was shown', () => {
    const mlp: Shorthand = { ...FIRST_DRAFTS.mlp, widths: [2, 7, 1], seed: 9, outputBias: 4 };
    const softmax: Shorthand = { kind: 'softmax', lambda: 10, component: 4, logits: drawn };
    const tanh: Shorthand = { kind: 'tanh', weight: [3, -2], bias: 0.5 };
    const drafts = [mlp, softmax, tanh].map(fieldOfShorthand).reduce(remember, FIRST_DRAFTS);
    const shown = (kind: Shorthand['kind']) => shorthandOf(fieldOf(kind, drafts));
    expect(shown('mlp')).toEqual(mlp);
    expect(shown('softmax')).toEqual(softmax);
    expect(shown('tanh')).toEqual(tanh);
    expect(shown('lse')).toEqual({ kind: 'lse', lambda: 10, logits: drawn });
    expect(shown('sigmoid')).toEqual({ kind: 'sigmoid', weight: [3, -2], bias: 0.5 });
  });

  it('keeps the component inside the logits', () => {
    const drafts = { ...FIRST_DRAFTS, component: 4, logits: { count: 3, seed: 0 } };
    expect(fieldOf('argmax', drafts).readout).toMatchObject({ index: 2 });
  });

  it('keeps the presets while a field is shown that is none, and remembers that field', () => {
    const network = { kind: 'drawn', widths: [5, 3, 2], activation: 'tanh' };
    const custom = validateField({ network, readout: { kind: 'softmax', index: 1, lambda: 7 } });
    const drafts = remember(FIRST_DRAFTS, custom);
    expect(drafts).toEqual({
      ...FIRST_DRAFTS,
      lambda: 7,
      component: 1,
      drawn: custom.network,
      custom,
    });
    expect(fieldOf('mlp', drafts)).toEqual(fieldOf('mlp', FIRST_DRAFTS));
  });
});

describe('readoutOf', () => {
  const { network } = validateField({ network: { kind: 'drawn', widths: [5, 10, 4, 3] } });
  const remembered = (...readouts: object[]) =>
    readouts.map((readout) => validateField({ network, readout })).reduce(remember, FIRST_DRAFTS);

  it('makes a valid readout of every kind', () => {
    for (const kind of READOUT_KINDS) {
      const readout = readoutOf(kind, FIRST_DRAFTS, network);
      expect(readout).toEqual(DEFAULT_READOUTS[kind]);
      expect(validateField({ network, readout }).readout).toEqual(readout);
    }
  });

  it('keeps λ, the output, the winner and the neuron', () => {
    const neuron = { kind: 'neuron', layer: 1, index: 3, stage: 'preactivation' };
    const drafts = remembered(
      { kind: 'softmax', index: 2, lambda: 10 },
      { kind: 'class', wins: 'least' },
      neuron,
    );
    expect(readoutOf('lse', drafts, network)).toEqual({ kind: 'lse', lambda: 10 });
    expect(readoutOf('argmax', drafts, network)).toEqual({
      kind: 'argmax',
      index: 2,
      wins: 'least',
    });
    expect(readoutOf('neuron', drafts, network)).toEqual(neuron);
    const small = validateField({ network: { kind: 'drawn', widths: [2, 2, 2] } }).network;
    expect(readoutOf('output', drafts, small)).toEqual({ kind: 'output', index: 1 });
    expect(readoutOf('neuron', drafts, small)).toEqual({ kind: 'output', index: 0 });
  });
});

describe('networkOfKind', () => {
  const explicit = validateField({
    network: {
      kind: 'explicit',
      layers: [
        {
          weight: [
            [1, 2, 3],
            [4, 5, 6],
          ],
          activation: 'tanh',
        },
        { weight: [[1, 2]] },
      ],
    },
  });

  it('draws a network of the shape of a given one, and finds the given one again', () => {
    const drafts = remember(FIRST_DRAFTS, explicit);
    const drawn = networkOfKind('drawn', drafts, explicit.network, 5);
    expect(drawn).toMatchObject({ widths: [3, 2, 1], activation: ['tanh'], seed: 5 });
    expect(validateField({ network: drawn }).network).toMatchObject({ activation: 'tanh' });
    expect(networkOfKind('explicit', drafts, drawn, 5)).toBe(explicit.network);
    expect(networkOfKind('identity', drafts, drawn, 5)).toEqual({ kind: 'identity' });
  });

  it('draws four logits first, and later as many as there were', () => {
    const identity = { kind: 'identity' } as const;
    expect(networkOfKind('drawn', FIRST_DRAFTS, identity, 3)).toMatchObject({
      widths: [2, 4],
      seed: 3,
    });
    const seven = validateField({ network: { kind: 'drawn', widths: [2, 7] } });
    const drafts = remember(FIRST_DRAFTS, seven);
    expect(networkOfKind('drawn', drafts, identity, 3)).toMatchObject({ widths: [2, 7], seed: 3 });
  });
});
