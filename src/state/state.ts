import type { Field, Quantity } from '../model/field.ts';
import type { ColormapName } from '../scales/colormaps.ts';
import type { Projection } from '../view/projection.ts';
import type { View } from '../view/view.ts';

/** How values are mapped to the ends of the colour map. */
export type Range =
  | { readonly mode: 'auto' }
  | { readonly mode: 'symmetric' }
  | { readonly mode: 'fixed'; readonly min: number; readonly max: number };

/** Contours at "nice" levels: colours in steps, lines, or both. */
export interface Contours {
  /** Colours in steps (filled contours) instead of continuous. */
  readonly filled: boolean;
  /** Lines at the levels. */
  readonly lines: boolean;
  /** The approximate number of levels, 2 to 64; the nice step determines it. */
  readonly count: number;
}

/**
 * Which part of the plane the picture shows: the square centre ± half-width, or as much as its room
 * holds around that square.
 */
export type Frame = 'square' | 'fill';

/** Everything that a person can change, as plain JSON. The frame is a function of it; the URL holds it. */
export interface State {
  readonly field: Field;
  readonly view: View;
  /** How the plane is laid out in the picture. */
  readonly projection: Projection;
  readonly frame: Frame;
  /**
   * Samples along each side of the square centre ± half-width, end points included, 2 to 2048: the grid of
   * np.gradient, of minimum, maximum and mean, and hence of automatic ranges and contour levels.
   */
  readonly gridSamples: number;
  readonly quantity: Quantity;
  readonly colormap: ColormapName;
  readonly range: Range;
  readonly contours: Contours;
  /** Whether hinge lines are drawn over the picture. */
  readonly hinges: boolean;
  /** Samples per device pixel and axis at rest. */
  readonly supersampling: 1 | 2 | 4;
}
