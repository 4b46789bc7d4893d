/** Exact rational numbers in BigInt: the oracle for double-double and for decimal text. */
export interface Rational {
  readonly numerator: bigint;
  /** Positive. */
  readonly denominator: bigint;
}

/** The exact value of a finite float64, found by doubling until it is an integer. */
export function exactly(value: number): Rational {
  if (!Number.isFinite(value)) throw new Error(`expected a finite number, received ${value}`);
  let integer = value;
  let denominator = 1n;
  while (!Number.isInteger(integer)) {
    integer *= 2;
    denominator *= 2n;
  }
  return { numerator: BigInt(integer), denominator };
}

export function plus(...terms: readonly Rational[]): Rational {
  return terms.reduce((a, b) => ({
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  }));
}

export function minus(a: Rational, b: Rational): Rational {
  return plus(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function times(a: Rational, b: Rational): Rational {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** |a| ≤ |b|. */
export function isWithin(a: Rational, b: Rational): boolean {
  return magnitude(a.numerator) * b.denominator <= magnitude(b.numerator) * a.denominator;
}

/** a / b as a float64 with a relative error below 1e-15, for b ≠ 0 and quotients from 1e-60 to 1e300. */
export function ratio(a: Rational, b: Rational): number {
  const top = a.numerator * b.denominator;
  const bottom = a.denominator * b.numerator;
  return Number((top * 10n ** 80n) / bottom) / 1e80;
}

/** Reads decimal text: true minus or plus sign, decimals, and a power such as ×10⁻⁹. */
export function parseDecimal(text: string): Rational {
  const match = /^([−+]?)(\d*)(?:\.(\d+))?(?:×?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$/.exec(text);
  if (!match) throw new Error(`not a decimal: ${text}`);
  const [, sign, whole = '', fraction = '', power = ''] = match;
  const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const digits = [...power]
    .map((c) => (c === '⁻' ? '-' : String(superscripts.indexOf(c))))
    .join('');
  const exponent = Number(digits || 0) - fraction.length;
  const mantissa = BigInt(whole + fraction || '1') * (sign === '−' ? -1n : 1n);
  return exponent >= 0
    ? { numerator: mantissa * 10n ** BigInt(exponent), denominator: 1n }
    : { numerator: mantissa, denominator: 10n ** BigInt(-exponent) };
}

function magnitude(a: bigint): bigint {
  return a < 0n ? -a : a;
}
