/** Whether float32 holds all numbers without rounding. */
export function isFloat32(numbers: ArrayLike<number>): boolean {
  for (let i = 0; i < numbers.length; i += 1) {
    if (Math.fround(numbers[i]!) !== numbers[i]) return false;
  }
  return true;
}
