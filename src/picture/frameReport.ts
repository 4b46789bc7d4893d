/** What the renderer reports about the picture that it has just put on the screen. */
export interface FrameReport {
  /** The stage of the picture: coarse while something moves, then full, then finer. */
  readonly stage: 'moving' | 'full' | 'supersampled';
  /** True if nothing finer will follow for the current state. */
  readonly settled: boolean;
  /** Minimum, maximum and mean of the shown quantity over the samples; null for regions and classes. */
  readonly statistics: { readonly min: number; readonly max: number; readonly mean: number } | null;
  /** null for regions and classes. */
  readonly range: ShownRange | null;
  /** Contour levels in ascending order, empty if contours are off. */
  readonly levels: readonly number[];
  /** True if the field has the same value at every sample of the view. */
  readonly constant: boolean;
  /** Number of samples evaluated for this picture. */
  readonly samples: number;
  /** Milliseconds from submission to completion on the GPU; while something moves, of the picture before, since this one is not completed yet. */
  readonly milliseconds: number;
  /** The same for the picture with one sample per pixel that a finer one follows: what a frame costs. */
  readonly frameMilliseconds: number;
}

/**
 * The values at the two ends of the colour map. In a deep view float64 has few digits left for them: there
 * base + baseLow + minDifference, and + maxDifference, are exact.
 */
export interface ShownRange {
  readonly min: number;
  readonly max: number;
  readonly base: number;
  readonly baseLow: number;
  readonly minDifference: number;
  readonly maxDifference: number;
  /** Of an equalised picture: the differences between which each 1/1024 of its samples lies; null for others. */
  readonly stops: ArrayLike<number> | null;
}
