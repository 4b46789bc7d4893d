import type { Arrangement } from '../../geometry/arrangement.ts';
import type { RegionBounds } from '../../geometry/bounds.ts';
import { formatCount, formatNumber } from '../../scales/format.ts';
import { makeExplanation } from '../controls/concepts.ts';
import { make, setText } from '../dom/elements.ts';

const ROWS = [
  ['activation regions', 'Sets on which every neuron keeps its sign'],
  ['linear regions', 'Connected sets with one affine map'],
  ['affine functions', 'Distinct affine maps'],
  ['vertices', 'Points where hinges meet'],
  ['unbounded', 'Activation regions that extend to infinity'],
  ['reach', 'Half-width of the smallest square about the origin that contains all vertices'],
] as const;

const COLUMNS = ['view', 'plane'] as const;
export type Column = (typeof COLUMNS)[number];

const REACH_DIGITS = 6;

const BOUNDS: readonly (readonly [keyof RegionBounds, label: string, what: string])[] = [
  ['shallow', 'maximum, one layer', '1 + n + n(n − 1)/2, attained in general position (Zaslavsky)'],
  [
    'product',
    'upper bound, product',
    'Each layer cuts each region as if it were a plane (Montúfar 2017)',
  ],
  ['serra', 'upper bound, Serra et al.', 'Upper bound (Serra, Tjandraatmadja, Ramalingam 2018)'],
  [
    'montufar',
    'achievable, at least',
    'The best network of these widths has at least this many linear regions (Montúfar 2014)',
  ],
  ['expectedInUnitSquare', 'expected in [−1, 1]²', 'Mean over networks as initialised by PyTorch'],
];

/** The counts of the view and of the plane side by side, with the bounds. */
export class RegionsTable {
  readonly element: HTMLElement;
  readonly #cells = new Map<string, HTMLElement>();
  readonly #status: Readonly<Record<Column, HTMLElement>>;
  readonly #grid = make('p', { class: 'gridSees', role: 'status' });
  readonly #bounds = make('dl', { class: 'bounds' });

  constructor() {
    const head = COLUMNS.map((column) => make('th', { scope: 'col' }, column));
    const rows = ROWS.map(([name, title]) => {
      const cells = COLUMNS.map((column) => {
        const cell = make('td', {}, '–');
        cell.dataset.count = `${column} ${name}`;
        this.#cells.set(`${column} ${name}`, cell);
        return cell;
      });
      return make('tr', {}, make('th', { scope: 'row', title }, name), ...cells);
    });
    const reach = makeExplanation('reach');
    rows.at(-1)!.firstElementChild!.append(' ', reach.button);
    const about = make('tr', {}, make('td', { colspan: COLUMNS.length + 1 }, reach.text));
    this.#status = { view: statusLine(), plane: statusLine() };
    this.element = make(
      'div',
      { class: 'regionsTable' },
      make('table', {}, make('tr', {}, make('td'), ...head), ...rows, about),
      this.#grid,
      this.#status.view,
      this.#status.plane,
      this.#bounds,
    );
  }

  showCounts(column: Column, arrangement: Arrangement): void {
    const inPlane = arrangement.window === null;
    const { activationRegions, linearRegions, affineFunctions, vertices, unbounded, reach } =
      arrangement;
    const counts = [activationRegions, linearRegions, affineFunctions, vertices].map(formatCount);
    const rest = inPlane ? [formatCount(unbounded), formatReach(reach)] : ['–', '–'];
    for (const [row, text] of [...counts, ...rest].entries())
      this.#set(column, ROWS[row]![0], text);
    const coincidence = arrangement.generic ? '' : ', degenerate position';
    setText(this.#status[column], `${column}: ✓ certified${coincidence}`);
    this.#showBounds(arrangement.bounds);
  }

  /** Shows why there are no counts, or their progress. */
  showStatus(column: Column, text: string, keepCounts: boolean): void {
    setText(this.#status[column], `${column}: ${text}`);
    if (keepCounts) return;
    for (const [row] of ROWS) this.#set(column, row, '–');
  }

  showGrid(text: string): void {
    setText(this.#grid, text);
  }

  #set(column: Column, row: string, text: string): void {
    setText(this.#cells.get(`${column} ${row}`)!, text);
  }

  #showBounds(bounds: RegionBounds): void {
    const entries = BOUNDS.filter(([key]) => bounds[key] !== null);
    this.#bounds.replaceChildren(
      ...entries.map(([key, label, what]) =>
        make(
          'div',
          { title: what },
          make('dt', {}, label),
          make('dd', {}, formatCount(bounds[key]!)),
        ),
      ),
    );
  }
}

function formatReach(reach: number | null): string {
  return reach === null ? '–' : formatNumber(reach, REACH_DIGITS);
}

function statusLine(): HTMLElement {
  return make('p', { class: 'certified' });
}
