import {
  type EditedPoints,
  editedPoints,
  specOfPoints,
  withoutPoint,
  withPoint,
  withPointAt,
} from '../../data/editPoints.ts';
import { shapeOf } from '../../model/drawnNetwork.ts';
import type { Vec2 } from '../../model/field.ts';
import { MAX_OUTPUTS } from '../../model/networks.ts';
import { projectOnSlice } from '../../model/projectOnSlice.ts';
import { nearestPoint, pixelOf } from '../../overlay/pointPlaces.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import { planePoint } from '../../view/view.ts';
import type { Motion, Session } from './session.ts';

/** A press so near to a point means it. */
const REACH_PX = 12;
/** The brush sprays points within this distance of the pointer, and one for each so many pixels of its way. */
const BRUSH_RADIUS_PX = 25;
const BRUSH_STEP_PX = 6;

/** One press of an arrow key moves the chosen point so far, in half-widths. */
const STEP = 0.02;
const STEP_FINE = 0.002;

/** The point that the keyboard moves. */
export interface ChosenPoint {
  readonly index: number;
  /** Of how many. */
  readonly count: number;
  readonly label: number;
  /** Its place in the plane, and in the picture in pixels. */
  readonly place: Vec2;
  readonly at: Vec2;
}

export interface PointsToolHost {
  readonly session: Pick<Session, 'state'>;
  readonly geometry: PictureGeometry;
  edit(patch: object, motion: Motion): void;
  /** Says why nothing happens. */
  explain(reason: string): void;
  onChange(): void;
}

/** What a drag moves. */
export type Grip = 'point' | 'brush' | 'picture';

/** What a person does with the points of the data set over the picture while the tool is on. */
export class PointsTool {
  readonly #host: PointsToolHost;
  #on = false;
  #label = 0;
  #brush = false;
  /** The point that the pointer moves. */
  #moved: number | null = null;
  #sprayed = 0;
  /** The index of the point that the keyboard moves. */
  #chosen: number | null = null;

  constructor(host: PointsToolHost) {
    this.#host = host;
  }

  get on(): boolean {
    return this.#on;
  }

  set on(on: boolean) {
    this.#on = on;
    this.#chosen = null;
    const { session, edit } = this.#host;
    if (on && !session.state.dataPoints) edit({ dataPoints: true }, 'still');
    this.#host.onChange();
  }

