import { DENSE_POINTS, type Line, PlacedPoints } from '../../drawing/edgeLines.ts';
import type { Cell, DetailedArrangement } from '../../geometry/arrangement.ts';
import { locate } from '../../geometry/locate.ts';
import type { Vec2 } from '../../model/field.ts';
import { type Placement, placementIn } from '../../regions/placement.ts';
import { describeCell, keyOf, neighboursOf, type WholeArea } from '../../regions/regionFacts.ts';
import { type FieldNames, PLAIN_NAMES } from '../../scales/names.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import type { View } from '../../view/view.ts';
import { make, makeSvg, setAttribute } from '../dom/elements.ts';

/** Decimals of a pixel: finer than any screen, and finite in SVG's float32. */
const PIXEL_DECIMALS = 2;

/** Exact edges, vertices and class boundaries over the picture, the hovered or selected region, and its facts. */
export class RegionsOverlay {
  readonly #geometry: PictureGeometry;
  readonly #wholeArea: (cell: Cell) => WholeArea;
  readonly #svg = makeSvg('svg', { class: 'overlay arrangement empty', 'aria-hidden': 'true' });
  readonly #casing = makeSvg('path', { class: 'casing' });
  readonly #edges = makeSvg('path', { class: 'edges' });
  readonly #vertices = makeSvg('path', { class: 'vertices' });
  readonly #boundaryCasing = makeSvg('path', { class: 'boundaryCasing' });
  readonly #boundary = makeSvg('path', { class: 'boundary' });
  readonly #neighbours = makeSvg('path', { class: 'neighbours' });
  readonly #outline = makeSvg('path', { class: 'outline' });
  readonly #card = make('div', { class: 'regionCard', role: 'status', hidden: true });
  #arrangement: DetailedArrangement | null = null;
  #names: FieldNames = PLAIN_NAMES;
  #view: View | null = null;
  /** Between the arrangement's places and view coordinates; null while either is missing. */
  #placement: Placement | null = null;
  #placed: PlacedPoints | null = null;
  #pointer: Vec2 | null = null;
  /** The key of the selected region, whether it is in view or not. */
  #selected: string | null = null;
  #cardKey = '';

  /** @param notes takes the facts. @param wholeArea called for regions that the window clips. */
  constructor(
    notes: HTMLElement,
    canvas: HTMLCanvasElement,
    geometry: PictureGeometry,
    wholeArea: (cell: Cell) => WholeArea,
  ) {
    this.#geometry = geometry;
    this.#wholeArea = wholeArea;
    this.#svg.append(
      ...[this.#neighbours, this.#casing, this.#edges, this.#vertices],
      ...[this.#boundaryCasing, this.#boundary, this.#outline],
    );
    // Below the readout that lies on the picture.
    canvas.after(this.#svg);
    notes.append(this.#card);
  }

  get isShown(): boolean {
    return this.#arrangement !== null;
  }

  showArrangement(arrangement: DetailedArrangement, names: FieldNames): void {
    this.#arrangement = arrangement;
    this.#names = names;
    this.#svg.classList.remove('empty');
    this.#draw();
  }

  clear(): void {
    this.#arrangement = null;
    this.#svg.classList.add('empty');
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
    const { points, edges, decision } = arrangement;
    const { toView } = this.#placement;
    const placed = new PlacedPoints(points, toView, this.#geometry);
    this.#placed = placed;
    const lines = printLines(placed.lines(edges.filter(({ neuron }) => neuron >= 0)));
    const dots = points.map(({ kind }, i) => {
      const at = placed.pixels[i];
      return kind === 'vertex' && at ? `M${print(at)}h0` : '';
    });
    const ofClasses = decision
      ? new PlacedPoints(decision.points, toView, this.#geometry).lines(decision.boundary)
      : [];
    const boundary = printLines(ofClasses);
    this.#svg.classList.toggle('dense', points.length > DENSE_POINTS);
    setAttribute(this.#casing, 'd', lines);
    setAttribute(this.#edges, 'd', lines);
    setAttribute(this.#vertices, 'd', dots.join(''));
    setAttribute(this.#boundaryCasing, 'd', boundary);
    setAttribute(this.#boundary, 'd', boundary);
    this.#showCell();
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

  #outlineOf({ corners }: Cell): string {
    const outline = this.#placed?.outline(corners) ?? null;
    return outline ? `M${outline.map(print).join('L')}Z` : '';
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
    const rows = describeCell(arrangement, cell, this.#names, () => this.#wholeArea(cell)).map(
      ([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value)),
    );
    const hint = selected ? 'Selected. Press Esc to deselect.' : 'Click or press Enter to select.';
    this.#card.replaceChildren(make('dl', {}, ...rows), make('p', {}, hint));
  }
}

function print([x, y]: Vec2): string {
  return `${x.toFixed(PIXEL_DECIMALS)} ${y.toFixed(PIXEL_DECIMALS)}`;
}

function printLines(lines: readonly Line[]): string {
  return lines.map((line) => `M${line.map(print).join('L')}`).join('');
}
