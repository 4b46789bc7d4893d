import { NumpyRandom } from '../model/numpyRandom.ts';
import { toNumber } from '../numeric/doubleDouble.ts';
import { sineAndCosine } from '../numeric/elementary.ts';
import type { BlobsSource, CirclesSource, MoonsSource } from './dataSpec.ts';
import { planeClasses, type WholeSet } from './wholeSet.ts';

/**
 * scikit-learn's data sets, number for number. Sines, cosines and logarithms are rounded correctly, so that they are the same in every
 * browser, and scikit-learn's but for a last digit that a C library rounds the other way.
 *
 * Source: sklearn/datasets/_samples_generator.py
 */

/** The square in which `make_blobs` draws its centres. */
const CENTER_BOX = [-10, 10] as const;

/** Two interleaving half circles of radius 1. */
export function makeMoons({ samples, noise, seed }: MoonsSource): WholeSet {
  const outer = Math.floor(samples / 2);
  const inner = samples - outer;
  const points = [
    ...halfTurn(outer).map((angle) => onCircle(angle)),
    ...halfTurn(inner).map((angle) => {
      const [cosine, sine] = onCircle(angle);
      return [1 - cosine, 1 - sine - 0.5] as const;
    }),
  ];
  return shuffledClasses(points, [outer, inner], noise, new NumpyRandom(seed));
}

/** A circle of radius 1 around one of radius `factor`. */
export function makeCircles({ samples, noise, factor, seed }: CirclesSource): WholeSet {
  const outer = Math.floor(samples / 2);
  const inner = samples - outer;
  const points = [
    ...turns(outer).map((angle) => onCircle(angle)),
    ...turns(inner).map((angle) => {
      const [cosine, sine] = onCircle(angle);
      return [cosine * factor, sine * factor] as const;
    }),
  ];
  return shuffledClasses(points, [outer, inner], noise, new NumpyRandom(seed));
}

/** Normally distributed points about `centers` centres. */
export function makeBlobs({ samples, centers, standardDeviation, seed }: BlobsSource): WholeSet {
  const random = new NumpyRandom(seed);
  const places = Array.from(
    { length: centers },
    () => [random.uniform(...CENTER_BOX), random.uniform(...CENTER_BOX)] as const,
  );
  const counts = places.map((_, i) => Math.floor(samples / centers) + +(i < samples % centers));
  const points = places.flatMap(([x1, x2], i) =>
    Array.from(
      { length: counts[i]! },
      () => [random.normal(x1, standardDeviation), random.normal(x2, standardDeviation)] as const,
    ),
  );
  return shuffledClasses(points, counts, 0, random);
}

/**
 * Points in random order, with noise, as `sklearn.utils.shuffle` and an addition of `generator.normal` make them.
 * @param counts of the points of each class, which come one after the other
 * @param noise a standard deviation; nothing is drawn for 0
 */
export function shuffledClasses(
  points: readonly (readonly [number, number])[],
  counts: readonly number[],
  noise: number,
  random: NumpyRandom,
): WholeSet {
  const labels = counts.flatMap((count, label) => new Array<number>(count).fill(label));
  const order = random.permutation(points.length);
  const x = new Float64Array(2 * points.length);
  order.forEach((from, to) => {
    x.set(points[from]!, 2 * to);
  });
  addNoise(x, noise, random);
  const y = order.map((from) => labels[from]!);
  return planeClasses(x, y, counts.length);
}

/** Adds normally distributed numbers; nothing is drawn if the standard deviation is 0. */
export function addNoise(values: Float64Array, noise: number, random: NumpyRandom): void {
  if (noise === 0) return;
  for (let i = 0; i < values.length; i += 1) values[i]! += random.normal(0, noise);
}

/** `np.linspace(0, np.pi, count)` */
function halfTurn(count: number): number[] {
  const last = Math.max(count - 1, 1);
  const step = Math.PI / last;
  return Array.from({ length: count }, (_, i) => (i === last ? Math.PI : i * step));
}

/** `np.linspace(0, 2 * np.pi, count, endpoint=False)` */
function turns(count: number): number[] {
  const step = (2 * Math.PI) / count;
  return Array.from({ length: count }, (_, i) => i * step);
}

/** [cos, sin] of an angle, rounded correctly. */
function onCircle(angle: number): readonly [number, number] {
  const [sine, cosine] = sineAndCosine(angle);
  return [toNumber(cosine), toNumber(sine)];
}
