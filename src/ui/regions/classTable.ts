import type { Decision } from '../../geometry/arrangement.ts';
import { type ClassCount, countClasses } from '../../regions/classCounts.ts';
import { formatShare } from '../../regions/regionFacts.ts';
import { classColor, nameClass } from '../../scales/classColors.ts';
import { formatCount } from '../../scales/format.ts';
import { hexColor } from '../../scales/hexColor.ts';
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
      ...listed.map(makeRow),
      ...(more > 0 ? [rest] : []),
    );
  }
}

function makeRow({ index, inView, share, inPlane }: ClassCount): HTMLElement {
  const name = nameClass(index);
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
