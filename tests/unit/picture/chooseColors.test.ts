import { describe, expect, it } from 'vitest';
import { COLOR_UNIT } from '../../../src/passes/color.ts';
import { chooseColors, countedOf } from '../../../src/picture/chooseColors.ts';
import { describeNumbers } from '../../../src/picture/describeNumbers.ts';
import { UNBOUNDED } from '../../../src/reference/bounds.ts';
import { placeAmong, STOP_INTERVALS } from '../../../src/scales/norms.ts';
import { pictureColors } from '../../../src/scales/pictureColors.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';

const FIXED_CASES = [
  { name: 'about 0 in a tiny view', min: -1e30, max: 1e30, scale: 1e-12, fraction: 0.5 },
  { name: 'of another middle', min: -1e30, max: 3e30, scale: 1e-12, fraction: 0.25 },
  { name: 'as far as a state allows', min: -1e100, max: 1e100, scale: 1e-12, fraction: 0.5 },
  { name: 'far above all values', min: 1e30, max: 2e30, scale: 1e-12, fraction: 0 },
  { name: 'far below all values', min: -2e30, max: -1e30, scale: 1e-12, fraction: 1 },
  { name: 'from the values to far above', min: 0, max: 1e30, scale: 1e-12, fraction: 0 },
  { name: 'that float32 can hold', min: -1, max: 3, scale: 0.5, fraction: 0.25 },
  { name: 'too narrow for float32', min: -1e-40, max: 1e-40, scale: 1e9, fraction: 0.5 },
] as const;

/** What the colour pass makes of a value of 0, in its own precision (shaders/color.wgsl, mapColor). */
function fractionOf0({ low, high }: { low: number; high: number }): number {
  const [from, to] = [Math.fround(COLOR_UNIT * low), Math.fround(COLOR_UNIT * high)];
  const span = Math.fround(to - from);
  expect(Number.isFinite(span) && span > 0, `${from} to ${to}`).toBe(true);
  return Math.min(1, Math.max(0, -from / span));
}

describe('a range by hand', () => {
  for (const { name, min, max, scale, fraction } of FIXED_CASES) {
    it(`${name} colours and numbers alike`, () => {
      const state = applyPatch(DEFAULT_STATE, { range: { mode: 'fixed', min, max } });
      const calibration = { offset: { high: 0, low: 0 }, scale };
      const statistics = { least: -1, greatest: 1, mean: 0, stops: null };
      const colors = chooseColors(state, calibration, statistics);
      const { range } = describeNumbers('value', UNBOUNDED, calibration, statistics, colors);
      expect(range).toMatchObject({ min, max, minDifference: min, maxDifference: max });
      // Four roundings of float32.
      const error = Math.abs(fractionOf0(colors.range!) - fraction);
      expect(error <= 4 * 2 ** -24, `0 has colour ${fractionOf0(colors.range!)}`).toBe(true);
    });
  }

  it.each([
    { min: 0, max: 1e-30, base: 0 },
    { min: -2e-17, max: 1e-17, base: 0 },
    { min: 0.25, max: 0.25 + 2 ** -50, base: 0.25 },
  ])('from $min to $max has its numbers, however far the values are', ({ min, max, base }) => {
    const state = applyPatch(DEFAULT_STATE, { range: { mode: 'fixed', min, max } });
    const calibration = { offset: { high: 123.456, low: 1e-15 }, scale: 5 };
    const statistics = { least: -1, greatest: 1, mean: 0, stops: null };
    const colors = chooseColors(state, calibration, statistics);
    const { range } = describeNumbers('value', UNBOUNDED, calibration, statistics, colors);
    const differences = { minDifference: min - base, maxDifference: max - base };
    expect(range).toEqual({ min, max, base, baseLow: 0, ...differences, stops: null });
  });

  it('that the values lie far from keeps its sides apart', () => {
    const state = applyPatch(DEFAULT_STATE, {
      range: { mode: 'fixed', min: 1e6, max: 1e6 + 1e-9 },
    });
    const calibration = { offset: { high: 0, low: 0 }, scale: 1 };
    const { range } = chooseColors(state, calibration, { least: 0, greatest: 2e6 });
    expect(Math.fround(range!.low)).toBeLessThan(Math.fround(range!.high));
    expect(Math.abs(range!.low - 1e6) <= 1).toBe(true);
  });

  it('keeps its contour levels at their places', () => {
    const state = applyPatch(DEFAULT_STATE, {
      range: { mode: 'fixed', min: -1e30, max: 1e30 },
      contours: { filled: true, lines: false, count: 10 },
    });
    const calibration = { offset: { high: 0, low: 0 }, scale: 1e-12 };
    const { levels, levelValues } = chooseColors(state, calibration, { least: -1, greatest: 1 });
    expect(levelValues).toContain(2e29);
    const [first, step] = [levels.first, levels.step].map((v) => Math.fround(COLOR_UNIT * v));
    // 0 is the level in the middle.
    expect(Math.abs(-first! / step! - (levels.count - 1) / 2) <= 1e-6).toBe(true);
  });
});

