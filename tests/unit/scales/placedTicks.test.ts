import { describe, expect, it } from 'vitest';
import { colorScale, colorTicks } from '../../../src/scales/colorScale.ts';
import { type ShownNorm, STOP_INTERVALS } from '../../../src/scales/norms.ts';

const CONTOURS = { filled: false, lines: false, count: 10 };

function ticksOf(norm: ShownNorm, min: number, max: number, base = 0, stops?: number[]) {
  const range = { base, minDifference: min, maxDifference: max, stops };
  return colorTicks(colorScale({ contours: CONTOURS, norm }, range), 6);
}

function symlog(linearThreshold: number, min: number, max: number, base = 0) {
  return ticksOf({ kind: 'symlog', linearThreshold }, min, max, base);
}

/** Stops of differences that are even by the powers of ten of their sizes. */
function overDecades(decades: number): number[] {
  return Array.from({ length: STOP_INTERVALS + 1 }, (_, i) => {
    const place = (2 * i) / STOP_INTERVALS - 1;
    return Math.sign(place) * 10 ** (decades * (Math.abs(place) - 1));
  });
}

describe('the ticks of a symmetric logarithm', () => {
  it('are at places of their own where the threshold is tiny beside what differences count from', () => {
    const { ticks } = symlog(1e-20, -0.69, 0.81, 0.19);
    const positions = ticks.map(({ position }) => position);
    expect(ticks.filter(({ label }) => label === '0')).toHaveLength(1);
    expect(positions.length).toBeGreaterThan(2);
    expect(new Set(positions).size).toBe(positions.length);
    expect(positions.every((position) => Math.abs(position) <= 1)).toBe(true);
  });

  it('are 0 and powers of ten', () => {
    const { ticks, offset, ends } = symlog(0.01, -3, 20);
    const labels = ticks.map(({ label }) => label);
    expect(labels).toEqual(['−1', '−0.01', '0', '0.01', '1']);
    expect(offset).toBeNull();
    expect(ends).toEqual(['−3', '20']);
  });

  it('stand where matplotlib puts them', () => {
    const { ticks } = symlog(1, -1000, 1000);
    const zero = ticks.find(({ label }) => label === '0')!;
    const one = ticks.find(({ label }) => label === '1')!;
    expect(zero.position).toBe(0);
    // 10/9 of 10/9 + 3 decades.
    expect(Math.abs(one.position - 10 / 9 / (10 / 9 + 3)) <= 1e-12).toBe(true);
  });

  it('are those of an even bar, moved, where there is no power of ten', () => {
    const { ticks, offset } = symlog(0.01, -2e-9, 2e-9, 3);
    expect(ticks.length).toBeGreaterThan(2);
    expect(offset).toBe('×10⁻⁹ +3');
  });
});

describe('the ticks of an equalised range', () => {
  it('stand at even places, with the values there', () => {
    const stops = Array.from({ length: STOP_INTERVALS + 1 }, (_, i) => (i / STOP_INTERVALS) ** 2);
    const { ticks, ends } = ticksOf({ kind: 'equalized' }, 0, 1, 0, stops);
    expect(ticks.map(({ label }) => label)).toEqual(['0.028', '0.11', '0.25', '0.44', '0.69']);
    ticks.forEach(({ position }, i) => {
      expect(Math.abs(position - (2 * (i + 1)) / 6 + 1) <= 1e-12).toBe(true);
    });
    expect(ends).toEqual(['0', '1']);
  });

  it('are differences from the base where the values themselves are too much alike', () => {
    const { ticks, offset, ends } = ticksOf(
      { kind: 'equalized' },
      -1,
      1,
      0.123456789,
      overDecades(12),
    );
    expect(offset).toBe('+0.123456789');
    expect(ticks.map(({ label }) => label)).toEqual([
      '−0.0001',
      '−1×10⁻⁸',
      '0',
      '1×10⁻⁸',
      '0.0001',
    ]);
    expect(ends).toEqual(['−1', '1']);
  });

  it('share a power of ten where they would be long', () => {
    const stops = Array.from({ length: STOP_INTERVALS + 1 }, (_, i) => (1e9 * i) / STOP_INTERVALS);
    const { ticks, offset, ends } = ticksOf({ kind: 'equalized' }, 0, 1e9, 6.95e11, stops);
    expect(offset).toBe('×10¹¹');
    expect(ticks.map(({ label }) => label)).toEqual([
      '6.9517',
      '6.9533',
      '6.955',
      '6.9567',
      '6.9583',
    ]);
    expect(ends).toEqual(['6.95', '6.96']);
  });

  it('stand where steps begin', () => {
    const stops = Array.from({ length: STOP_INTERVALS + 1 }, (_, i) => i / STOP_INTERVALS);
    const range = { base: 0, minDifference: 0, maxDifference: 1, stops };
    const filled = {
      contours: { ...CONTOURS, filled: true },
      norm: { kind: 'equalized' },
    } as const;
    const labels = (count: number) =>
      colorTicks(colorScale(filled, range), count).ticks.map(({ label }) => label);
    expect(labels(12)).toEqual(['0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9']);
    expect(labels(6)).toEqual(['0.2', '0.4', '0.6', '0.8']);
  });

  it('name a value once that many samples have, in the middle of their part', () => {
    const stops = Array.from({ length: STOP_INTERVALS + 1 }, (_, i) => (i < 768 ? 0 : 1));
    const { ticks } = ticksOf({ kind: 'equalized' }, 0, 1, 0, stops);
    expect(ticks.map(({ label }) => label)).toEqual(['0', '1']);
    expect(Math.abs(ticks[0]!.position + 0.25) <= 2 / STOP_INTERVALS).toBe(true);
  });
});
