import { type SeriesForm, sum } from './fieldCode.ts';

/**
 * The maximum difference R of exponents between a tile's middle and its border. The truncation error is then below 3e-7: for
 * the gradient, relative to the largest |a_j − a_k|, at most R⁴ max|σ⁗| / 4! with max|σ⁗| = 0.13 for the fourth derivative of the
 * logistic function, and for λ · lse R⁴ max|σ‴| / 4! with max|σ‴| = 0.125.
 */
const MOST_RANGE = 0.08;

/** Likewise along a row: there the gradient omits its third order, at most R³ max|σ‴| / 3!, and λ · lse R³ max|σ″| / 3!. */
const MOST_ALONG = 0.024;

/** e^l stays in float32. */
const HIGHEST = 80;

/**
 * lse over pictures in whose tiles exponents change so little that it is a polynomial in each: its Taylor series about the tile's
 * middle, whose coefficients are the cumulants of t_k under softmax. A row then needs no exponential and no logarithm,
 * and the cost of K logits arises once per tile.
 *
 * Gradient and value keep terms up to the third order, but in `across` only up to the second: tiles are narrow.
 *
 * Names: e{k} = e^l at the tile's middle; their sum S is at least 1, since Σ π_k t_k = 0, and share its inverse; (tX, tY) the
 * mean slope of t, u{k} and v{k} the slopes minus it; m{i}{j} = Σ share e u^i v^j; (gX, gY) the gradient; q{i}{j} the
 * coefficient of acrossⁱ upʲ.
 */
export function seriesLse(all: readonly number[]): SeriesForm {
  const value = [
    'let along0 = middle + up * (gY + up * (q02 + up * q03));',
    'let along1 = gX + up * (q11 + up * q12); let along2 = q20 + up * q21;',
    'let value = along0 + across * (along1 + across * along2);',
  ];
  const gradient = [
    'let a0 = gX + up * (q11 + up * (q12 + up * q13));',
    'let a1 = q20x2 + up * (q21x2 + up * q22x2); let a2 = q30x3 + up * q31x3;',
    'let d1 = a0 + across * (a1 + across * a2);',
    'let b0 = gY + up * (q02x2 + up * (q03x3 + up * q04x4));',
    'let b1 = q11 + up * (q12x2 + up * q13x3); let b2 = q21 + up * q22x2;',
    'let d2 = b0 + across * (b1 + across * b2);',
  ];
  return {
    setup: [...momentLines(all), ...COEFFICIENTS].join('\n'),
    pieces: {
      value: value.join('\n'),
      gradient: gradient.join('\n'),
      valueAndGradient: [...value, ...gradient].join('\n'),
    },
  };
}

/**
 * Whether the series serves a picture.
 *
 * @param logPi log π at the centre
 * @param t slopes of t, for each logit
 */
export function servesSeries(
  logPi: readonly number[],
  t: readonly (readonly number[])[],
): (reach: readonly [number, number]) => boolean {
  const highest = Math.max(...logPi.map((l, k) => l + Math.abs(t[k]![0]!) + Math.abs(t[k]![1]!)));
  const [spanX, spanY] = [0, 1].map((axis) => {
    const along = t.map((slopes) => slopes[axis]!);
    return Math.max(...along) - Math.min(...along);
  });
  return ([reachX, reachY]) =>
    highest <= HIGHEST &&
    spanX! * reachX <= MOST_ALONG &&
    spanX! * reachX + spanY! * reachY <= MOST_RANGE;
}

/** Each product uses an earlier one: software adapters do not find common subexpressions. */
function momentLines(all: readonly number[]): string[] {
  const products = 'u v uu uv vv uuu uuv uvv vvv uuuv uuvv uvvv vvvv'.split(' ');
  const total = (name: (k: number) => string) => sum(all.map(name));
  const orders = (name: string) =>
    `m${name.lastIndexOf('u') + 1}${name.length - name.lastIndexOf('u') - 1}`;
  return [
    ...all.map((k) => `let e${k} = exp(logPi${k} + (tX${k} * tileX + tY${k} * tileY));`),
    `let S = ${total((k) => `e${k}`)}; let share = 1.0 / S;`,
    ...['X', 'Y'].map(
      (axis) => `let t${axis} = share * (${total((k) => `e${k} * t${axis}${k}`)});`,
    ),
    ...all.flatMap((k) => [
      `let u${k} = tX${k} - tX; let v${k} = tY${k} - tY;`,
      ...products.map(
        (name) => `let e${name}${k} = e${name.slice(0, -1)}${k} * ${name.at(-1)}${k};`,
      ),
    ]),
    ...products
      .slice(2)
      .map((name) => `let ${orders(name)} = share * (${total((k) => `e${name}${k}`)});`),
  ];
}

const COEFFICIENTS = [
  'let gX = meanX + inverse * tX; let gY = meanY + inverse * tY;',
  'let middle = meanX * tileX + meanY * tileY + log(S) * inverse;',
  'let half = 0.5 * inverse; let sixth = inverse * (1.0 / 6.0);',
  'let q20x2 = inverse * m20; let q11 = inverse * m11; let q02x2 = inverse * m02;',
  'let q20 = half * m20; let q02 = half * m02;',
  'let q30x3 = half * m30; let q21x2 = inverse * m21; let q12x2 = inverse * m12; let q03x3 = half * m03;',
  'let q21 = half * m21; let q12 = half * m12; let q03 = sixth * m03;',
  'let k31 = inverse * (m31 - 3.0 * m20 * m11); let k13 = inverse * (m13 - 3.0 * m11 * m02);',
  'let q31x3 = 0.5 * k31; let q13x3 = 0.5 * k13; let q13 = (1.0 / 6.0) * k13;',
  'let q22x2 = half * (m22 - m20 * m02 - 2.0 * m11 * m11);',
  'let q04x4 = sixth * (m04 - 3.0 * m02 * m02);',
];
