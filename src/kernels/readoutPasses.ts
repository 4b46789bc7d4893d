/**
 * Readouts of the K outputs of a network, K ≥ 2, as passes over the outputs: unrolled (`unrollPasses`), or in loops.
 *
 * An output z_k is evaluated less a part that is common to all, an affine function of the last hidden layer's activations:
 * the mean of the outputs under softmax at the centre, or the output that wins there. With s the half-width and u a power of two,
 * the unit of the outputs, the lines read for each output k
 *
 *     h{k}        vec4f: change of (z_k − common part) since the centre, over s u
 *     p{k}        f32: (z_k − the largest output) at the centre, over s u; at most 0
 *     behind{k}   f32: (z_k − the second largest) likewise; margin only
 *     pi{k}, logPi{k}   f32: softmax(λ z) at the centre, and its logarithm; lse, gap, softmax only
 *     pick{k}     f32: 1 for the output that is shown, else 0; softmax and argmax only. Of gap 1 for the largest at the centre,
 *                 of margin also −1 for the second
 *     step{k}     vec4f: change of (z_k − common part) by np.gradient's step, over s u; `difference` only
 *     sX{k}, sY{k}   f32 or vec4f: derivatives of z_k − common part, in steps of `unit`; `boundary` only
 *
 * and once `commonPart` and `commonStep` (vec4f: the changes of the common part; only if `hasCommonPart`), and
 * for lse, gap and softmax the numbers of the logit kernels: steep, inverse, outer, rate, near, logitUnit (logitFields.ts).
 */
export interface ReadoutLines {
  /** Whether the common part counts, with the gradient 1: `commonPart` and `commonStep` are read. */
  readonly hasCommonPart: boolean;
  /** What all others continue. */
  readonly base: readonly Pass[];
  /** Defines `value: vec4f`. */
  readonly value: readonly Pass[];
  /** Defines share{k}: vec4f, the derivative of the value by h{k}. null if it is always 0. */
  readonly shares: readonly Pass[] | null;
  /**
   * Defines change{k}: vec4f, share{k} less that at the centre where gradients are relative to the centre's, else share{k}. Without
   * this, share{k} counts from 0, and the centre's gradient is that of the common part.
   */
  readonly shareChanges?: readonly Pass[];
  /** Defines `difference: vec4f`, the change of the value by the step. */
  readonly difference: readonly Pass[];
}

/** A pass over the outputs. */
export interface Pass {
  /** Lines before it. */
  readonly before?: readonly string[];
  /**
   * Lines that define names of output k, which end in `k`, from names of the same output and from what earlier passes made. Later
   * passes read them too: a loop over the outputs writes them again.
   *
   * @param k suffix of the names
   * @param index its number, a u32
   */
  readonly define?: (k: string, index: string) => readonly string[];
  /** Lines that gather something of output k in variables of `before`. */
  readonly gather?: (k: string, index: string) => readonly string[];
  /** Lines after it. */
  readonly after?: readonly string[];
}

/** The passes over `count` outputs, without loops; names of output k end in k. */
export function unrollPasses(passes: readonly Pass[], count: number): string[] {
  const outputs = Array.from({ length: count }, (_, k) => [String(k), `${k}u`] as const);
  return passes.flatMap(({ before = [], define, gather, after = [] }) => [
    ...before,
    ...outputs.flatMap(([k, index]) => define?.(k, index) ?? []),
    ...outputs.flatMap(([k, index]) => gather?.(k, index) ?? []),
    ...after,
  ]);
}

/**
 * The passes over `count` outputs (an expression, u32) as loops. Names of an output have no suffix; its number is `k`.
 *
 * @param load lines that define what the passes read of output k
 */
export function loopPasses(
  passes: readonly Pass[],
  count: string,
  load: readonly string[],
): string[] {
  const defined = [...load];
  return passes.flatMap(({ before = [], define, gather, after = [] }) => {
    defined.push(...(define?.('', 'k') ?? []));
    if (!gather) return [...before, ...after];
    return [
      ...before,
      `for (var k = 0u; k < ${count}; k++) {`,
      ...defined,
      ...gather('', 'k'),
      '}',
      ...after,
    ];
  });
}
