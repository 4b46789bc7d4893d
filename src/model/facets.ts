import type { Vec2 } from './field.ts';

/** Numbers of an output's affine map: its derivatives along x and y, and its value at the centre. */
export const FACET_MAP_SIZE = 3;

/**
 * A piecewise linear network on a rectangle of the plane: the convex facets on which all its outputs are affine, as plain
 * data that can be posted between threads. All places are relative to the centre, center + centerLow.
 */
export interface Facets {
  readonly center: Vec2;
  readonly centerLow: Vec2;
  /** The rectangle's sides, [min, max]. */
  readonly x: Vec2;
  readonly y: Vec2;
  /** [facets + 1]: index of the first corner of each facet, and the number of all. */
  readonly firstCorner: Uint32Array<ArrayBuffer>;
  /** [corners, 2], counterclockwise in each facet; facets side by side share theirs to the last digit. */
  readonly corners: Float64Array<ArrayBuffer>;
  /** The number of outputs, K. */
  readonly outputs: number;
  /** A bound of the errors of the outputs' values at the centre. */
  readonly error: number;
  /** [facets, K, FACET_MAP_SIZE] */
  readonly maps: Float64Array<ArrayBuffer>;
  /** [hinges, 4]: the segments between facets, from x, y to x, y. */
  readonly hinges: Float64Array<ArrayBuffer>;
  /** [hinges]: the hidden layer of the neuron that has its hinge there, from 1. */
  readonly hingeLayers: Uint8Array<ArrayBuffer>;
}
