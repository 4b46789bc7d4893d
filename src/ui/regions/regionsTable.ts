import type { Arrangement } from '../../geometry/arrangement.ts';
import type { RegionBounds } from '../../geometry/bounds.ts';
import { formatCount, formatNumber } from '../../scales/format.ts';
import type { FieldNames } from '../../scales/names.ts';
import { makeExplanation } from '../controls/concepts.ts';
import { make, setText } from '../dom/elements.ts';
import { ClassTable, COLUMNS, type Column } from './classTable.ts';

const REACH_DIGITS = 6;
const LENGTH_DIGITS = 5;
const NONE = '–';

/** What the rows show. Those of classes are there only if a network has several outputs. */
const ROWS: readonly {
  readonly name: string;
  readonly title: string;
  readonly ofClasses?: boolean;
  read(arrangement: Arrangement): string;
}[] = [
  {
    name: 'activation regions',
    title: 'Sets on which every neuron keeps its sign',
    read: ({ activationRegions }) => formatCount(activationRegions),
  },
  {
    name: 'linear regions',
    title: 'Connected sets with one affine map',
    read: ({ linearRegions }) => formatCount(linearRegions),
  },
  {
    name: 'affine functions',
    title: 'Distinct affine maps',
    read: ({ affineFunctions }) => formatCount(affineFunctions),
  },
  {
    name: 'vertices',
    title: 'Points where hinges meet',
    read: ({ vertices }) => formatCount(vertices),
  },
  {
    name: 'unbounded',
    title: 'Activation regions that extend to infinity',
    read: ({ window, unbounded }) => (window === null ? formatCount(unbounded) : NONE),
  },
  {
    name: 'reach',
    title: 'Half-width of the smallest square about the origin that contains all vertices',
    read: ({ window, reach }) =>
      window === null && reach !== null ? formatNumber(reach, REACH_DIGITS) : NONE,
  },
  {
    name: 'decision regions',
    title: 'Connected sets on which one class wins',
    ofClasses: true,
    read: ({ decision }) => (decision ? formatCount(decision.regions) : NONE),
  },
  {
    name: 'boundary length',
    title: 'The length of all lines between classes',
    ofClasses: true,
    read: ({ decision }) => {
      const length = decision?.boundaryLength ?? null;
      return length === null ? NONE : formatNumber(length, LENGTH_DIGITS);
    },
  },
];
const REACH = 'reach';

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
  readonly #classRows: HTMLElement[] = [];
  readonly #classes = new ClassTable();
  readonly #status: Readonly<Record<Column, HTMLElement>>;
  readonly #grid = make('p', { class: 'gridSees', role: 'status' });
  readonly #bounds = make('dl', { class: 'bounds' });

  constructor() {
    const head = COLUMNS.map((column) => make('th', { scope: 'col' }, column));
    this.#status = { view: statusLine(), plane: statusLine() };
    this.element = make(
      'div',
      { class: 'regionsTable' },
      make('table', {}, make('tr', {}, make('td'), ...head), ...this.#makeRows()),
      this.#classes.element,
      this.#grid,
      this.#status.view,
      this.#status.plane,
      this.#bounds,
    );
  }

  /** Names the classes that are shown next. */
  useNames(names: FieldNames): void {
    this.#classes.names = names;
  }

  showCounts(column: Column, arrangement: Arrangement): void {
    for (const { name, read } of ROWS) this.#set(column, name, read(arrangement));
    for (const row of this.#classRows) row.hidden = arrangement.decision === null;
    this.#classes.show(column, arrangement.decision);
    const coincidence = arrangement.generic ? '' : ', degenerate position';
    setText(this.#status[column], `${column}: ✓ certified${coincidence}`);
    this.#showBounds(arrangement);
  }

  /** Shows why there are no counts, or their progress. */
  showStatus(column: Column, text: string, keepCounts: boolean): void {
    setText(this.#status[column], `${column}: ${text}`);
    if (keepCounts) return;
    for (const { name } of ROWS) this.#set(column, name, NONE);
    this.#classes.show(column, null);
  }

  showGrid(text: string): void {
    setText(this.#grid, text);
  }

  #makeRows(): HTMLElement[] {
    return ROWS.flatMap(({ name, title, ofClasses = false }) => {
      const cells = COLUMNS.map((column) => {
        const cell = make('td', {}, NONE);
        cell.dataset.count = `${column} ${name}`;
        this.#cells.set(`${column} ${name}`, cell);
        return cell;
      });
      const head = make('th', { scope: 'row', title }, name);
      const row = make('tr', { hidden: ofClasses }, head, ...cells);
      if (ofClasses) this.#classRows.push(row);
      if (name !== REACH) return [row];
      const reach = makeExplanation(REACH);
      head.append(' ', reach.button);
      return [row, make('tr', {}, make('td', { colspan: COLUMNS.length + 1 }, reach.text))];
    });
  }

  #set(column: Column, row: string, text: string): void {
    setText(this.#cells.get(`${column} ${row}`)!, text);
  }

  /** They are those of hinges: an affine network has none. */
  #showBounds({ bounds, network }: Arrangement): void {
    const hasHinges = network.layers.length > 1;
    const entries = BOUNDS.filter(([key]) => hasHinges && bounds[key] !== null);
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

function statusLine(): HTMLElement {
  return make('p', { class: 'certified' });
}
