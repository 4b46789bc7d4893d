import { describe, expect, it } from 'vitest';
import type { Field } from '../../../src/model/field.ts';
import { FIELD_KINDS } from '../../../src/model/field.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { FIRST_DRAFTS, fieldOf, remember } from '../../../src/state/fieldDrafts.ts';

const drawn = { count: 5, seed: 3 };

describe('fieldOf', () => {
  it.each(FIELD_KINDS)('makes a valid %s field of the first drafts', (kind) => {
    const field = fieldOf(kind, FIRST_DRAFTS);
    expect(field.kind).toBe(kind);
    expect(validateField(field, 'field')).toEqual(field);
  });

  it('gives a field back after another kind was shown', () => {
    const mlp: Field = { ...FIRST_DRAFTS.mlp, widths: [2, 7, 1], seed: 9, outputBias: 4 };
    const softmax: Field = { kind: 'softmax', lambda: 10, component: 4, logits: drawn };
    const tanh: Field = { kind: 'tanh', weight: [3, -2], bias: 0.5 };
    const drafts = [mlp, softmax, tanh].reduce(remember, FIRST_DRAFTS);
    expect(fieldOf('mlp', drafts)).toEqual(mlp);
    expect(fieldOf('softmax', drafts)).toEqual(softmax);
    expect(fieldOf('tanh', drafts)).toEqual(tanh);
    expect(fieldOf('lse', drafts)).toEqual({ kind: 'lse', lambda: 10, logits: drawn });
    expect(fieldOf('sigmoid', drafts)).toEqual({ kind: 'sigmoid', weight: [3, -2], bias: 0.5 });
  });

  it('keeps the component inside the logits', () => {
    const drafts = { ...FIRST_DRAFTS, component: 4, logits: { count: 3, seed: 0 } };
    expect(fieldOf('argmax', drafts)).toMatchObject({ component: 2 });
  });
});
