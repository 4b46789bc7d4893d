import { describe, expect, it } from 'vitest';
import type { Field } from '../../../../src/model/field.ts';
import { validateField } from '../../../../src/model/fieldValidation.ts';
import { createEvaluator } from '../../../../src/reference/evaluate.ts';
import type { OutputsReading } from '../../../../src/reference/evaluator.ts';
import { classColor } from '../../../../src/scales/classColors.ts';
import { hexColor } from '../../../../src/scales/hexColor.ts';
import { PLAIN_NAMES } from '../../../../src/scales/names.ts';
import { describeInput, listOutputs } from '../../../../src/ui/panel/outputReadings.ts';
import { planeNames } from '../../scales/planeNames.ts';

const NAMES = PLAIN_NAMES;

/** A reading of these outputs, which the plane does not change. */
function readingOf(outputs: readonly number[], readout: object = { kind: 'class' }) {
  const layer = { weight: outputs.map(() => [0, 0]), bias: outputs };
  const network = { kind: 'explicit', layers: [{ ...layer, activation: 'identity' }] };
  const field: Field = validateField({ network, readout });
  return createEvaluator(field).outputs(0.5, -1);
}

const barsOf = (reading: OutputsReading) =>
  listOutputs(reading, 'greatest', NAMES).rows.map(({ bar }) => bar);

describe('listOutputs', () => {
  it('has a row for each output, with its colour, value, softmax and map', () => {
    const { rows, more, winner } = listOutputs(readingOf([1, 3, 2]), 'greatest', NAMES);
    expect(more).toBe(0);
    expect(winner).toBe('output 2, ahead by 1');
    expect(rows.map(({ name }) => name)).toEqual(['output 1', 'output 2', 'output 3']);
    expect(rows.map(({ value }) => value)).toEqual(['1', '3', '2']);
    // e⁻², 1 and e⁻¹ by their sum.
    expect(rows.map(({ share }) => share)).toEqual(['0.09', '0.665', '0.245']);
    expect(rows.map(({ wins }) => wins)).toEqual([false, true, false]);
    expect(rows.map(({ color }) => color)).toEqual([0, 1, 2].map((k) => hexColor(classColor(k))));
    expect(rows.map(({ map }) => map)).toEqual(['1', '3', '2']);
  });

  it('takes the softmax at the λ of the readout, and the least winner if that is what wins', () => {
    const sharp = readingOf([1, 3, 2], { kind: 'softmax', lambda: 10 });
    const shares = listOutputs(sharp, 'greatest', NAMES).rows.map(({ share }) => share);
    expect(shares).toEqual(['2.06×10⁻⁹', '1', '4.54×10⁻⁵']);
    const least = listOutputs(
      readingOf([1, 3, 2], { kind: 'class', wins: 'least' }),
      'least',
      NAMES,
    );
    expect(least.winner).toBe('output 1, least by 1');
    expect(least.rows.map(({ wins }) => wins)).toEqual([true, false, false]);
  });

  it('draws bars from 0 on one track', () => {
    expect(barsOf(readingOf([-1, 3]))).toEqual([
      { start: 0, length: 0.25 },
      { start: 0.25, length: 0.75 },
    ]);
    expect(barsOf(readingOf([2, 4]))).toEqual([
      { start: 0, length: 0.5 },
      { start: 0, length: 1 },
    ]);
    expect(barsOf(readingOf([0, 0]))).toEqual([
      { start: 0, length: 0 },
      { start: 0, length: 0 },
    ]);
  });

  it('lists up to 16 outputs, and of more the ten that come nearest to winning', () => {
    const values = (count: number) => Array.from({ length: count }, (_, k) => (7 * k) % count);
    expect(listOutputs(readingOf(values(16)), 'greatest', NAMES).rows).toHaveLength(16);
    const many = readingOf(values(20));
    const { rows, more } = listOutputs(many, 'greatest', NAMES);
    expect(more).toBe(10);
    expect(rows.map(({ value }) => Number(value))).toEqual([
      19, 18, 17, 16, 15, 14, 13, 12, 11, 10,
    ]);
    // 7 · 17 = 119 = 5 · 20 + 19.
    expect(rows[0]).toMatchObject({ name: 'output 18', wins: true });
    const least = listOutputs(many, 'least', NAMES);
    expect(least.rows.map(({ value }) => Number(value))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('names the coordinates of a slice, and has no maps of a smooth network', () => {
    const network = { kind: 'drawn', widths: [3, 4, 2], activation: 'tanh', seed: 0 };
    const smooth = createEvaluator(validateField({ network })).outputs(0.1, 0.2);
    const maps = listOutputs(smooth, 'greatest', NAMES).rows.map(({ map }) => map);
    expect(maps).toEqual([null, null]);
    const linear = validateField({ network: { ...network, activation: 'relu' } });
    const { rows } = listOutputs(
      createEvaluator(linear).outputs(0.1, 0.2),
      'greatest',
      planeNames('u', 'v'),
    );
    for (const { map } of rows) expect(map).toMatch(/ u [+−] .* v [+−] /);
  });
});

describe('describeInput', () => {
  it('shows up to eight numbers of a point, and how many more there are', () => {
    expect(describeInput([0.25, -1, 0])).toBe('(0.25, −1, 0)');
    expect(describeInput([1, 2, 3, 4, 5, 6, 7, 8])).toBe('(1, 2, 3, 4, 5, 6, 7, 8)');
    const image = Array.from({ length: 784 }, (_, i) => i / 2);
    expect(describeInput(image)).toBe('(0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, … 776 more)');
  });
});
