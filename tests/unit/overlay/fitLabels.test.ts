import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fitRange,
  fitTicks,
  type LabelRoom,
  type PlacedLabel,
} from '../../../src/overlay/fitLabels.ts';
import { printLength } from '../../../src/overlay/marks.ts';
import { axisTicks, rangeTicks } from '../../../src/scales/ticks.ts';

const DIGIT = 8;

function roomOf(length: number): LabelRoom {
  return {
    length,
    perLabel: 84,
    gap: 10,
    beyond: [40, 8],
    sizeOf: (label) => DIGIT * label.length,
  };
}

const lengths = fc.integer({ min: 60, max: 1200 });
const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const spans = fc.double({ min: 1e-9, max: 1e6, noNaN: true });

/** Rounding of sums of numbers up to 1200. */
const ROUNDING = 1e-9;

function expectFitting(labels: readonly PlacedLabel[], room: LabelRoom): void {
  expect(labels.length).toBeGreaterThan(0);
  let free = -room.beyond[0];
  for (const { label, middle } of labels) {
    const half = room.sizeOf(label) / 2;
    expect(middle - half >= free - ROUNDING).toBe(true);
    free = middle + half + room.gap;
  }
  expect(free - room.gap <= room.length + room.beyond[1] + ROUNDING).toBe(true);
}

test('numbers neither overlap nor reach too far past the ends', () => {
  fc.assert(
    fc.property(lengths, numbers, spans, (length, center, half) => {
      // The widest number, with sign, point and eight digits, must have room at all.
      const room = roomOf(Math.max(length, 2 * 11 * DIGIT));
      expectFitting(fitTicks((count) => axisTicks(center, 0, half, count), room).labels, room);
      const ticksFor = (count: number) => rangeTicks(-half, half, count, center);
      expectFitting(fitRange(ticksFor, room).labels, room);
    }),
  );
});

test('a number that is not near an end stands at its tick', () => {
  const { labels } = fitTicks((count) => axisTicks(0, 0, 5, count), roomOf(400));
  // Rounded to what files print.
  expect(labels.map(({ label, at }) => [label, Number(printLength(at))])).toEqual([
    ['−4', 40],
    ['−2', 120],
    ['0', 200],
    ['2', 280],
    ['4', 360],
  ]);
  for (const { at, middle } of labels) expect(middle).toBe(at);
});

test('the number of an upper end is pushed inwards where it would cross the frame', () => {
  const { labels } = fitRange((count) => rangeTicks(-0.5, -0.25, count), roomOf(177));
  expect(labels.at(-1)).toEqual({ label: '−0.25', at: 177, middle: 177 + 8 - 20, isEnd: true });
  expect(labels[0]).toEqual({ label: '−0.5', at: 0, middle: 0, isEnd: true });
});
