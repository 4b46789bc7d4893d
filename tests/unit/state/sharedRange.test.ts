import { describe, expect, it } from 'vitest';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { uniteRanges, withSharedRange } from '../../../src/state/sharedRange.ts';
import type { State } from '../../../src/state/state.ts';

const panel = (patch: Partial<State>, min: number, max: number) => ({
  state: { ...DEFAULT_STATE, ...patch },
  values: { min, max },
});

describe('uniteRanges', () => {
  it('holds the values of all panels that take part', () => {
    expect(uniteRanges([panel({}, -1, 2), panel({ quantity: 'partial1' }, 0, 7)])).toEqual({
      min: -1,
      max: 7,
    });
  });

  it('leaves out fixed, symmetric and equalised ranges, regions, directions, and panels without a picture', () => {
    const others = [
      panel({ range: { mode: 'fixed', min: 0, max: 1 } }, -50, 50),
      panel({ range: { mode: 'symmetric' } }, -50, 50),
      panel({ norm: { kind: 'equalized' } }, -50, 50),
      panel({ quantity: 'region' }, -50, 50),
      panel({ quantity: 'gradientDirection' }, -50, 50),
      { state: DEFAULT_STATE, values: null },
    ];
    expect(uniteRanges([...others, panel({}, 1, 2)])).toEqual({ min: 1, max: 2 });
    expect(uniteRanges(others)).toBeNull();
  });

  it('keeps 0 in the middle of a diverging map', () => {
    expect(uniteRanges([panel({ colormap: 'diverging' }, -1, 2), panel({}, -3, 1)])).toEqual({
      min: -3,
      max: 3,
    });
  });

  it('is null where all values are one', () => {
    expect(uniteRanges([panel({}, 4, 4), panel({}, 4, 4)])).toBeNull();
    expect(uniteRanges([])).toBeNull();
  });
});

describe('withSharedRange', () => {
  it('fixes the range of panels that take part, and keeps the others', () => {
    const shared = { min: -1, max: 1 };
    expect(withSharedRange(DEFAULT_STATE, shared).range).toEqual({ mode: 'fixed', ...shared });
    expect(withSharedRange(DEFAULT_STATE, null)).toBe(DEFAULT_STATE);
    const regions: State = { ...DEFAULT_STATE, quantity: 'region' };
    expect(withSharedRange(regions, shared)).toBe(regions);
  });
});