  /** null if none is chosen, or it is gone. */
  get chosen(): ChosenPoint | null {
    if (this.#chosen === null) return null;
    const { state } = this.#host.session;
    const points = editedPoints(state.data, shapeOf(state.field.network).inputs);
    if (typeof points === 'string' || this.#chosen >= points.x.length) return null;
    const place = this.#placeOf(points.x[this.#chosen]!);
    return {
      ...{ index: this.#chosen, count: points.x.length, label: points.y[this.#chosen]!, place },
      at: pixelOf(...place, state.view, this.#host.geometry),
    };
  }

  /** The class of new points, from 0. */
  get label(): number {
    return this.#label;
  }

  set label(label: number) {
    this.#label = Math.max(0, Math.min(MAX_OUTPUTS - 1, label));
    this.#host.onChange();
  }

  /** Whether a drag sprays points instead of moving the picture. */
  get brush(): boolean {
    return this.#brush;
  }

  set brush(brush: boolean) {
    this.#brush = brush;
    this.#host.onChange();
  }

  /** The middle of the picture, in pixels. */
  get middle(): Vec2 {
    const { width, height } = this.#host.geometry;
    return [width / 2, height / 2];
  }

  /** Adds a point at a place of the picture, in pixels. */
  add(at: Vec2): void {
    const points = this.#points();
    if (points) this.#show(withPoint(points, this.#inputAt(at), this.#label), 'still');
  }

  /** Removes the nearest point, if one is near. */
  remove(at: Vec2): void {
    const points = this.#points();
    const index = points && this.#nearest(points, at);
    if (index !== null) this.#show(withoutPoint(points!, index), 'still');
  }

  /** Chooses the point nearest to a place of the picture, or, once one is chosen, the next or the one before. */
  choose(step: 1 | -1, at: Vec2): void {
    const points = this.#points();
    if (points === null || points.x.length === 0) return;
    const { chosen } = this;
    const count = points.x.length;
    this.#chosen = chosen
      ? (chosen.index + step + count) % count
      : this.#nearest(points, at, Number.POSITIVE_INFINITY);
    this.#host.onChange();
  }

  /** Moves the chosen point; direction in view coordinates. @returns false if there is none */
  moveChosen(direction: Vec2, fine: boolean): boolean {
    const { chosen } = this;
    const points = chosen && this.#points();
    if (!chosen || !points) return false;
    const { view, field } = this.#host.session.state;
    const step = (fine ? STEP_FINE : STEP) * view.halfWidth;
    const [u1, u2] = chosen.place;
    const next = this.#round([u1 + step * direction[0], u2 + step * direction[1]]);
    // What a point has besides its place on the slice, stays.
    const { slice } = field;
    const moved = slice
      ? points.x[chosen.index]!.map(
          (x, i) => x + (next[0] - u1) * slice.axis1[i]! + (next[1] - u2) * slice.axis2[i]!,
        )
      : next;
    this.#show(withPointAt(points, chosen.index, moved), 'moving');
    this.#host.onChange();
    return true;
  }

  /** @returns false if none is chosen */
  removeChosen(): boolean {
    const { chosen } = this;
    const points = chosen && this.#points();
    if (!chosen || !points) return false;
    this.#chosen = null;
    this.#show(withoutPoint(points, chosen.index), 'still');
    this.#host.onChange();
    return true;
  }

  /** Chooses none. @returns false if none was chosen */
  release(): boolean {
    const had = this.chosen !== null;
    this.#chosen = null;
    if (had) this.#host.onChange();
    return had;
  }

  /** Begins a drag. */
  grab(at: Vec2): Grip {
    const points = this.#points();
    this.#moved = points && this.#nearest(points, at);
    this.#sprayed = 0;
    if (this.#moved !== null) return 'point';
    return points !== null && this.#brush ? 'brush' : 'picture';
  }

  /** Moves the point that was grabbed, or sprays. @param travelledPx since then */
  dragTo(at: Vec2, travelledPx: number): void {
    const points = this.#points();
    if (points === null) return;
    if (this.#moved === null) this.#spray(points, at, travelledPx);
    else this.#show(withPointAt(points, this.#moved, this.#inputAt(at)), 'moving');
  }

  #spray(points: EditedPoints, at: Vec2, travelledPx: number): void {
    let sprayed = points;
    for (; this.#sprayed * BRUSH_STEP_PX < travelledPx; this.#sprayed += 1) {
      // Uniform on the disc.
      const radius = BRUSH_RADIUS_PX * Math.sqrt(Math.random());
      const angle = 2 * Math.PI * Math.random();
      const place = [at[0] + radius * Math.cos(angle), at[1] + radius * Math.sin(angle)] as const;
      sprayed = withPoint(sprayed, this.#inputAt(place), this.#label);
    }
    if (sprayed !== points) this.#show(sprayed, 'moving');
  }

  #nearest({ x }: EditedPoints, at: Vec2, reachPx = REACH_PX): number | null {
    const { session, geometry } = this.#host;
    return nearestPoint(x, at, reachPx, session.state, geometry);
  }

  /** null, with a reason, if they cannot be edited. */
  #points(): EditedPoints | null {
    const { data, field } = this.#host.session.state;
    const points = editedPoints(data, shapeOf(field.network).inputs);
    if (typeof points !== 'string') return points;
    this.#host.explain(points);
    return null;
  }

  #show(points: EditedPoints, motion: Motion): void {
    this.#host.edit({ data: specOfPoints(points) }, motion);
  }

  /** Where a point of the input space lies in the plane. */
  #placeOf(point: readonly number[]): Vec2 {
    const { slice } = this.#host.session.state.field;
    const [u1, u2] = projectOnSlice(slice, Float64Array.from(point)).places;
    return [u1!, u2!];
  }

  /** To a thousandth of the half-width: links stay short. */
  #round([u1, u2]: Vec2): Vec2 {
    const { halfWidth } = this.#host.session.state.view;
    const digits = Math.min(100, Math.max(0, 3 - Math.floor(Math.log10(halfWidth))));
    return [Number(u1.toFixed(digits)), Number(u2.toFixed(digits))];
  }

  /** The point of the input space that the picture shows at a place. */
  #inputAt([x, y]: Vec2): number[] {
    const { session, geometry } = this.#host;
    const { field, view } = session.state;
    const point = planePoint(view, geometry.toView(x, y));
    const [u1, u2] = this.#round([point.x.high, point.y.high]);
    const { slice } = field;
    if (slice === null) return [u1, u2];
    return slice.origin.map((o, i) => o + u1 * slice.axis1[i]! + u2 * slice.axis2[i]!);
  }
}
