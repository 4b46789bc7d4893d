import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import {
  columnsFor,
  DEFAULT_SHEET,
  PANELS_MAX,
  sheetOf,
  validateSheet,
} from '../../../src/state/sheet.ts';

function findError(input: unknown): InvalidInputError {
  try {
    validateSheet(input);
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
    throw error;
  }
  throw new Error(`taken: ${JSON.stringify(input)}`);
}

describe('validateSheet', () => {
  it('gives missing members their defaults', () => {
    expect(validateSheet({})).toEqual(DEFAULT_SHEET);
    expect(validateSheet({ panels: [{ quantity: 'region' }, {}], sharedRange: true })).toEqual({
      panels: [{ ...DEFAULT_STATE, quantity: 'region' }, DEFAULT_STATE],
      columns: null,
      linkedViews: false,
      sharedRange: true,
      active: 0,
    });
  });

  it('accepts a valid sheet unchanged', () => {
    const sheet = {
      ...sheetOf(DEFAULT_STATE),
      panels: [DEFAULT_STATE, { ...DEFAULT_STATE, hinges: true }],
      columns: 2,
      linkedViews: true,
      active: 1,
    };
    expect(validateSheet(sheet)).toEqual(sheet);
  });

  it('accepts the maximum number of panels', () => {
    const panels = Array.from({ length: PANELS_MAX }, () => ({}));
    expect(validateSheet({ panels }).panels).toHaveLength(PANELS_MAX);
    expect(findError({ panels: [...panels, {}] }).path).toBe('panels');
  });

  it('names the panel and the part of it that is wrong', () => {
    const wrong = findError({ panels: [{}, { field: { seed: 'x' } }] });
    expect(wrong.path).toBe('panels[1].field.seed');
    expect(wrong.received).toBe('"x"');
    expect(wrong.message).toContain('panels[1].field.seed: received "x", expected');
    for (const [input, path] of [
      [null, 'sheet'],
      [{ panels: [] }, 'panels'],
      [{ panels: {} }, 'panels'],
      [{ columns: 0 }, 'columns'],
      [{ columns: 9 }, 'columns'],
      [{ columns: 1.5 }, 'columns'],
      [{ linkedViews: 1 }, 'linkedViews'],
      [{ sharedRange: 'yes' }, 'sharedRange'],
      [{ active: 1 }, 'active'],
      [{ panel: [] }, 'panel'],
    ] as const) {
      expect(findError(input).path).toBe(path);
    }
  });
});

describe('columnsFor', () => {
  it('makes about as many columns as rows by default', () => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 9, 10, 16];
    expect(counts.map((count) => columnsFor(count, null))).toEqual([1, 2, 2, 2, 3, 3, 3, 3, 4, 4]);
  });

  it('makes at most as many columns as panels', () => {
    expect(columnsFor(3, 8)).toBe(3);
    expect(columnsFor(8, 4)).toBe(4);
    expect(columnsFor(0, null)).toBe(1);
  });
});
