import type { Field, Quantity, Vec2 } from '../model/field.ts';
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
 * A selected region of a network, named by a point inside it: the exact sums point + pointLow, as the
 * centre of a view, so that it names a region of any size. Whatever region of another network holds the
 * point is selected there.
 */
export interface Selection {
  readonly point: Vec2;
  readonly pointLow: Vec2;
}

/** Labelled points over the picture of a sigmoid or tanh neuron: those of the exercise, or none. */
export type Points = 'none' | 'exercise';

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
  /** Whether the exact edges of a network's regions are drawn over the picture. */
  readonly edges: boolean;
  /** Shown while the edges are. */
  readonly selection: Selection | null;
  readonly points: Points;
  /** Samples per device pixel and axis at rest. */
  readonly supersampling: 1 | 2 | 4;
}
