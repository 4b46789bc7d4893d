import { expect, test } from 'vitest';
import { fieldName, fileName, stateName } from '../../../src/exporting/fileName.ts';
import { validateState } from '../../../src/state/validate.ts';

test.each([
  [{}, 'mlp-2-20-1-seed0-half5'],
  [
    { field: { kind: 'mlp', widths: [2, 5, 5, 1], seed: -3 }, quantity: 'npGradientRows' },
    'mlp-2-5-5-1-seed-3-npGradientRows-half5',
  ],
  [{ field: { kind: 'mlp', activation: 'abs' } }, 'mlp-abs-2-20-1-seed0-half5'],
  [{ view: { halfWidth: 1e-12 } }, 'mlp-2-20-1-seed0-half1e-12'],
  [{ view: { halfWidth: 67.179_923 } }, 'mlp-2-20-1-seed0-half67.18'],
  [{ field: { kind: 'lse', lambda: 0.5 }, quantity: 'partial1' }, 'lse-lambda0.5-partial1-half5'],
  [
    { field: { kind: 'argmax', component: 1, logits: { count: 4, seed: 7 } } },
    'argmax-component2-logits4-seed7-half5',
  ],
])('%j is saved as %s', (patch, name) => {
  expect(stateName(validateState(patch))).toBe(name);
});

test('what belongs to a field alone has the name of the field', () => {
  const { field } = validateState({ quantity: 'partial1', view: { halfWidth: 3 } });
  expect(fileName(fieldName(field), 'json')).toBe('reluscope-mlp-2-20-1-seed0.json');
});
