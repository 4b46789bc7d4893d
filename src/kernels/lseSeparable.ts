import { maximumLines, type SpecialForm, sum } from './fieldCode.ts';

/**
 * The maximum change of exponents within a tile, so that no exponential overflows float32 and their sum
 * keeps its digits.
 */
const MOST_CHANGE = 16;

/**
 * lse over a tile in which no exponent changes by much. There e^l is the product of a factor for the
 * column, which all rows share, and a factor for the row, which all columns share. An exponential costs
 * software adapters as much as 20 multiplications, and this form needs a quarter as many per row.
 *
 * Names: n{k} = log π + t at the tile's middle, minus their maximum N; column{k} and row{k} the factors.
 */
export function separableLse(all: readonly number[]): SpecialForm {
  const test = [
    ...all.map((k) => `let n${k} = logPi${k} + (tX${k} * tileX + tY${k} * tileY);`),
    ...maximumLines(
      'N',
      all.map((k) => `n${k}`),
    ),
    ...all.map((k) => `let change${k} = abs(tX${k}) * reachX + abs(tY${k}) * reachY;`),
    ...maximumLines(
      'change',
      all.map((k) => `change${k}`),
    ),
    `let isSeparable = change <= ${MOST_CHANGE}.0;`,
    ...all.map((k) => `let column${k} = exp(tX${k} * across);`),
  ].join('\n');
  const factors = all.map((k) => `let row${k} = exp((n${k} - N) + tY${k} * up);`);
  const value = 'let value = meanX * x + (meanY * y + N * inverse) + log(S) * inverse;';
  const gradient = [
    ...factors,
    ...all.map((k) => `let e${k} = row${k} * column${k};`),
    `let S = ${sum(all.map((k) => `e${k}`))};`,
    'let share = 1.0 / S;',
    `let d1 = (${sum(all.map((k) => `aX${k} * e${k}`))}) * share;`,
    `let d2 = (${sum(all.map((k) => `aY${k} * e${k}`))}) * share;`,
  ];
  return {
    name: 'isSeparable',
    test,
    pieces: {
      value: [...factors, `let S = ${sum(all.map((k) => `row${k} * column${k}`))};`, value].join(
        '\n',
      ),
      gradient: gradient.join('\n'),
      valueAndGradient: [...gradient, value].join('\n'),
    },
  };
}
