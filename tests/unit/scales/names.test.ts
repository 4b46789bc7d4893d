import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { listModel, listModels, type ModelInput, unlistModel } from '../../../src/model/models.ts';
import { createModel } from '../../../src/models/createModel.ts';
import { twoSum } from '../../../src/numeric/doubleDouble.ts';
import {
  axesOf,
  formatMap,
  fromUnit,
  nameClass,
  nameInput,
  nameOutput,
  toUnit,
} from '../../../src/scales/names.ts';

const FEET: ModelInput = { name: 'range', range: [-1, 1], unit: { mean: 1000, scale: 500 } };
const PLAIN: ModelInput = { name: null, range: null, unit: null };

/** A network of some inputs and two outputs, with what its file says. */
function namedNetwork(inputs: readonly ModelInput[], outputNames: readonly string[] | null) {
  const widths = [inputs.length, 2];
  const network = networkOf({
    kind: 'drawn',
    widths,
    activation: 'relu',
    seed: 0,
    outputBias: null,
  });
  const facts = { name: 'named', inputs, outputNames, outputUnit: null, ending: null, notes: [] };
  const model = createModel(network, facts);
  listModel(model);
  return { kind: 'model', id: model.id } as const;
}

afterEach(() => {
  unlistModel(...listModels().map(({ id }) => id));
});

describe('names', () => {
  it('are those of the file, or numbers', () => {
    const network = namedNetwork([FEET, PLAIN, PLAIN], ['left', 'right']);
    expect([0, 1].map((i) => nameInput(network, i))).toEqual(['range', 'x₂']);
    expect([nameOutput(network, 1), nameClass(network, 1)]).toEqual(['right', 'right']);
    const plain = {
      kind: 'drawn',
      widths: [2, 2],
      activation: 'relu',
      seed: 0,
      outputBias: null,
    } as const;
    expect([nameOutput(plain, 1), nameClass(plain, 1)]).toEqual(['output 2', 'class 2']);
  });

  it('are those of the inputs that a slice varies by themselves, with their units', () => {
    const network = namedNetwork([FEET, PLAIN, PLAIN], null);
    const [first, second] = axesOf(validateField({ network }));
    expect(first).toEqual({ name: 'range', unit: FEET.unit });
    expect(second).toEqual({ name: 'x₂', unit: null });
    const slice = { origin: [0, 1, 0], axis1: [0, 0, 1], axis2: [1, 0, 0] };
    expect(axesOf(validateField({ network, slice })).map(({ name }) => name)).toEqual([
      'x₃',
      'range',
    ]);
    const oblique = { origin: [0, 1, 0], axis1: [1, 1, 0], axis2: [0, 0, 1] };
    const axes = axesOf(validateField({ network, slice: oblique }));
    expect(axes).toEqual([
      { name: 'u₁', unit: null },
      { name: 'u₂', unit: null },
    ]);
  });

  it('are z for logits, and u beside the only input', () => {
    const names = (field: object) => axesOf(validateField(field)).map(({ name }) => name);
    expect(names({ kind: 'lse' })).toEqual(['z₁', 'z₂']);
    expect(names({ network: { kind: 'drawn', widths: [1, 3, 1] } })).toEqual(['x₁', 'u₂']);
  });
});

describe('units', () => {
  const scales = fc.integer({ min: -60, max: 60 }).map((e) => 10 ** (e / 10));
  const numbers = fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((n) => n / 2 ** 20);

  it('are undone to double-double', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, scales, (high, low, mean, scale) => {
        const value = twoSum(high, low * 2 ** -60);
        const unit = { mean, scale };
        const back = fromUnit(toUnit(value, unit), unit);
        const error = back.high - value.high + (back.low - value.low);
        // A few roundings of double-double, of the largest number on the way.
        const size = Math.abs(value.high) + Math.abs(mean) / scale;
        expect(Math.abs(error)).toBeLessThanOrEqual(2 ** -96 * size);
      }),
    );
  });

  it('turn a map of the network’s numbers into one of those that are read', () => {
    const axes = [
      { name: 'range', unit: { mean: 1000, scale: 500 } },
      { name: 'x₂', unit: null },
    ] as const;
    // 4 (r − 1000) / 500 + 2 x₂ + 1
    expect(formatMap({ a: [4, 2], b: 1 }, 4, axes)).toBe('0.008 range + 2 x₂ − 7');
  });
});
