import type { Cell, DetailedArrangement } from '../../geometry/arrangement.ts';
import { locate } from '../../geometry/locate.ts';
import type { Vec2 } from '../../model/field.ts';
import { formatNumber } from '../../view/format.ts';
import type { View } from '../../view/view.ts';
import { planePoint, viewCoordinate } from '../../view/view.ts';
import { make, makeSvg, setAttribute } from '../dom.ts';
import type { PictureGeometry } from '../pictureGeometry.ts';

const DIGITS = 5;
/** Decimals of a pixel: finer than any screen, and finite in SVG's float32. */
const PIXEL_DECIMALS = 2;
/** While a view moves, edges of the last arrangement may lie this many pictures away. */
const FAR_PX = 1e6;
const NEIGHBOURS_MAX = 12;
/** With more points than this lines are thin and alone, so that the picture stays in sight. */
const DENSE_POINTS = 2000;

/** Exact edges and vertices over the picture, the hovered or selected region, and its facts. */
export class RegionsOverlay {
  readonly #geometry: PictureGeometry;
  readonly #svg = makeSvg('svg', { class: 'overlay arrangement empty', 'aria-hidden': 'true' });
  readonly #casing = makeSvg('path', { class: 'casing' });
  readonly #edges = makeSvg('path', { class: 'edges' });
  readonly #vertices = makeSvg('path', { class: 'vertices' });
  readonly #neighbours = makeSvg('path', { class: 'neighbours' });
  readonly #outline = makeSvg('path', { class: 'outline' });
  readonly #card = make('div', { class: 'regionCard', role: 'status', hidden: true });
  #arrangement: DetailedArrangement | null = null;
  #view: View | null = null;
  #pointer: Vec2 | null = null;
  /** The pattern of the region that was clicked. */
  #selected: string | null = null;
  #cardKey = '';

