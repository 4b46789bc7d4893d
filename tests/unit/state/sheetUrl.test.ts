import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import {
  COLUMNS_MAX,
  DEFAULT_SHEET,
  PANELS_MAX,
  sheetOf,
  validateSheet,
} from '../../../src/state/sheet.ts';
import { decodeSheet, encodeSheet } from '../../../src/state/sheetUrl.ts';
import { encodeState, TEXT_MAX } from '../../../src/state/url.ts';
import { arbitraryState } from './arbitraries.ts';

const arbitrarySheet = fc
  .record({
    panels: fc.array(arbitraryState, { minLength: 1, maxLength: 5 }),
    columns: fc.option(fc.integer({ min: 1, max: COLUMNS_MAX })),
    linkedViews: fc.boolean(),
    sharedRange: fc.boolean(),
    active: fc.nat({ max: 4 }),
  })
  .map((sheet) => ({ ...sheet, active: sheet.active % sheet.panels.length }));

describe('encodeSheet', () => {
  it('writes one panel as its state alone', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        expect(encodeSheet(sheetOf(state))).toBe(encodeState(state));
      }),
    );
  });

  it('writes several readably', () => {
    const panels = [DEFAULT_STATE, { ...DEFAULT_STATE, hinges: true }];
    const sheet = { panels, columns: 2, linkedViews: true, sharedRange: true, active: 1 };
    expect(encodeSheet(sheet)).toBe(
      'v=2&columns=2&link=views,range&active=2' +
        '&panel=1&network=drawn&x=0&y=0&half=5&panel=2&network=drawn&x=0&y=0&half=5&hinges=1',
    );
  });
});

describe('decodeSheet', () => {
  it('gives back every sheet exactly, also one whose text was escaped on its way', () => {
    fc.assert(
      fc.property(arbitrarySheet, (sheet) => {
        const text = encodeSheet(sheet);
        expect(text).toMatch(/^[\w.,;:=&~-]+$/);
        expect(decodeSheet(text)).toEqual({ sheet, problem: null });
        const escaped = text.replace(/[,;:]/g, encodeURIComponent);
        expect(decodeSheet(`#${escaped}`)).toEqual({ sheet, problem: null });
      }),
    );
  });

  it('accepts the link of one state, and no link', () => {
    expect(decodeSheet('v=1&hinges=1').sheet).toEqual(sheetOf({ ...DEFAULT_STATE, hinges: true }));
    expect(decodeSheet('')).toEqual({ sheet: DEFAULT_SHEET, problem: null });
  });

  it('names another source than a link in its sentences', () => {
    const read = (text: string) => decodeSheet(text, 'The state in this PNG').problem;
    expect(read('v=1&half=0')).toContain('The state in this PNG is broken: half: received 0');
    expect(read('v=1&columns=0&panel=1')).toContain('The state in this PNG is broken: columns');
    expect(read('v=1&panel=1&half=0')).toContain('Panel 1 of the state in this PNG is broken');
  });

  it('says what is wrong with a broken link in a sentence, and keeps the rest', () => {
    const tooMany = Array.from({ length: PANELS_MAX + 1 }, (_, i) => `&panel=${i + 1}`).join('');
    for (const [text, says] of [
      ['v=1&panel=1&half=0', 'Panel 1 of the link is broken: half: received 0, expected a number'],
      ['v=1&panel=1&panel=2&seed=x', 'Panel 2 of the link is broken: seed: received "x"'],
      ['v=1&columns=0&panel=1&half=0', 'The rest is kept. 1 other part is broken too.'],
      ['v=1&columns=0&panel=1&half=0&panel=2&seed=x', ' 2 other parts are broken too.'],
      ['v=1&panel=1&v=1', 'Panel 1 of the link is broken: v: received "v=1", expected each key'],
      ['v=1&panel=2', 'The link is broken: panel: received "panel=2", expected panel=1'],
      ['v=1&panel=1&panel=1', 'panel: received "panel=1", expected panel=2'],
      ['v=3&panel=1', 'The link is broken: v: received "v=3", expected v=2'],
      ['v=1&columns=0&panel=1', 'columns: received 0, expected an integer from 1 to 8.'],
      ['v=1&columns=two&panel=1', 'columns: received "two", expected a finite decimal number.'],
      ['v=1&active=2&panel=1', 'active: received 2, expected 1.'],
      ['v=1&link=all&panel=1', 'link: received "all", expected views, range or views,range.'],
      ['v=1&link=views,views&panel=1', 'link: received "views,views", expected'],
      ['v=1&columns=1&columns=1&panel=1', 'columns: received "columns=1", expected each key once.'],
      ['v=1&__proto__=1&panel=1', 'key: received "__proto__=1", expected one of columns, link'],
      [`v=1${tooMany}`, `panels: received ${PANELS_MAX + 1}, expected at most ${PANELS_MAX}.`],
      [`v=1&panel=1&${'x'.repeat(TEXT_MAX)}`, 'Panel 1 of the link is broken: length: received'],
    ] as const) {
      const { sheet, problem } = decodeSheet(text);
      expect(validateSheet(sheet)).toEqual(sheet);
      expect(problem).toContain(says);
      expect(problem!.length).toBeLessThan(400);
    }
  });

  it('keeps the panels that can be read', () => {
    const { sheet, problem } = decodeSheet(
      'v=1&columns=nine&link=views&panel=1&field=lse&panel=2&field=max&half=x&hinges=1',
    );
    expect(sheet).toEqual(
      validateSheet({
        panels: [{ field: { kind: 'lse' } }, { field: { kind: 'max' }, hinges: true }],
        linkedViews: true,
      }),
    );
    expect(problem).toContain('columns: received "nine"');
  });

  it('never throws', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('v=1', 'panel=1', 'panel=2', 'columns=2', 'link=views', 'field=lse', '%'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const { sheet } = decodeSheet(pieces.join('&'));
        expect(sheet.panels.length).toBeGreaterThan(0);
      }),
    );
  });
});
