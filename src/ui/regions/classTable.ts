import type { Decision } from '../../geometry/arrangement.ts';
import { type ClassCount, countClasses } from '../../regions/classCounts.ts';
import { formatShare } from '../../regions/regionFacts.ts';
import { classColor } from '../../scales/classColors.ts';
import { formatCount } from '../../scales/format.ts';
import { hexColor } from '../../scales/hexColor.ts';
import { type FieldNames, PLAIN_NAMES } from '../../scales/names.ts';
import { make } from '../dom/elements.ts';

export const COLUMNS = ['view', 'plane'] as const;
export type Column = (typeof COLUMNS)[number];

const HEADS = [
  ['class', 'Which output wins'],
  ['view', 'Its decision regions in view'],
  ['area', 'Its share of the view’s area'],
  ['plane', 'Its decision regions in the plane'],
] as const;

/** Each class with its colour, its decision regions, and its share of the view. */
export class ClassTable {
  readonly element = make('table', { class: 'classes', hidden: true });
  /** Of the field whose decision regions are shown next. */
  names: FieldNames = PLAIN_NAMES;
  readonly #decisions: Record<Column, Decision | null> = { view: null, plane: null };

  /** @param decision null if there is none, or none is known */
  show(column: Column, decision: Decision | null): void {
    this.#decisions[column] = decision;
    const { view, plane } = this.#decisions;
    const { listed, more } = countClasses(view, plane);
    this.element.hidden = listed.length === 0;
    const heads = HEADS.map(([name, title]) => make('th', { scope: 'col', title }, name));
    const rest = make('tr', {}, make('td', { colspan: HEADS.length }, `… ${more} more`));
    this.element.replaceChildren(
      make('tr', {}, ...heads),
      ...listed.map((count) => makeRow(count, this.names.nameClass(count.index))),
      ...(more > 0 ? [rest] : []),
    );
  }
}

function makeRow({ index, inView, share, inPlane }: ClassCount, name: string): HTMLElement {
  const sign = make('span', { class: 'sign' });
  sign.style.backgroundColor = hexColor(classColor(index));
  const cell = (column: string, value: number | null, format: (value: number) => string) => {
    const made = make('td', {}, value === null ? '–' : format(value));
    made.dataset.count = `${column} ${name}`;
    return made;
  };
  return make(
    'tr',
    {},
    make('th', { scope: 'row' }, sign, name),
    cell('view', inView, formatCount),
    cell('area', share, formatShare),
    cell('plane', inPlane, formatCount),
  );
}
