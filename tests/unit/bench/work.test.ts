import { expect, test } from 'vitest';
import { type Clock, describeClocks, doubtOf } from '../../bench/deviceClock.ts';
import { coordinate, expectedOf, makeWork, pointsOf, worstError } from '../../bench/work.ts';
import { DEEP } from '../../bench/works.ts';

const work = makeWork(DEEP.name, DEEP.field, 64, true);
const expected = expectedOf(work);

test('points are those of the requested rows', () => {
  const points = pointsOf(4, [3, 0]);
  expect([...points.slice(0, 4)]).toEqual([coordinate(0, 4), 2.25, coordinate(1, 4), 2.25]);
  expect([...points.slice(8, 10)]).toEqual([-2.25, -2.25]);
});

test('the right result has no error, and one wrong value is seen', () => {
  expect(worstError(expected, expected, true)).toBe(0);
  const wrong = [...expected];
  wrong[30] += 1;
  expect(worstError(expected, wrong, true)).toBeGreaterThan(0.01);
});

test('a NaN among the results stays one, wherever it stands', () => {
  for (const place of [0, 31, expected.length - 1]) {
    const broken: number[] = [...expected];
    broken[place] = Number.NaN;
    expect(worstError(expected, broken, true)).toBeNaN();
  }
});

test('results that were not evaluated are no proof', () => {
  expect(worstError(expected, new Array<null>(expected.length).fill(null), true)).toBeNaN();
  expect(worstError(expected, expected.slice(1), true)).toBeNaN();
  const half = expected.map((value, i) => (i < expected.length / 2 ? value : null));
  expect(worstError(expected, half, true)).toBe(0);
});

test('a time of the device is believed if it advances, in fine steps, and no longer than the clock', () => {
  expect(doubtOf(40, 0.1, 42)).toBeNull();
  expect(doubtOf(0, 0, 42)).toContain('did not advance');
  expect(doubtOf(40, 10, 42)).toContain('steps of 10 ms');
  expect(doubtOf(90, 0.1, 42)).toContain('90.00 ms where 42.00 ms passed');
  expect(doubtOf(1, 0.01, 42)).toContain('1.00 ms where 42.00 ms passed');
});

test('clocks are listed by kind, with the number of users and the last result of each', () => {
  const stamps = (note: string): Clock => ({ kind: 'timestamp queries', note });
  const doubted: Clock = { kind: 'queue completion', note: 'they did not advance' };
  expect(describeClocks([stamps('a'), null, stamps('b')])).toBe('timestamp queries (b)');
  expect(describeClocks([doubted, stamps('b'), stamps('c')])).toBe(
    'queue completion, for 1 of 3 (they did not advance); timestamp queries, for 2 of 3 (c)',
  );
});
