import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { defaultSlice, pointOfSlice, validateSlice } from '../../../src/model/slice.ts';

describe('validateSlice', () => {
  it('is the plane itself for two inputs, and else varies the first two', () => {
    expect(validateSlice(undefined, 'slice', 2)).toBe(null);
    expect(validateSlice(null, 'slice', 2)).toBe(null);
    expect(validateSlice(null, 'slice', 4)).toEqual({
      origin: [0, 0, 0, 0],
      axis1: [1, 0, 0, 0],
      axis2: [0, 1, 0, 0],
    });
    expect(validateSlice(null, 'slice', 1)).toEqual({ origin: [0], axis1: [1], axis2: [0] });
  });

  it('takes any two directions, and parallel ones of a single input', () => {
    const slice = { origin: [1, 2, 3], axis1: [1, 1, 0], axis2: [1, 1, 1e-6] };
    expect(validateSlice(slice, 'slice', 3)).toEqual(slice);
    const line = { origin: [0], axis1: [2], axis2: [1] };
    expect(validateSlice(line, 'slice', 1)).toEqual(line);
  });

  it('gives back a slice that it has given, which nobody can change', () => {
    const slice = validateSlice(
      { origin: [1, 2, 3], axis1: [1, 0, 0], axis2: [0, 1, 0] },
      'slice',
      3,
    )!;
    expect(validateSlice(slice, 'slice', 3)).toBe(slice);
    expect(Object.isFrozen(slice.axis1)).toBe(true);
    expect(() => validateSlice(slice, 'slice', 4)).toThrow('slice.origin');
  });

  const good = { origin: [0, 0, 0], axis1: [1, 0, 0], axis2: [0, 1, 0] };

  it.each([
    [7, 'slice'],
    [{ ...good, axis3: [0, 0, 1] }, 'slice.axis3'],
    [{ ...good, origin: [0, 0] }, 'slice.origin'],
    [{ ...good, axis2: [0, 1, 0, 0] }, 'slice.axis2'],
    [{ origin: [0, 0, 0], axis1: [1, 0, 0] }, 'slice.axis2'],
    [{ ...good, axis1: [1, Number.NaN, 0] }, 'slice.axis1[1]'],
    [{ ...good, origin: [0, 0, 2e15] }, 'slice.origin[2]'],
    [{ ...good, axis1: [0, 0, 0] }, 'slice.axis1'],
    [{ ...good, axis2: [0, 0, 0] }, 'slice.axis2'],
    [{ ...good, axis2: [-3, 0, 0] }, 'slice.axis2'],
    [{ ...good, axis2: [1e15, 1, 0] }, 'slice.axis2'],
  ])('names what is wrong in %j', (input, path) => {
    let error: unknown;
    try {
      validateSlice(input, 'slice', 3);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as InvalidInputError).path).toBe(path);
  });
});

describe('pointOfSlice', () => {
  it('is origin + u₁ axis1 + u₂ axis2', () => {
    const slice = { origin: [1, 2, 3], axis1: [1, 0, -1], axis2: [0, 2, 1] };
    expect(pointOfSlice(slice, 2, 3)).toEqual([3, 8, 4]);
    expect(pointOfSlice(defaultSlice(3), 5, 7)).toEqual([5, 7, 0]);
  });
});
