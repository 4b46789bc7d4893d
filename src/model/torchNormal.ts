import type { Mt19937 } from './random.ts';

/** PyTorch fills a tensor of at least so many numbers in pieces of this size, and a smaller one number by number. */
const PIECE = 16;
const HALF = PIECE / 2;
const TWO_PI = Math.fround(2 * Math.PI);

const round = Math.fround;

/** The numbers that `tensor.normal_(0, deviation)` draws for float32 tensors, on an x86 CPU with AVX2 (but not AVX-512). */
export class TorchNormal {
  readonly #generator: Mt19937;
  /** The second number of a pair of which a small tensor has used the first; a generator keeps it for the next small one. */
  #kept: number | null = null;

  constructor(generator: Mt19937) {
    this.#generator = generator;
  }

  /** Source: aten/src/ATen/native/cpu/DistributionTemplates.h, normal_kernel */
  draw(count: number, deviation: number): Float32Array {
    if (count < PIECE) return Float32Array.from({ length: count }, () => this.#one() * deviation);
    const values = Float32Array.from({ length: count }, () => this.#uniform());
    for (let start = 0; start + PIECE <= count; start += PIECE) {
      transform(values.subarray(start, start + PIECE), round(deviation));
    }
    if (count % PIECE === 0) return values;
    // The last sixteen are drawn anew, although some of them are done.
    const last = values.subarray(count - PIECE);
    last.forEach((_, i) => {
      last[i] = this.#uniform();
    });
    transform(last, round(deviation));
    return values;
  }

  #uniform(): number {
    return (this.#generator.next32() & 0xffffff) * 2 ** -24;
  }

  /** Uniform on [0, 1) with 53 bits. */
  #uniform64(): number {
    const high = this.#generator.next32() & 0x1fffff;
    return (high * 2 ** 32 + this.#generator.next32()) * 2 ** -53;
  }

  #one(): number {
    const kept = this.#kept;
    this.#kept = null;
    if (kept !== null) return kept;
    const angle = 2 * Math.PI * this.#uniform64();
    const radius = Math.sqrt(-2 * Math.log1p(-this.#uniform64()));
    this.#kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}

/** Sixteen uniform numbers become normal ones, by G. Box's and M. Muller's method: each of the first eight with one of the others. */
function transform(values: Float32Array, deviation: number): void {
  for (let i = 0; i < HALF; i += 1) {
    const radius = round(Math.sqrt(round(-2 * logarithm(1 - values[i]!))));
    const [sine, cosine] = sineAndCosine(round(TWO_PI * values[i + HALF]!));
    values[i] = round(radius * cosine) * deviation;
    values[i + HALF] = round(radius * sine) * deviation;
  }
}

/** a · b + c in float32, rounded once. */
const fused = (a: number, b: number, c: number) => round(a * b + c);

const LOGARITHM = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1,
  -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(round);
const LOG2_LOW = round(-2.1219444e-4);
const LOG2_HIGH = 0.693359375;

/** log x in float32, as PyTorch's vectors compute it, for 0 < x ≤ 1. Source: S. Moshier, Cephes, logf */
function logarithm(x: number): number {
  let exponent = Math.ceil(Math.log2(x) + 1e-12);
  let mantissa = x / 2 ** exponent;
  if (mantissa >= 1) {
    mantissa /= 2;
    exponent += 1;
  }
  const isLow = mantissa < round(Math.SQRT1_2);
  const e = isLow ? exponent - 1 : exponent;
  const m = isLow ? round(round(mantissa - 1) + mantissa) : mantissa - 1;
  const square = round(m * m);
  let y = LOGARITHM.reduce((sum, coefficient) => fused(sum, m, coefficient));
  y = round(y * m);
  y = fused(y, square, round(e * LOG2_LOW));
  y = fused(-square, 0.5, y);
  return fused(e, LOG2_HIGH, round(m + y));
}

const SINE = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1].map(round);
const COSINE = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2].map(round);
const QUARTER = [-0.78515625, -2.4187564849853516e-4, -3.774894977445941e-8].map(round);
const FOUR_OVER_PI = round(4 / Math.PI);

/** sin x and cos x in float32, likewise, for x ≥ 0. Source: S. Moshier, Cephes, sinf and cosf */
function sineAndCosine(x: number): readonly [sine: number, cosine: number] {
  const eighth = (Math.trunc(round(x * FOUR_OVER_PI)) + 1) & ~1;
  const rest = QUARTER.reduce((sum, part) => fused(eighth, part, sum), x);
  const square = round(rest * rest);
  let c = COSINE.reduce((sum, coefficient) => fused(sum, square, coefficient));
  c = round(fused(round(c * square), square, -0.5 * square) + 1);
  let s = SINE.reduce((sum, coefficient) => fused(sum, square, coefficient));
  s = fused(round(s * square), rest, rest);
  const [sine, cosine] = (eighth & 2) === 0 ? [s, c] : [c, s];
  return [(eighth & 4) === 0 ? sine : -sine, ((eighth - 2) & 4) === 0 ? -cosine : cosine];
}