describe('a norm that is not linear', () => {
  it('has its stops and levels in the numbers that the kernel stores', () => {
    const norm = { kind: 'symlog', linearThreshold: 1 };
    const contours = { lines: true, count: 4 };
    const state = applyPatch(DEFAULT_STATE, { norm, contours });
    const calibration = { offset: { high: 10, low: 0 }, scale: 0.5 };
    const colors = chooseColors(state, calibration, { least: -40, greatest: 1980 });
    const { stops, levels, levelValues, ends } = colors;
    expect(ends).toEqual({ min: -20, max: 990 });
    expect([stops![0], stops![STOP_INTERVALS]]).toEqual([-40, 1980]);
    expect(levels).toEqual({ first: 0.25, step: 0.25, count: 3 });
    // Stored numbers of the levels' values stand at their places among the stops.
    levelValues.forEach((value, i) => {
      const place = placeAmong(stops!, (value - 10) / 0.5);
      expect(Math.abs(place - (i + 1) / 4) <= 1e-9, `${value} at ${place}`).toBe(true);
    });
  });

  it('keeps its stops apart in a deep view, and in float32 far outside of it', () => {
    const state = applyPatch(DEFAULT_STATE, { norm: 'symlog' });
    const deep = { offset: { high: 3, low: 0 }, scale: 1e-20 };
    const { stops } = chooseColors(state, deep, { least: -1, greatest: 1 });
    expect(new Set(Array.from(stops!, Math.fround)).size).toBe(STOP_INTERVALS + 1);
    const range = { mode: 'fixed', min: -1e100, max: 1e100 };
    const far = chooseColors(applyPatch(state, { range }), deep, { least: -1, greatest: 1 });
    expect(Array.from(far.stops!).every((stop) => Number.isFinite(COLOR_UNIT * stop))).toBe(true);
    const middle = placeAmong(far.stops!, 0);
    expect(Math.abs(middle - 0.5) <= 1 / STOP_INTERVALS, `${middle}`).toBe(true);
  });

  it('counts what its range holds', () => {
    const calibration = { offset: { high: 10, low: 0 }, scale: 0.5 };
    const counted = (patch: object) => countedOf(applyPatch(DEFAULT_STATE, patch), calibration);
    const norm = 'equalized';
    expect(counted({})).toBeNull();
    expect(counted({ norm: 'symlog' })).toBeNull();
    expect(counted({ norm, quantity: 'region' })).toBeNull();
    expect(counted({ norm })).toEqual({ kind: 'all' });
    expect(counted({ norm, colormap: 'diverging' })).toEqual({ kind: 'distances', from: -20 });
    const range = { mode: 'fixed', min: 0, max: 11 };
    expect(counted({ norm, range })).toEqual({ kind: 'inside', low: -20, high: 2 });
  });

  it('that is automatic is equalised for values in log-radial pictures only', () => {
    const isEqualized = (patch: object) => {
      const state = applyPatch(DEFAULT_STATE, patch);
      return pictureColors(state).norm.kind === 'equalized';
    };
    const projection = { kind: 'logRadial' };
    expect(isEqualized({ projection })).toBe(true);
    expect(isEqualized({})).toBe(false);
    expect(isEqualized({ projection, quantity: 'gradientNorm' })).toBe(false);
    expect(isEqualized({ projection, norm: 'linear' })).toBe(false);
  });
});

it('a symmetric range holds values that are far larger than the view', () => {
  const state = applyPatch(DEFAULT_STATE, { range: { mode: 'symmetric' } });
  const calibration = { offset: { high: 1e30, low: 0 }, scale: 1e-12 };
  const statistics = { least: -1, greatest: 1, mean: 0, stops: null };
  const colors = chooseColors(state, calibration, statistics);
  const { range } = describeNumbers('value', UNBOUNDED, calibration, statistics, colors);
  expect(range).toMatchObject({ min: -1e30, max: 1e30 });
});

it.each(['auto', 'symmetric'] as const)('a range of mode %s holds all of float32', (mode) => {
  const state = applyPatch(DEFAULT_STATE, { range: { mode } });
  const calibration = { offset: { high: 0, low: 0 }, scale: 1 };
  const { ends, shownEnds } = chooseColors(state, calibration, { least: -3e38, greatest: 3.4e38 });
  // The difference is larger than float32's largest number; nothing is brought nearer for it.
  expect(shownEnds).toEqual({ low: ends!.min, high: ends!.max });
  expect(ends).toEqual({ min: mode === 'auto' ? -3e38 : -3.4e38, max: 3.4e38 });
  expect(Number.isFinite(Math.fround(COLOR_UNIT * (ends!.max - ends!.min)))).toBe(true);
});
