import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { readOutputs, readPoint } from '../../../src/reference/pointReading.ts';

const FIELD = validateField({
  network: { kind: 'drawn', widths: [5, 10, 10, 5], activation: ['relu', 'tanh'], seed: 4 },
  slice: { origin: [0, 0, 0.5, 0, -1], axis1: [1, 0, 0, 0, 0], axis2: [0, 1, 0, 0, 0] },
  readout: { kind: 'softmax', index: 3, lambda: 2 },
});

describe('readPoint', () => {
  it('reads the outputs of the network at the point of its input space', () => {
    const reading = readPoint(FIELD, [0.25, -3]);
    expect(reading.input).toEqual([0.25, -3, 0.5, 0, -1]);
    const outputs = readOutputs(FIELD, reading.input);
    expect(outputs).toHaveLength(5);
    outputs.forEach((output, k) => {
      // Sums of a few dozen terms below 4, in two orders.
      expect(Math.abs(output - reading.outputs[k]!) <= 1e-14).toBe(true);
    });
    const powers = outputs.map((output) => Math.exp(2 * output));
    const total = powers.reduce((sum, power) => sum + power);
    expect(Math.abs(reading.value - powers[3]! / total) <= 1e-14).toBe(true);
    expect(reading.value).toBe(reading.softmax[3]);
    expect(outputs[reading.winner]).toBe(Math.max(...outputs));
    expect(reading.affineMaps).toBeNull();
    expect(reading.pattern).toBeNull();
  });

  it('gives the affine maps of a piecewise linear network', () => {
    const field = validateField({ network: { kind: 'drawn', widths: [3, 8, 2] } });
    const { outputs, affineMaps, pattern } = readPoint(field, [1, 2]);
    affineMaps!.forEach(({ a, b }, k) => {
      expect(Math.abs(a[0] + 2 * a[1] + b - outputs[k]!) <= 1e-14).toBe(true);
    });
    expect(pattern).toEqual([expect.stringMatching(/^[01]{8}$/)]);
  });

  it('gives no strings where a piecewise linear network has no hidden layers', () => {
    const field = validateField({ network: { kind: 'drawn', widths: [3, 2] } });
    expect(readPoint(field, [1, 2]).pattern).toEqual([]);
  });
});

describe('bad input', () => {
  it.each([
    [() => readPoint(FIELD, [1]), 'point: received "1 numbers", expected 2 numbers'],
    [() => readPoint(FIELD, [1, Number.NaN]), 'point[1]: received NaN, expected a number from'],
    [() => readPoint(FIELD, 'here'), 'point: received "here", expected 2 numbers'],
    [() => readOutputs(FIELD, [1, 2]), 'x: received "2 numbers", expected 5 numbers'],
    [() => readOutputs(FIELD, new Float64Array(5).fill(Infinity)), 'x[0]: received Infinity'],
  ])('is refused: %s', (read, message) => {
    expect(read).toThrow(InvalidInputError);
    expect(read).toThrow(message);
  });
});
