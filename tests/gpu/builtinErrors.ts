// How far WGSL lets builtins be off, for tolerances of what is made with them.
// Source: WGSL, section 15.7.4.1, "Accuracy of Concrete Floating Point Expressions".

/** An ulp of float32 relative to its number, at the most. */
const ULP = 2 ** -23;

/** exp(x), relative to it. */
export function expError(x: number): number {
  return (3 + 2 * Math.abs(x)) * ULP;
}

/** log(x) between ½ and 2. Elsewhere 3 ulp, which is less than this while x lies between e^−1.3 and e^1.3. */
export const LOG_ERROR = 2 ** -21;
