import { beforeAll, describe, expect, it } from 'vitest';
import { loadDigits } from '../../../src/data/digits.ts';
import { classLegendOf } from '../../../src/overlay/classLegend.ts';
import { classNamesOf, dataOf, grayRangeOf } from '../../../src/state/stateData.ts';
import { validateState } from '../../../src/state/validate.ts';

const stateOf = (widths: readonly number[], data: object | null) =>
  validateState({
    field: { network: { kind: 'drawn', widths }, readout: { kind: 'class' } },
    data,
  });

const DIGITS = { kind: 'digits' };

describe('once the digits are fetched', () => {
  beforeAll(loadDigits);

  it('classes are named by their digits, in the legend too', () => {
    const state = stateOf([64, 5, 10], DIGITS);
    expect(classNamesOf(state)?.join()).toBe('0,1,2,3,4,5,6,7,8,9');
    expect(classLegendOf(state, 10)?.text).toBe('Colours of classes: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9');
  });

  it('a network of other inputs or outputs does not take their names', () => {
    expect(classNamesOf(stateOf([64, 9], DIGITS))).toBeNull();
    expect(dataOf(stateOf([63, 10], DIGITS))).toBeNull();
  });

  it('16 is black, wherever the slice lies; without them the slice decides', () => {
    expect(grayRangeOf(stateOf([64, 10], DIGITS))).toEqual([16, 0]);
    expect(grayRangeOf(stateOf([64, 10], null))).toEqual([0, 1]);
  });
});

it('a data set that only counts its classes has no names, the exercise has', () => {
  expect(classNamesOf(stateOf([2, 2], { kind: 'moons' }))).toBeNull();
  expect(classNamesOf(stateOf([2, 2], { kind: 'exercise' }))).toEqual(['class 0', 'class 1']);
});
