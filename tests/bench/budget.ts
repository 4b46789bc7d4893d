/** A span of time that pieces of work share; what one leaves over, the next ones have. */
export class Budget {
  private readonly end: number;

  constructor(
    milliseconds: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.end = now() + milliseconds;
  }

  /** Milliseconds left, at least 0. */
  get left(): number {
    return Math.max(0, this.end - this.now());
  }

  /** A budget of its own for `weight` of `weights` parts of what is left. */
  share(weight: number, weights: number): Budget {
    return new Budget((this.left * weight) / weights, this.now);
  }
}

/**
 * The least power of two into which work must be cut so that one piece fits.
 * @param most pieces beyond which it is not cut
 */
export function partsToFit(estimate: number, slice: number, most: number): number {
  let parts = 1;
  while (parts < most && !(estimate / parts <= slice)) parts *= 2;
  return parts;
}
