import { describe, expect, it } from 'vitest';
import { FIGURES, findFigure } from '../../../src/figures/figures.ts';
import { seedControl, wrapSeed } from '../../../src/figures/settings.ts';
import { nextSeed, previousSeed, randomSeed } from '../../../src/model/seeds.ts';

describe('seedControl', () => {
  it('is that of the figures whose panels are drawn from one seed', () => {
    const seeded = FIGURES.filter((figure) => seedControl(figure) !== null).map(({ id }) => id);
    expect(seeded).toContain('shallow-network');
    expect(seeded).not.toContain('log-sum-exp');
  });
});

describe('wrapSeed', () => {
  it('leads from each end of the control to the other, and stays within it', () => {
    const control = seedControl(findFigure('shallow-network'))!;
    const { min, max } = control;
    expect(wrapSeed(control, nextSeed(min))).toBe(min + 1);
    expect(wrapSeed(control, nextSeed(max))).toBe(min);
    expect(wrapSeed(control, previousSeed(min))).toBe(max);
    for (let i = 0; i < 100; i++) {
      const seed = wrapSeed(control, randomSeed());
      expect(Number.isInteger(seed) && seed >= min && seed <= max).toBe(true);
    }
  });
});
