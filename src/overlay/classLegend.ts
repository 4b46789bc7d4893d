import { classColor } from '../scales/classColors.ts';
import { hexColor } from '../scales/hexColor.ts';
import { pictureColors } from '../scales/pictureColors.ts';
import type { State } from '../state/state.ts';
import { classNamesOf } from '../state/stateData.ts';
import { INK } from './ink.ts';
import type { Box, Mark } from './marks.ts';

/** The colours of classes with their names, in place of a colour bar. */
export interface ClassLegend {
  readonly name: string;
  readonly entries: readonly { readonly color: string; readonly name: string }[];
  /** What stands below them if there is no room for all; null if there is. */
  readonly more: string | null;
  /** All names in words. */
  readonly text: string;
}

const NAME = 'class';
/** On paper, in units: from one entry to the next, and from a sign to its name. */
const ROW = 18;
const SIGN = 12;
const GAP = 6;
/** From a name to the edge of the page, with the letters' size and mean width that fit into it. */
const NAME_ROOM = 64;
const LETTERS = { size: 12, sizeMin: 7, width: 0.56 };

/** The names of the classes whose colours the picture shows; null if it shows something else. */
export function shownClasses(state: State): readonly string[] | null {
  const { classes } = pictureColors(state);
  return classes && (classNamesOf(state) ?? classes);
}

/** @param rows for so many lines of text there is room; null if the picture does not show classes */
export function classLegendOf(state: State, rows: number): ClassLegend | null {
  const classes = shownClasses(state);
  if (classes === null) return null;
  const isShort = classes.length > rows;
  const shown = classes.slice(0, isShort ? Math.max(1, Math.floor(rows) - 1) : classes.length);
  const entries = shown.map((name, i) => ({ color: hexColor(classColor(i)), name }));
  const text = `Colours of classes: ${classes.join(', ')}`;
  return {
    name: NAME,
    entries,
    more: isShort ? `… ${classes.length - shown.length} more` : null,
    text,
  };
}

/** The legend from the top of the box of a bar in an exported picture. */
export function paperLegend(box: Box, state: State): Mark[] {
  const legend = classLegendOf(state, box.height / ROW);
  if (legend === null) return [];
  const lines = [...legend.entries.map(({ name }) => name), legend.more ?? ''];
  const longest = Math.max(...lines.map(({ length }) => length));
  const fitting = NAME_ROOM / (LETTERS.width * longest);
  const size = Math.max(LETTERS.sizeMin, Math.min(LETTERS.size, fitting));
  const lettersMax = Math.floor(NAME_ROOM / (LETTERS.width * LETTERS.sizeMin));
  const rowAt = (row: number, name: string): Mark => ({
    kind: 'text',
    text: name.length > lettersMax ? `${name.slice(0, lettersMax - 1)}…` : name,
    at: [box.x + SIGN + GAP, box.y + row * ROW + SIGN - 2],
    anchor: 'start',
    look: 'label',
    style: size < LETTERS.size ? { 'font-size': size } : {},
  });
  const entries = legend.entries.flatMap(({ color, name }, row): Mark[] => {
    const sign = { x: box.x, y: box.y + row * ROW, width: SIGN, height: SIGN };
    const style = { fill: color, stroke: INK, 'stroke-width': 0.5 };
    return [{ kind: 'rect', box: sign, look: 'classColor', style }, rowAt(row, name)];
  });
  return legend.more === null ? entries : [...entries, rowAt(legend.entries.length, legend.more)];
}
