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
import { nearestPoint } from '../../overlay/pointPlaces.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import { planePoint } from '../../view/view.ts';
import type { Motion, Session } from './session.ts';

/** A press so near to a point means it. */
const REACH_PX = 12;
/** The brush sprays points within this distance of the pointer, and one for each so many pixels of its way. */
const BRUSH_RADIUS_PX = 25;
const BRUSH_STEP_PX = 6;

export interface PointsToolHost {
  readonly session: Session;
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

  constructor(host: PointsToolHost) {
    this.#host = host;
  }

  get on(): boolean {
    return this.#on;
  }

  set on(on: boolean) {
    this.#on = on;
    const { session, edit } = this.#host;
    if (on && !session.state.dataPoints) edit({ dataPoints: true }, 'still');
    this.#host.onChange();
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

  #nearest({ x }: EditedPoints, at: Vec2): number | null {
    const { session, geometry } = this.#host;
    return nearestPoint(x, at, REACH_PX, session.state, geometry);
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

  /** The point of the input space that the picture shows at a place, to a thousandth of the half-width: links stay short. */
  #inputAt([x, y]: Vec2): number[] {
    const { session, geometry } = this.#host;
    const { field, view } = session.state;
    const point = planePoint(view, geometry.toView(x, y));
    const digits = Math.min(100, Math.max(0, 3 - Math.floor(Math.log10(view.halfWidth))));
    const [u1, u2] = [point.x.high, point.y.high].map((u) => Number(u.toFixed(digits))) as [
      number,
      number,
    ];
    const { slice } = field;
    if (slice === null) return [u1, u2];
    return slice.origin.map((o, i) => o + u1 * slice.axis1[i]! + u2 * slice.axis2[i]!);
  }
}