  constructor(picture: HTMLElement, canvas: HTMLCanvasElement, geometry: PictureGeometry) {
    this.#geometry = geometry;
    this.#svg.append(this.#neighbours, this.#casing, this.#edges, this.#vertices, this.#outline);
    // Under the readings that lie on the picture.
    canvas.after(this.#svg);
    picture.append(this.#card);
  }

  get isShown(): boolean {
    return this.#arrangement !== null;
  }

  /** null takes the overlay away. */
  showArrangement(arrangement: DetailedArrangement | null): void {
    this.#arrangement = arrangement;
    this.#svg.classList.toggle('empty', arrangement === null);
    if (arrangement === null) this.#selected = null;
    this.#draw();
  }

  showView(view: View): void {
    this.#view = view;
    if (this.#arrangement) this.#draw();
  }

  /** Where the pointer is, in CSS pixels of the picture; null when it is elsewhere. */
  point(at: Vec2 | null): void {
    this.#pointer = at;
    if (this.#arrangement) this.#showCell();
  }

  /** Selects the region at a place in CSS pixels; a second time releases it. */
  select(at: Vec2): void {
    const cell = this.#cellAt(at);
    const key = cell && keyOf(cell);
    this.#selected = key === this.#selected ? null : key;
    this.#showCell();
  }

  selectPattern(cell: Cell): void {
    this.#selected = keyOf(cell);
    this.#showCell();
  }

  /** Releases the selected region; false if there was none. */
  release(): boolean {
    const had = this.#selected !== null;
    this.#selected = null;
    this.#showCell();
    return had;
  }

  #draw(): void {
    const arrangement = this.#arrangement;
    if (!arrangement || !this.#view) {
      this.#card.hidden = true;
      return;
    }
    const places = arrangement.points.map(({ x, y }) => this.#toPixel(x, y));
    const lines: string[] = [];
    for (const { from, to, neuron } of arrangement.edges) {
      const [a, b] = [places[from], places[to]];
      if (neuron >= 0 && a && b) lines.push(`M${a}L${b}`);
    }
    const dots = arrangement.points.map(({ kind }, i) =>
      kind === 'vertex' && places[i] ? `M${places[i]}h0` : '',
    );
    this.#svg.classList.toggle('dense', arrangement.points.length > DENSE_POINTS);
    setAttribute(this.#casing, 'd', lines.join(''));
    setAttribute(this.#edges, 'd', lines.join(''));
    setAttribute(this.#vertices, 'd', dots.join(''));
    this.#showCell();
  }

  /** null where it is too far away to be drawn. */
  #toPixel(x: number, y: number): string | null {
    const u = viewCoordinate(this.#view!, { x, y, xLow: 0, yLow: 0 });
    const [px, py] = this.#geometry.toPixel(u);
    if (!(Math.abs(px) < FAR_PX && Math.abs(py) < FAR_PX)) return null;
    return `${px.toFixed(PIXEL_DECIMALS)} ${py.toFixed(PIXEL_DECIMALS)}`;
  }

  #cellAt(at: Vec2): Cell | null {
    if (!this.#arrangement || !this.#view) return null;
    const { x, y } = planePoint(this.#view, this.#geometry.toView(...at));
    const index = locate(this.#arrangement, x, y);
    return index === null ? null : this.#arrangement.cells[index]!;
  }

  #showCell(): void {
    const arrangement = this.#arrangement;
    const selected = arrangement?.cells.find((cell) => keyOf(cell) === this.#selected) ?? null;
    const hovered = this.#pointer && this.#cellAt(this.#pointer);
    const cell = selected ?? hovered;
    const outlined = cell && arrangement ? [cell] : [];
    const around = cell && arrangement ? neighboursOf(arrangement, cell) : [];
    setAttribute(this.#outline, 'd', outlined.map((one) => this.#outlineOf(one)).join(''));
    setAttribute(this.#neighbours, 'd', around.map(({ cell: c }) => this.#outlineOf(c)).join(''));
    this.#outline.classList.toggle('selected', selected !== null);
    this.#showCard(cell, selected !== null);
  }

  #outlineOf(cell: Cell): string {
    const { points } = this.#arrangement!;
    const places = cell.corners.map((corner) =>
      this.#toPixel(points[corner]!.x, points[corner]!.y),
    );
    return places.includes(null) ? '' : `M${places.join('L')}Z`;
  }

  #showCard(cell: Cell | null, selected: boolean): void {
    const arrangement = this.#arrangement;
    this.#card.hidden = cell === null || arrangement === null;
    if (cell === null || arrangement === null) {
      this.#cardKey = '';
      return;
    }
    const key = `${keyOf(cell)} ${cell.area} ${selected}`;
    if (key === this.#cardKey) return;
    this.#cardKey = key;
    const rows = describeCell(arrangement, cell).map(([name, value]) =>
      make('div', {}, make('dt', {}, name), make('dd', {}, value)),
    );
    const hint = selected ? 'Selected. Esc releases it.' : 'Click or Enter selects.';
    this.#card.replaceChildren(make('dl', {}, ...rows), make('p', {}, hint));
  }
}

interface Neighbour {
  readonly cell: Cell;
  /** Neurons that switch on the way. */
  readonly flips: readonly number[];
}

function neighboursOf({ cells, edges }: DetailedArrangement, cell: Cell): Neighbour[] {
  return cell.neighbours.flatMap((neighbour, i) =>
    neighbour < 0 ? [] : [{ cell: cells[neighbour]!, flips: edges[cell.edges[i]!]!.flips }],
  );
}

/** What the card says of a region. */
export function describeCell(
  arrangement: DetailedArrangement,
  cell: Cell,
): readonly (readonly [name: string, value: string])[] {
  const { a, b } = cell.map;
  const cut = cell.neighbours.some((neighbour) => neighbour < 0);
  const neighbours = neighboursOf(arrangement, cell);
  const across = neighbours
    .slice(0, NEIGHBOURS_MAX)
    .map(({ flips }) => flips.map((neuron) => nameNeuron(arrangement, neuron)).join('+'));
  const more = neighbours.length > NEIGHBOURS_MAX ? '…' : '';
  return [
    ['pattern', cell.pattern.join(' ')],
    [cut ? 'area in view' : 'area', formatNumber(cell.area, DIGITS)],
    ['f(x)', `${number(a[0])} x₁ ${signed(a[1])} x₂ ${signed(b)}`],
    ['gradient', `(${number(a[0])}, ${number(a[1])}), norm ${number(Math.hypot(...a))}`],
    ['neighbours', `${neighbours.length}, across ${across.join(', ')}${more}`],
  ];
}

/** '2.5' for the fifth neuron of the second hidden layer. */
function nameNeuron({ network }: DetailedArrangement, neuron: number): string {
  let rest = neuron;
  for (const [layer, width] of network.widths.slice(1, -1).entries()) {
    if (rest < width) return `${layer + 1}.${rest + 1}`;
    rest -= width;
  }
  return String(neuron + 1);
}

function keyOf(cell: Cell): string {
  return cell.pattern.join(' ');
}

function number(value: number): string {
  return formatNumber(value, DIGITS);
}

function signed(value: number): string {
  return value < 0 ? `− ${number(-value)}` : `+ ${number(value)}`;
}
