/** A panel that is drawn as vectors. */
export type VectorPanel = PlotPanel | TablePanel;

/** One that is a drawing on the page, too. */
export type PlotPanel = CurvesPanel | BarsPanel | ImagesPanel | ConfusionPanel;

/** Curves of one variable, drawn as vectors. */
export interface CurvesPanel {
  readonly kind: 'curves';
  readonly title: string;
  readonly x: AxisDescription;
  readonly y: AxisDescription;
  readonly curves: readonly Curve[];
  readonly markers: readonly Marker[];
}

export interface AxisDescription {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly scale: 'linear' | 'log10';
}

export interface Curve {
  readonly name: string;
  readonly style: 'line' | 'dashed' | 'points';
  /** [x, y]; the line has a gap at a point that is not finite, e.g. where a formula overflows. */
  readonly points: readonly (readonly [number, number])[];
}

/** A labelled line across the plot, e.g. where float32 overflows. */
export interface Marker {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly name: string;
}

/** Groups of bars from 0: `values[g][i]` is the height of item i in group g. */
export interface BarsPanel {
  readonly kind: 'bars';
  readonly title: string;
  readonly groups: readonly string[];
  readonly items: readonly string[];
  readonly values: readonly (readonly number[])[];
  readonly y: AxisDescription;
}

/** Small images on one scale, e.g. the weights of each class. */
export interface ImagesPanel {
  readonly kind: 'images';
  readonly title: string;
  readonly images: readonly (PixelImage & { readonly name: string })[];
  /** Whether values are of both signs, in diverging colours; else they are ink. */
  readonly isSigned: boolean;
}

/** How many points of a class (a row) a network gives each class (a column). */
export interface ConfusionPanel {
  readonly kind: 'confusion';
  readonly title: string;
  readonly names: readonly string[];
  readonly counts: readonly (readonly number[])[];
  /** The mean of the points of each cell; null where there are none. */
  readonly images: readonly (readonly (PixelImage | null)[])[];
}

export interface TablePanel {
  readonly kind: 'table';
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** An image in rows from the top. */
export interface PixelImage {
  /** [height, width] */
  readonly values: ArrayLike<number>;
  readonly width: number;
}
