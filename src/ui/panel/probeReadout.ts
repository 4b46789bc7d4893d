import { shapeOf } from '../../model/drawnNetwork.ts';
import type { Field, Vec2 } from '../../model/field.ts';
import { type ImageShape, imageShapeOf } from '../../model/imageShape.ts';
import type { DoubleDouble, Point } from '../../numeric/doubleDouble.ts';
import { createEvaluator } from '../../reference/evaluate.ts';
import type { FieldEvaluator } from '../../reference/evaluator.ts';
import { probeFinely, probeWith } from '../../reference/probe.ts';
import { formatCoordinate } from '../../scales/format.ts';
import { axesOf, type PlaneAxis, toUnit } from '../../scales/names.ts';
import type { State } from '../../state/state.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import { planePoint, type View } from '../../view/view.ts';
import { make } from '../dom/elements.ts';
import { Throttle } from '../dom/throttle.ts';
import type { ReadPlace } from '../exporting/copiedNumbers.ts';
import { describeProbe } from './probeRows.ts';

/** Below this fraction of the coordinates float64's rounding, over some layers, can reach a pixel. */
const DEEP = 1e-9;
/** The readout follows the pointer this fast, or more slowly if a probe takes long. */
const INTERVAL_MS = 50;
const INTERVAL_PER_COST = 10;

/**
 * The values of the field at a point, in float64: under the pointer, where a finger tapped or a mouse clicked, or in the
 * middle while the picture has the keyboard's focus.
 */
export class ProbeReadout {
  readonly #card = make('div', { class: 'probe', hidden: true });
  readonly #mark = make('div', { class: 'mark', hidden: true });
  readonly #geometry: PictureGeometry;
  #evaluator: FieldEvaluator | null = null;
  #state: State | null = null;
  #shape: ImageShape | null = null;
  #pointer: Vec2 | null = null;
  #pinned = false;
  #keyboard = false;
  readonly #throttle = new Throttle(INTERVAL_MS, () => this.#read());

  constructor(picture: HTMLElement, geometry: PictureGeometry) {
    this.#geometry = geometry;
    picture.append(this.#mark, this.#card);
  }

  /** Follows the pointer; `pinned` marks the place, for a finger that has gone and for a click, and says more of it. */
  pointAt(atPx: Vec2 | null, pinned: boolean): void {
    this.#pointer = atPx;
    this.#pinned = pinned && atPx !== null;
    this.#update();
  }

  /** Probes the middle while there is no pointer. */
  useKeyboard(active: boolean): void {
    this.#keyboard = active;
    this.#update();
  }

  show(state: State): void {
    const { field, image } = state;
    if (field !== this.#state?.field) this.#evaluator = null;
    this.#state = state;
    this.#shape = imageShapeOf(field, image);
    this.#update();
  }

  /** The point of a view that is read, or else that in the middle. */
  placeIn(view: View): ReadPlace {
    const at = this.#place() ?? this.#middle;
    const point = planePoint(view, this.#geometry.toView(...at));
    return { point, isDeep: isDeep(point, this.#scaleAt(at, view)) };
  }

  destroy(): void {
    this.#throttle.cancel();
  }

  #update(): void {
    const at = this.#place();
    this.#card.hidden = at === null;
    this.#mark.hidden = at === null || !this.#isMarked;
    if (at === null) this.#throttle.cancel();
    else this.#throttle.request();
  }

  /** Whether the place stays where it is, whatever the pointer does. */
  get #isMarked(): boolean {
    return this.#pinned || this.#pointer === null;
  }

  #place(): Vec2 | null {
    if (this.#pointer !== null) return this.#pointer;
    return this.#keyboard ? this.#middle : null;
  }

  get #middle(): Vec2 {
    return [this.#geometry.width / 2, this.#geometry.height / 2];
  }

  /** The length that is seen there as the view's half-width is in a plane picture. */
  #scaleAt(at: Vec2, view: View): number {
    return view.halfWidth * this.#geometry.lengthSeenAt(...at);
  }

  #read(): void {
    const [at, state] = [this.#place(), this.#state];
    if (!at || !state) return;
    const { field, view } = state;
    const start = performance.now();
    this.#evaluator ??= createEvaluator(field);
    const u = this.#geometry.toView(...at);
    const point = planePoint(view, u);
    const { x, y } = point;
    const scale = this.#scaleAt(at, view);
    const fine = isDeep(point, scale);
    const evaluator = this.#evaluator;
    const probe = fine ? probeFinely(evaluator, x, y) : probeWith(evaluator, x.high, y.high);
    const outputs = () =>
      fine ? evaluator.outputsPrecisely(x, y) : evaluator.outputs(x.high, y.high);
    const reading = hasMore(field) ? outputs() : null;
    const costMs = performance.now() - start;
    this.#throttle.intervalMs = Math.max(INTERVAL_MS, INTERVAL_PER_COST * costMs);
    this.#mark.style.translate = `${at[0]}px ${at[1]}px`;
    this.#card.classList.toggle('right', isUnderCard(at, this.#geometry.width));
    const [first, second] = axesOf(field);
    const isRadial = this.#geometry.projection.kind === 'logRadial';
    const rows = describeProbe({
      state,
      coordinates: [describeCoordinate(x, first, scale), describeCoordinate(y, second, scale)],
      away: isRadial ? view.halfWidth * Math.hypot(...u) : null,
      scale,
      probe,
      reading,
      shape: this.#shape,
      hasMaps: this.#isMarked,
    });
    this.#card.replaceChildren(...rows);
  }
}

/** Whether float64 cannot tell a point from its neighbours in the picture. */
export function isDeep({ x, y }: Point, scale: number): boolean {
  return scale < DEEP * Math.max(1, Math.abs(x.high), Math.abs(y.high));
}

function describeCoordinate(value: DoubleDouble, { unit }: PlaneAxis, scale: number): string {
  const { high, low } = toUnit(value, unit);
  return formatCoordinate(high, low, scale * (unit?.scale ?? 1));
}

/** Whether there is more to say than the value: of several outputs, or of the point of a slice. */
function hasMore({ network, slice }: Field): boolean {
  return slice !== null || shapeOf(network).outputs > 1;
}

/** The card lies top left, and moves out of the way of a pointer there. */
function isUnderCard(at: Vec2, width: number): boolean {
  return at[0] < Math.min(320, width / 2) && at[1] < 260;
}
