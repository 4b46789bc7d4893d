import type { Field, Quantity } from '../model/field.ts';
import type { ColormapName } from '../scales/colormaps.ts';
import type { Contours, Range } from '../scales/pictureColors.ts';
import type { Projection } from '../view/projection.ts';
import type { View } from '../view/view.ts';

export type { Contours, Range };

/** Everything that a person can change, as plain JSON. The frame is a function of it; the URL holds it. */
export interface State {
  readonly field: Field;
  readonly view: View;
  /** How the plane is laid out in the picture. */
  readonly projection: Projection;
  readonly quantity: Quantity;
  readonly colormap: ColormapName;
  readonly range: Range;
  readonly contours: Contours;
  /** Whether hinge lines are drawn over the picture. */
  readonly hinges: boolean;
  /** Samples per device pixel and axis at rest. */
  readonly supersampling: 1 | 2 | 4;
}
