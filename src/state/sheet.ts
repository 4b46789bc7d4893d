import { InvalidInputError } from '../input/invalidInput.ts';
import {
  deepFreeze,
  type PlainObject,
  readArray,
  readBoolean,
  readInteger,
  readObject,
  rejectUnknownKeys,
} from '../input/plainJson.ts';
import { DEFAULT_STATE } from './defaults.ts';
import { applyPatch } from './patch.ts';
import type { State } from './state.ts';

/** Everything that a page of panels shows, as plain JSON. */
export interface Sheet {
  /** At least one. */
  readonly panels: readonly State[];
  /** Panels in a row if there is room; null chooses by their number. */
  readonly columns: number | null;
  /** All panels show the same part of the plane. */
  readonly linkedViews: boolean;
  /** Panels with an automatic range share one. */
  readonly sharedRange: boolean;
  /** Position of the panel that toolbar, controls and keys act on. */
  readonly active: number;
}

/** More pictures on one page would be slow, and too small to read. */
export const PANELS_MAX = 16;
export const COLUMNS_MAX = 8;

/** What a page without a link shows. Frozen. */
export const DEFAULT_SHEET: Sheet = deepFreeze({
  panels: [DEFAULT_STATE],
  columns: null,
  linkedViews: false,
  sharedRange: false,
  active: 0,
});

/** The page that shows one state. */
export function sheetOf(state: State): Sheet {
  return { ...DEFAULT_SHEET, panels: [state] };
}

/** The settings common to all panels. */
export type Common = Pick<Sheet, 'columns' | 'linkedViews' | 'sharedRange'>;

/** Panels in a row if there is room: as requested, or about as many as there are rows. */
export function columnsFor(count: number, columns: number | null): number {
  const wanted = columns ?? Math.ceil(Math.sqrt(count));
  return Math.max(1, Math.min(wanted, count, COLUMNS_MAX));
}

/**
 * Turns unchecked JSON into a sheet; each panel is a part of a state, merged into the default one,
 * and all other missing members get their defaults.
 *
 * @throws InvalidInputError that names the wrong part, what was received and what is expected.
 */
export function validateSheet(input: unknown): Sheet {
  const given = readObject(input, 'sheet');
  rejectUnknownKeys(given, Object.keys(DEFAULT_SHEET), '', 'the sheet');
  const merged: PlainObject = { ...DEFAULT_SHEET, ...given };
  const expected = `1 to ${PANELS_MAX} panels`;
  const patches = readArray(merged.panels, 'panels', [1, PANELS_MAX], expected);
  return {
    panels: patches.map((patch, i) => readPanel(patch, `panels[${i}]`)),
    columns: readColumns(merged.columns, 'columns'),
    linkedViews: readBoolean(merged.linkedViews, 'linkedViews'),
    sharedRange: readBoolean(merged.sharedRange, 'sharedRange'),
    active: readInteger(merged.active, 'active', 0, patches.length - 1),
  };
}

/** null, or a number of columns. @throws InvalidInputError */
function readColumns(input: unknown, path: string): number | null {
  return input === null ? null : readInteger(input, path, 1, COLUMNS_MAX);
}

function readPanel(patch: unknown, path: string): State {
  try {
    return applyPatch(DEFAULT_STATE, patch);
  } catch (error) {
    throw error instanceof InvalidInputError ? error.within(path) : error;
  }
}
