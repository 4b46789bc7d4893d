import type { DataSpec } from '../data/dataSpec.ts';
import type { Field, Quantity, Vec2 } from '../model/field.ts';
import type { ImageChoice } from '../model/imageShape.ts';
import type { ColormapName } from '../scales/colormaps.ts';
import type { Norm } from '../scales/norms.ts';
import type { Contours, Range } from '../scales/pictureColors.ts';
import type { Projection } from '../view/projection.ts';
import type { View } from '../view/view.ts';
import type { ShownRun } from './shownRun.ts';

export type { Contours, Norm, Range };

/**
 * Which part of the plane the picture shows: the square centre ± half-width, or as much as its room
 * holds around that square.
 */
export type Frame = 'square' | 'fill';

/**
 * A selected region of a network, named by a point inside it: the exact sums point + pointLow, as the
 * centre of a view, so that it names a region of any size. Whatever region of another network holds the
 * point is selected there.
 */
export interface Selection {
  readonly point: Vec2;
  readonly pointLow: Vec2;
}

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
  readonly norm: Norm;
  readonly contours: Contours;
  /** Whether hinge lines are drawn over the picture. */
  readonly hinges: boolean;
  /** Whether lines between the classes of a network with several outputs are drawn over the picture. */
  readonly boundaries: boolean;
  /** Whether the colours of classes are paler where softmax gives the class that wins a smaller share. */
  readonly shade: boolean;
  /** Whether the exact edges of a network's regions are drawn over the picture. */
  readonly edges: boolean;
  /** Shown while the edges are. */
  readonly selection: Selection | null;
  /** Points of a data set over the picture; null for none. */
  readonly data: DataSpec | null;
  /** Whether these points are drawn. */
  readonly dataPoints: boolean;
  /** The training run of which the field's network is a step; null for none. */
  readonly run: ShownRun | null;
  /** How points of a slice are shown as images. */
  readonly image: ImageChoice;
  /** Whether the network is drawn beside the picture, neuron by neuron. */
  readonly diagram: boolean;
  /** Whether weights as images and the confusion matrix are beside the picture. */
  readonly learnt: boolean;
  /** Samples per device pixel and axis at rest; 'auto' is 4, or 1 on an adapter that computes on the CPU. */
  readonly supersampling: 1 | 2 | 4 | 'auto';
}
