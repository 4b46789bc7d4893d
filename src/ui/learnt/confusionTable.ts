import type { ConfusionCell, ConfusionCounts } from '../../learnt/confusion.ts';
import type { GrayRange } from '../../model/imageShape.ts';
import { make, setAttribute, setText } from '../dom/elements.ts';
import { RovingFocus } from '../dom/rovingFocus.ts';
import { makePixels, paintPoint } from './pixelCanvas.ts';

/** The darkest shade of a cell off the diagonal. */
const SHADE_MAX = 0.4;

interface CellParts {
  readonly button: HTMLButtonElement;
  readonly count: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

/** How the keys of a table lead from one cell to another. */
const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A confusion matrix whose cells are buttons: a row for each class, a column for each class that is given. */
export class ConfusionTable {
  readonly element = make('table', { class: 'matrix' });
  readonly #choose: (cell: ConfusionCell) => void;
  readonly #focus = new RovingFocus(this.element, (_, from, key) => this.#next(from, key));
  #names = '';
  /** [label][given] */
  #cells: readonly (readonly CellParts[])[] = [];
  #chosen: ConfusionCell | null = null;

  constructor(choose: (cell: ConfusionCell) => void) {
    this.#choose = choose;
  }

  /** @param range of the mean images in the cells */
  show({ names, counts, images }: ConfusionCounts, range: GrayRange): void {
    this.#lay(names);
    const worst = Math.max(1, ...counts.flatMap((row, r) => row.filter((_, c) => c !== r)));
    this.#cells.forEach((row, r) => {
      row.forEach(({ button, count: text, canvas }, c) => {
        const count = counts[r]![c]!;
        const image = images[r]![c]!;
        setText(text, count === 0 ? '' : String(count));
        setAttribute(button, 'aria-label', describeCell(names, { label: r, given: c }, count));
        const share = r === c ? 0 : (SHADE_MAX * count) / worst;
        button.style.setProperty('--wrong-share', share.toFixed(2));
        canvas.hidden = image === null;
        if (image === null) return;
        const height = image.values.length / image.width;
        const shape = { height, width: image.width, channels: 1, order: 'channelsFirst' } as const;
        paintPoint(canvas, image.values, shape, range);
      });
    });
  }

  /** Marks a cell. */
  mark(chosen: ConfusionCell | null): void {
    this.#chosen = chosen;
    this.#cells.forEach((row, label) => {
      row.forEach(({ button }, given) => {
        const isChosen = chosen?.label === label && chosen.given === given;
        setAttribute(button, 'aria-pressed', String(isChosen));
      });
    });
    this.#focus.stopAt(chosen ? chosen.label * this.#cells.length + chosen.given : 0);
  }

  #lay(names: readonly string[]): void {
    if (String(names) === this.#names) return;
    this.#names = String(names);
    this.#cells = names.map((_, label) => names.map((__, given) => this.#makeCell(label, given)));
    const heads = names.map((name) => make('th', { scope: 'col' }, name));
    const rows = this.#cells.map((row, r) => {
      const cells = row.map(({ button }) => make('td', {}, button));
      return make('tr', {}, make('th', { scope: 'row' }, names[r]!), ...cells);
    });
    const corner = make('td', { class: 'corner' });
    this.element.replaceChildren(
      make('thead', {}, make('tr', {}, corner, ...heads)),
      make('tbody', {}, ...rows),
    );
    this.#focus.elements = this.#cells.flatMap((row) => row.map(({ button }) => button));
    this.mark(this.#chosen);
  }

  #makeCell(label: number, given: number): CellParts {
    const count = make('span');
    const canvas = makePixels(null);
    const kind = label === given ? 'cell right' : 'cell';
    const button = make('button', { type: 'button', class: kind }, count, canvas);
    button.addEventListener('click', () => this.#choose({ label, given }));
    return { button, count, canvas };
  }

  /** The cell to which an arrow leads. */
  #next(from: number, key: string): number | null | undefined {
    const step = STEPS[key];
    if (!step) return null;
    const { length } = this.#cells;
    const [row, column] = [Math.floor(from / length) + step[0], (from % length) + step[1]];
    return this.#cells[row]?.[column] && row * length + column;
  }
}

/** '3 taken for 8: 4', '3 taken for 3: 40'. */
export function describeCell(
  names: readonly string[],
  { label, given }: ConfusionCell,
  count: number,
): string {
  return `${names[label]} taken for ${names[given]}: ${count}`;
}
