/**
 * Activation patterns as 32-bit numbers, by Zobrist hashing: every hidden neuron has a random key,
 * and a region's id is the XOR of the keys of its active neurons. A neuron that changes its sign
 * changes the id by its key, independently of the others.
 *
 * Source: A. L. Zobrist, "A new hashing method with application for game playing", Technical
 * Report 88, University of Wisconsin (1970). The integer mix is lowbias32 of C. Wellons,
 * "Prospecting for hash functions" (https://nullprogram.com/blog/2018/07/31/), a bijection of the
 * 32-bit integers: keys are distinct, and none is 0, because only 0 is mapped to 0.
 */

/**
 * The key of a hidden neuron, an unsigned 32-bit integer; the shaders compute the same.
 *
 * @param index global index 0, 1, 2… over the hidden layers in order.
 */
export function neuronKey(index: number): number {
  let bits = (index + 1) | 0;
  bits ^= bits >>> 16;
  bits = Math.imul(bits, 0x7feb352d);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x846ca68b);
  bits ^= bits >>> 16;
  return bits >>> 0;
}

/**
 * The id of an activation pattern, an unsigned 32-bit integer.
 *
 * @param active [hidden neurons], by global index: whether the pre-activation is greater than 0.
 */
export function regionId(active: readonly boolean[]): number {
  let id = 0;
  active.forEach((isActive, index) => {
    if (isActive) id ^= neuronKey(index);
  });
  return id >>> 0;
}

/**
 * The patterns of a plane network's hidden layers as those of the network's own, of which clamps make two each: for each neuron '0' below
 * the clamp's range, '1' within it, and '2' beyond.
 *
 * @param patterns one string for each hidden layer, '1' where the pre-activation is > 0
 * @param isOneToOne [layers], of `PlaneLayer`
 */
export function ownPatterns(
  patterns: readonly string[],
  isOneToOne: readonly boolean[],
): readonly string[] {
  const own: string[] = [];
  patterns.forEach((pattern, layer) => {
    if (!isOneToOne[layer]) own.push(pattern);
    else own.push(joinClamps(own.pop()!, pattern));
  });
  return own;
}

/** @param lower '1' where z is above the range's lower end @param upper '0' where it is above the upper end too */
function joinClamps(lower: string, upper: string): string {
  return Array.from(lower, (sign, i) => (sign === '1' && upper[i] === '0' ? '2' : sign)).join('');
}
