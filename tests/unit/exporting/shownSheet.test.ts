import { expect, test } from 'vitest';
import { shownSheet } from '../../../src/exporting/shownSheet.ts';
import { sheetOf, validateSheet } from '../../../src/state/sheet.ts';
import { decodeSheet } from '../../../src/state/sheetUrl.ts';
import { validateState } from '../../../src/state/validate.ts';

test('a page of panels is shown with all of them, in its arrangement', () => {
  const sheet = validateSheet({
    panels: [{ field: { kind: 'lse' } }, { field: { kind: 'mlp', seed: 3 } }, {}],
    columns: 3,
    linkedViews: true,
    sharedRange: true,
    active: 1,
  });
  const shown = shownSheet(sheet);
  expect(shown).toMatchObject({
    name: '3-panels',
    around: null,
    columns: 3,
    sharedRange: true,
    titles: [
      'log-sum-exp, λ = 1',
      'ReLU network 2-20-1, seed 3 · 81 parameters',
      'ReLU network 2-20-1, seed 0 · 81 parameters',
    ],
  });
  expect([...shown.states.values()]).toEqual(sheet.panels);
  expect(shown.panels.map(({ kind }) => kind)).toEqual(['field', 'field', 'field']);
  expect(decodeSheet(shown.link)).toEqual({ sheet, problem: null });
});

test('without a choice of columns it has about as many as rows', () => {
  const panels = Array.from({ length: 5 }, () => ({}));
  expect(shownSheet(validateSheet({ panels })).columns).toBe(3);
});

test('one panel has the name of its field', () => {
  const shown = shownSheet(sheetOf(validateState({ field: { kind: 'softmax', lambda: 3 } })));
  expect(shown.name).toBe('softmax-lambda3-component1-half5');
  expect(shown.columns).toBe(1);
});
