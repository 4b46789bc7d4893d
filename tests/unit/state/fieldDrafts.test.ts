import { describe, expect, it } from 'vitest';
import { validateField } from '../../../src/model/fieldValidation.ts';
import {
  fieldOfShorthand,
  SHORTHAND_KINDS,
  type Shorthand,
  shorthandOf,
} from '../../../src/model/shorthand.ts';
import { FIRST_DRAFTS, fieldOf, remember } from '../../../src/state/fieldDrafts.ts';

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

  it('keeps the drafts while a field is shown that is no preset', () => {
    const network = { kind: 'drawn', widths: [5, 3, 2], activation: 'tanh' };
    expect(remember(FIRST_DRAFTS, validateField({ network }))).toBe(FIRST_DRAFTS);
  });
});
