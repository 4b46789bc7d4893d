import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { referenceGrid } from '../../../src/reference/grid.ts';
import { RELATIVE_QUANTITIES, validateGridRequest } from '../../../src/reference/gridRequest.ts';

const good = { field: { kind: 'max' }, x: [0, 1], y: [3, 2], width: 4, height: 1 };

describe('validateGridRequest', () => {
  it('fills in the quantity and the defaults of the field', () => {
    expect(validateGridRequest(good)).toEqual({
      ...good,
      field: { network: { kind: 'identity' }, slice: null, readout: { kind: 'max' } },
      quantity: 'value',
    });
  });

  it.each(QUANTITIES)('takes the quantity %s', (quantity) => {
    expect(validateGridRequest({ ...good, height: 2, quantity }).quantity).toBe(quantity);
  });

  it('rejects np.gradient along a side of one sample as the reference does, and only there', () => {
    for (const [quantity, side] of [
      ['npGradientRows', 'height'],
      ['npGradientColumns', 'width'],
    ] as const) {
      const thin = { ...good, width: 4, height: 4, [side]: 1, quantity };
      const refusal = new InvalidInputError(
        side,
        1,
        'at least 2 samples along the axis of np.gradient',
      );
      expect(() => validateGridRequest(thin)).toThrow(refusal);
      const accepted = validateGridRequest({ ...thin, [side]: 2 });
      expect(() => referenceGrid({ ...accepted, [side]: 1 })).toThrow(refusal);
      expect(validateGridRequest({ ...thin, [side]: 2 })).toMatchObject({ [side]: 2 });
      const other = side === 'width' ? 'npGradientRows' : 'npGradientColumns';
      expect(validateGridRequest({ ...thin, quantity: other }).quantity).toBe(other);
    }
  });

  it.each(RELATIVE_QUANTITIES)('takes differences of %s', (quantity) => {
    expect(validateGridRequest({ ...good, quantity, relative: true }).relative).toBe(true);
    expect(validateGridRequest({ ...good, quantity, relative: false })).not.toHaveProperty(
      'relative',
    );
  });

  it('accepts the extreme sizes', () => {
    expect(validateGridRequest({ ...good, width: 8192, height: 8192 })).toMatchObject({
      width: 8192,
    });
    expect(validateGridRequest({ ...good, x: [-1e30, 1e30] }).x).toEqual([-1e30, 1e30]);
  });

  it.each([
    [null, 'request'],
    [{ ...good, field: { kind: 'cubic' } }, 'field.kind'],
    [{ ...good, field: undefined }, 'field'],
    [{ ...good, x: 3 }, 'x'],
    [{ ...good, x: [0, 1, 2] }, 'x'],
    [{ ...good, x: [0, Number.NaN] }, 'x[1]'],
    [{ ...good, y: [-Infinity, 0] }, 'y[0]'],
    [{ ...good, y: ['0', 1] }, 'y[0]'],
    [{ ...good, y: [0, 1.1e30] }, 'y[1]'],
    [{ ...good, width: 0 }, 'width'],
    [{ ...good, width: 2.5 }, 'width'],
    [{ ...good, height: '4' }, 'height'],
    [{ ...good, height: undefined }, 'height'],
    [{ ...good, quantity: 'curl' }, 'quantity'],
    [{ ...good, quantity: null }, 'quantity'],
    [{ ...good, heigth: 4 }, 'heigth'],
    [{ ...good, relative: 1 }, 'relative'],
    [{ ...good, relative: true, quantity: 'region' }, 'quantity'],
    [{ ...good, relative: true, quantity: 'gradientDirection' }, 'quantity'],
    [{ ...good, quantity: 'npGradientRows' }, 'height'],
    [{ ...good, width: 1, quantity: 'npGradientColumns' }, 'width'],
  ])('names what is wrong in %j', (input, path) => {
    let error: unknown;
    try {
      validateGridRequest(input);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as InvalidInputError).path).toBe(path);
  });

  it('says which grids are possible', () => {
    const tooLarge = () => validateGridRequest({ ...good, height: 8193 });
    expect(tooLarge).toThrow(RangeError);
    expect(tooLarge).toThrow('received 4 × 8193 samples, expected at most 8192 × 8192');
  });
});
