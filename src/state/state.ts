import type { Field, Quantity } from '../model/field.ts';
import type { ColormapName } from '../scales/colormaps.ts';
import type { Contours, Range } from '../scales/pictureColors.ts';
import type { Projection } from '../view/projection.ts';
import type { View } from '../view/view.ts';

export type { Contours, Range };

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
