/** What the renderer tells about the picture that it has just put on the screen. */
export interface FrameReport {
  /** How far the picture has come: a coarse one while something moves, then full, then finer. */
  readonly stage: 'moving' | 'full' | 'supersampled';
  /** True when nothing finer will follow for the current state. */
  readonly settled: boolean;
  /** Least, greatest and mean value of the shown quantity over the samples; null for regions. */
  readonly statistics: { readonly min: number; readonly max: number; readonly mean: number } | null;
  /**
   * The values at the two ends of the colour map; null for regions. In a deep view float64 has few
   * digits left for them: there base + baseLow + minDifference, and + maxDifference, are exact.
   */
  readonly range: {
    readonly min: number;
    readonly max: number;
    readonly base: number;
    readonly baseLow: number;
    readonly minDifference: number;
    readonly maxDifference: number;
  } | null;
  /** Contour levels in ascending order, empty when contours are off. */
  readonly levels: readonly number[];
  /** True when the field has one and the same value at every sample of the view. */
  readonly constant: boolean;
  /** Number of samples evaluated for this picture. */
  readonly samples: number;
  /** Milliseconds from submission to completion on the GPU. */
  readonly milliseconds: number;
}
