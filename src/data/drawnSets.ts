import { NumpyRandom } from '../model/numpyRandom.ts';
import { toNumber } from '../numeric/doubleDouble.ts';
import { sineAndCosine } from '../numeric/elementary.ts';
import type { FormulaSource, SpiralsSource, XorSource } from './dataSpec.ts';
import { evaluateFormula } from './formula.ts';
import { addNoise, shuffledClasses } from './sklearn.ts';
import { PLANE_NAMES, planeClasses, type WholeSet } from './wholeSet.ts';

/** Data sets of this project's own definition, drawn by NumPy's generator. */

/**
 * Point i of n of a spiral lies at the radius r = (i + ½) / n and the angle 2π · turns · r; those of class 1 lie opposite. Then
 * they are shuffled, and noise is added, as in `make_moons`.
 */
export function makeSpirals({ samples, turns, noise, seed }: SpiralsSource): WholeSet {
  const first = Math.floor(samples / 2);
  const second = samples - first;
  const points = [...spiral(first, turns, 1), ...spiral(second, turns, -1)];
  return shuffledClasses(points, [first, second], noise, new NumpyRandom(seed));
}

function spiral(count: number, turns: number, sign: 1 | -1): (readonly [number, number])[] {
  return Array.from({ length: count }, (_, i) => {
    const radius = (i + 0.5) / count;
    const [sine, cosine] = sineAndCosine(2 * Math.PI * turns * radius);
    return [sign * radius * toNumber(cosine), sign * radius * toNumber(sine)];
  });
}

/** `uniform(-1, 1, (samples, 2))`, whose classes are those before noise is added. */
export function makeXor({ samples, noise, seed }: XorSource): WholeSet {
  const random = new NumpyRandom(seed);
  const x = uniformSquare(samples, 1, random);
  const y = Int32Array.from({ length: samples }, (_, i) => +(x[2 * i]! < 0 !== x[2 * i + 1]! < 0));
  addNoise(x, noise, random);
  return planeClasses(x, y, 2);
}

/**
 * `uniform(-halfWidth, halfWidth, (samples, 2))`, and the formula's values there with noise.
 * @throws InvalidInputError if the formula cannot be read, or has no finite value at one of the points
 */
export function makeFormula(source: FormulaSource, path: string): WholeSet {
  const { samples, formula, halfWidth, noise, seed } = source;
  const random = new NumpyRandom(seed);
  const x = uniformSquare(samples, halfWidth, random);
  const y = evaluateFormula(formula, x, path);
  addNoise(y, noise, random);
  return {
    task: 'regression',
    inputs: 2,
    outputs: 1,
    inputNames: PLANE_NAMES,
    samples: { count: samples, x, y },
  };
}

function uniformSquare(count: number, halfWidth: number, random: NumpyRandom): Float64Array {
  return Float64Array.from({ length: 2 * count }, () => random.uniform(-halfWidth, halfWidth));
}
