import { DENSE_POINTS } from '../../drawing/edgeMarks.ts';
import type { Cell, DetailedArrangement } from '../../geometry/arrangement.ts';
import { locate } from '../../geometry/locate.ts';
import type { Vec2 } from '../../model/field.ts';
import { type Placement, placementIn } from '../../regions/placement.ts';
import { describeCell, keyOf, neighboursOf, type WholeArea } from '../../regions/regionFacts.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import type { View } from '../../view/view.ts';
import { make, makeSvg, setAttribute } from '../dom/elements.ts';

/** Decimals of a pixel: finer than any screen, and finite in SVG's float32. */
const PIXEL_DECIMALS = 2;
/** While a view moves, edges of the last arrangement may lie this many pictures away. */
const FAR_PX = 1e6;

/** Exact edges and vertices over the picture, the hovered or selected region, and its facts. */
export class RegionsOverlay {
  readonly #geometry: PictureGeometry;
  readonly #wholeArea: (cell: Cell) => WholeArea;
  readonly #svg = makeSvg('svg', { class: 'overlay arrangement empty', 'aria-hidden': 'true' });
  readonly #casing = makeSvg('path', { class: 'casing' });
  readonly #edges = makeSvg('path', { class: 'edges' });
  readonly #vertices = makeSvg('path', { class: 'vertices' });
  readonly #neighbours = makeSvg('path', { class: 'neighbours' });
  readonly #outline = makeSvg('path', { class: 'outline' });
  readonly #card = make('div', { class: 'regionCard', role: 'status', hidden: true });
  #arrangement: DetailedArrangement | null = null;
  #view: View | null = null;
  /** Between the arrangement's places and view coordinates; null while either is missing. */
  #placement: Placement | null = null;
  #pointer: Vec2 | null = null;
  /** The key of the selected region, whether it is in view or not. */
  #selected: string | null = null;
  #cardKey = '';

  /** @param wholeArea called for regions that the window clips. */
  constructor(
    picture: HTMLElement,
    canvas: HTMLCanvasElement,
    geometry: PictureGeometry,
    wholeArea: (cell: Cell) => WholeArea,
  ) {
    this.#geometry = geometry;
    this.#wholeArea = wholeArea;
    this.#svg.append(this.#neighbours, this.#casing, this.#edges, this.#vertices, this.#outline);
    // Below the readout that lies on the picture.
    canvas.after(this.#svg);
    picture.append(this.#card);
  }

  get isShown(): boolean {
    return this.#arrangement !== null;
  }

  /** null removes the overlay. */
  showArrangement(arrangement: DetailedArrangement | null): void {
    this.#arrangement = arrangement;
    this.#svg.classList.toggle('empty', arrangement === null);
    this.#draw();
  }

  showView(view: View): void {
    this.#view = view;
    if (this.#arrangement) this.#draw();
  }

  /** The pointer's place in CSS pixels of the picture; null if it is elsewhere. */
  point(at: Vec2 | null): void {
    this.#pointer = at;
    if (this.#arrangement) this.#showCell();
  }

  /** Shows the region of this key as selected; null for none. */
  showSelected(key: string | null): void {
    if (key === this.#selected) return;
    this.#selected = key;
    this.#showCell();
  }

  /** Something on the card has become known. */
  showFacts(): void {
    this.#cardKey = '';
    this.#showCell();
  }

  #draw(): void {
    const arrangement = this.#arrangement;
    this.#placement =
      arrangement && this.#view ? placementIn(this.#view, arrangement.window) : null;
    if (!arrangement || !this.#placement) {
      this.#card.hidden = true;
      return;
    }
    const places = arrangement.points.map(({ x, y }) => this.#toPixel(x, y));
    const lines: string[] = [];
    for (const { from, to, neuron } of arrangement.edges) {
      const [a, b] = [places[from], places[to]];
      if (neuron >= 0 && a && b) lines.push(`M${a}L${this.#isCurved ? this.#curve(from, to) : b}`);
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

  /** The place in the picture of a place of the arrangement; null if it is too far away. */
  #toPixel(x: number, y: number): string | null {
    const at = this.#geometry.toPixel(this.#placement!.toView(x, y));
    return Math.abs(at[0]) < FAR_PX && Math.abs(at[1]) < FAR_PX ? print(at) : null;
  }

  /** In a log-radial picture straight edges are curves. */
  get #isCurved(): boolean {
    return this.#geometry.projection.kind === 'logRadial';
  }

  /** The path from one point of the arrangement to another in the picture, without its first point. */
  #curve(from: number, to: number): string {
    const ends = [from, to].map((point) => {
      const { x, y } = this.#arrangement!.points[point]!;
      return this.#placement!.toView(x, y);
    }) as [Vec2, Vec2];
    return this.#geometry
      .traceSegment(...ends)
      .slice(1)
      .map(print)
      .join('L');
  }

  #cellAt(at: Vec2): Cell | null {
    if (!this.#arrangement || !this.#placement) return null;
    const place = this.#placement.fromView(this.#geometry.toView(...at));
    const index = locate(this.#arrangement, ...place);
    return index === null ? null : this.#arrangement.cells[index]!;
  }

  #showCell(): void {
    const arrangement = this.#arrangement;
    const selected =
      this.#selected === null
        ? null
        : (arrangement?.cells.find((cell) => keyOf(cell) === this.#selected) ?? null);
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
    if (places.includes(null)) return '';
    if (!this.#isCurved) return `M${places.join('L')}Z`;
    const sides = cell.corners.map((corner, i) =>
      this.#curve(corner, cell.corners[(i + 1) % cell.corners.length]!),
    );
    return `M${places[0]}L${sides.join('L')}Z`;
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
    const rows = describeCell(arrangement, cell, () => this.#wholeArea(cell)).map(([name, value]) =>
      make('div', {}, make('dt', {}, name), make('dd', {}, value)),
    );
    const hint = selected ? 'Selected. Press Esc to deselect.' : 'Click or press Enter to select.';
    this.#card.replaceChildren(make('dl', {}, ...rows), make('p', {}, hint));
  }
}

function print([x, y]: Vec2): string {
  return `${x.toFixed(PIXEL_DECIMALS)} ${y.toFixed(PIXEL_DECIMALS)}`;
}
