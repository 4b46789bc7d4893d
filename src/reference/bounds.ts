/** Bounds of a field's values that are known without evaluating it; ±Infinity if none are. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const UNBOUNDED: Bounds = { min: -Infinity, max: Infinity };
