import { describe, expect, test } from 'vitest';
import { Pace } from '../../../src/gpu/pace.ts';

/** Of an adapter of so many multiplications a millisecond, none of which can be held too long. */
const paceOf = (firstPace: number) => new Pace({ firstPace, mostAtOnce: Infinity, leastAtOnce: 0 });

const WORK = { work: 'test', width: 1000, tileRows: 32 };
const BUDGET_MS = 8;

/** Rows of successive bands where a band of so many rows takes `costMs(rows)`. */
function bands(costMs: (rows: number) => number, count: number, pace = paceOf(1)): number[] {
  return Array.from({ length: count }, () => {
    const rows = pace.rowsIn(BUDGET_MS, { ...WORK, cost: 1000 });
    pace.recordRows(WORK, rows, costMs(rows));
    return rows;
  });
}

test('a tile that costs little more than one of its rows is soon taken whole, beyond the budget too', () => {
  const rows = bands((r) => 3 * BUDGET_MS + 0.1 * r, 10);
  expect(rows.slice(0, 6)).toEqual([1, 2, 4, 8, 16, 32]);
  expect(rows.slice(6).every((r) => r === 32)).toBe(true);
});

test('rows that cost as much each stay few', () => {
  const rows = bands((r) => BUDGET_MS * r, 50);
  expect(Math.max(...rows)).toBeLessThanOrEqual(2);
});

describe('as the cost changes', () => {
  test('cheap rows come in as many whole tiles as the budget allows', () => {
    const rows = bands((r) => (BUDGET_MS * r) / 100, 20);
    expect(rows.at(-1)).toBe(96);
  });

  test('a view that is suddenly costly makes bands smaller again', () => {
    const pace = paceOf(1);
    bands(() => 3 * BUDGET_MS, 10, pace);
    expect(bands((r) => BUDGET_MS * r, 30, pace).at(-1)).toBeLessThanOrEqual(2);
  });
});

describe('cutting that is of no use', () => {
  /** Stints that a picture of so many samples takes where `costMs(samples)` is measured for each. */
  function stints(total: number, costMs: (samples: number) => number, pace: Pace): number {
    let count = 0;
    for (let left = total; left > 0; count += 1) {
      const samples = Math.min(left, Math.ceil(pace.samplesIn(BUDGET_MS, 'fixed', 1)));
      pace.record('fixed', samples, costMs(samples));
      left -= samples;
    }
    return count;
  }

  test('stints that always wait 100 ms are few', () => {
    // 100,000 samples a millisecond are guessed, and would be true but for the wait.
    const pace = paceOf(100_000);
    const cost = (samples: number) => 100 + samples / 100_000;
    const counts = Array.from({ length: 10 }, () => stints(10_000_000, cost, pace));
    // Without the wait these are 13 stints; cut after the wait they were hundreds.
    expect(Math.max(...counts)).toBeLessThanOrEqual(20);
  });

  test('if time grows with the samples, stints get their allowed length', () => {
    const pace = paceOf(100_000);
    const cost = (samples: number) => samples / 1000;
    stints(1_000_000, cost, pace);
    expect(pace.samplesIn(BUDGET_MS, 'fixed', 1)).toBeLessThanOrEqual(1.3 * BUDGET_MS * 1000);
  });
});

describe('learning', () => {
  const learn = (pace: Pace, rate: number, count: number) =>
    Array.from({ length: count }, () => {
      const samples = pace.samplesIn(BUDGET_MS, 'learning', 1);
      // A fence that is off by half a millisecond.
      pace.record('learning', samples, samples / rate + 0.5);
      return samples;
    });

  test('a first guess 1000 times too low costs a few stints', () => {
    const pace = paceOf(1000);
    const stints = learn(pace, 1_000_000, 5);
    expect(stints[0]).toBe(BUDGET_MS * 1000);
    // Within a factor of two of what 8 ms allow.
    expect(stints[4]).toBeGreaterThan(0.5 * BUDGET_MS * 1_000_000);
    expect(stints[4]).toBeLessThan(2 * BUDGET_MS * 1_000_000);
  });

  test('one stint that is 100 times as costly makes the next ones smaller', () => {
    const pace = paceOf(1_000_000);
    learn(pace, 1_000_000, 5);
    const [, second, third] = learn(pace, 10_000, 3);
    // What was learnt before still counts by its samples, though hardly by its time.
    expect(second).toBeLessThan(3 * BUDGET_MS * 10_000);
    expect(third).toBeLessThan(3 * BUDGET_MS * 10_000);
  });

  test('a short rest that takes as long as a fence changes little', () => {
    const pace = paceOf(1_000_000);
    learn(pace, 1_000_000, 5);
    const before = pace.samplesIn(BUDGET_MS, 'learning', 1);
    pace.record('learning', 4, 1);
    expect(pace.samplesIn(BUDGET_MS, 'learning', 1)).toBeGreaterThan(0.8 * before);
  });

  test('no pace exceeds what a submission may hold', () => {
    const pace = new Pace({ firstPace: 1000, mostAtOnce: 1e6, leastAtOnce: 1e4 });
    pace.record('learning', 1e12, 1);
    expect(pace.samplesIn(BUDGET_MS, 'learning', 100)).toBe(1e4);
    const pieces = { work: 'learning', cost: 100, samples: 3000, left: 100 };
    expect(pace.piecesIn(BUDGET_MS, pieces)).toBe(3);
    expect(pace.piecesAtOnce(pieces)).toBe(3);
  });

  test('pieces that are dear are taken as many as are worth a stint, in stints alike', () => {
    const pace = new Pace({ firstPace: 1000, mostAtOnce: 1e6, leastAtOnce: 1e4 });
    pace.record('learning', 1, 1000);
    const pieces = { work: 'learning', cost: 100, samples: 10, left: 21 };
    // Ten are worth a stint: 21 make three stints of seven.
    expect(pace.piecesIn(BUDGET_MS, pieces)).toBe(7);
    expect(pace.piecesIn(BUDGET_MS, { ...pieces, samples: 1000 })).toBe(1);
  });
});
