import { expect, test } from 'vitest';
import { figureAtFirst, numberOfLeft } from '../../../src/notebook/openFigure.ts';

const asked = { id: 'softmax', settings: { seed: 3 }, number: 2 };

test('a view opens the figure that Python asked for, unless a person has left it', () => {
  expect(figureAtFirst(null, 0)).toBeNull();
  expect(figureAtFirst(asked, 0)).toBe(asked);
  // An earlier one was left.
  expect(figureAtFirst(asked, 1)).toBe(asked);
  expect(figureAtFirst(asked, numberOfLeft(asked, 'softmax'))).toBe(asked);
  expect(figureAtFirst(asked, numberOfLeft(asked, null))).toBeNull();
  expect(figureAtFirst(asked, numberOfLeft(asked, 'neurons'))).toBeNull();
});

test('nothing is left where nothing was asked for', () => {
  expect(numberOfLeft(null, 'softmax')).toBe(0);
  expect(numberOfLeft(asked, null)).toBe(2);
});
