import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BOX_SIZE, boxesOf, signInBox } from '../../../src/geometry/boxes.ts';
import { exactForm, exactPoint, signOfExact } from '../../../src/geometry/exact.ts';
import { FORM_SIZE } from '../../../src/geometry/homogeneous.ts';
import { formsOfLayer, type LayerBelow } from '../../../src/geometry/layerForms.ts';
import { Patterns } from '../../../src/geometry/patterns.ts';
import { prepareNetwork } from '../../../src/geometry/preparedNetwork.ts';
import { startFromWindow } from '../../../src/geometry/startCells.ts';
import type { Activation } from '../../../src/model/activations.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import { Mt19937 } from '../../../src/model/random.ts';
import { restrict } from '../../../src/model/restrict.ts';
import { add, type Fraction, fraction, multiply, negate } from './exactRegions.ts';

const ZERO = fraction(0);

/** [axis1, axis2, origin] of a slice as affine maps of the plane, then of each layer in turn. */
type Affine = readonly [Fraction, Fraction, Fraction];

function isWithin(value: number, error: number, exact: Fraction): boolean {
  const off = add(fraction(value), negate(exact));
  const bound = fraction(error);
  const size = off.top < 0n ? -off.top : off.top;
  return size * bound.bottom <= bound.top * off.bottom;
}

describe('the forms of a layer are right within their error bounds', () => {
  const activations: readonly Activation[] = [
    'relu',
    'abs',
    { kind: 'leakyRelu', slope: 0.1 },
    { kind: 'prelu', slopes: [0.3, -0.7, 1, 0, 2, -1] },
  ];
  test.each(activations)('%j, on a slice that is folded into the first layer', (activation) => {
    const generator = new Mt19937(1);
    const uniform = () => 2 * generator.next32() * 2 ** -32 - 1;
    let rounded = 0;
    for (let seed = 0; seed < 10; seed++) {
      const widths = [9, 6, 6, 6, 3];
      const network = networkOf({ kind: 'drawn', widths, activation, seed, outputBias: null });
      const vector = () => Array.from({ length: 9 }, uniform);
      const [axis1, axis2, origin] = [vector(), vector(), vector()];
      const prepared = prepareNetwork(restrict(network, { origin, axis1, axis2 }, null), null);
      let exact = origin.map((o, i): Affine => {
        return [fraction(axis1[i]), fraction(axis2[i]), fraction(o)];
      });
      const patterns = new Patterns(prepared.neurons);
      let source: LayerBelow | typeof prepared.atCenter = prepared.atCenter;
      [...prepared.hidden, prepared.output].forEach((layer, index) => {
        const { inputs, outputs, weight, bias } = network.layers[index];
        const forms = formsOfLayer(layer, 1, source);
        const values = Array.from({ length: outputs }, (_, i): Affine => {
          const sum = (part: 0 | 1 | 2) =>
            exact.reduce(
              (total, input, j) =>
                add(total, multiply(fraction(weight[i * inputs + j]), input[part])),
              part === 2 ? fraction(bias[i]) : ZERO,
            );
          return [sum(0), sum(1), sum(2)];
        });
        values.forEach((value, i) => {
          value.forEach((coefficient, part) => {
            const at = i * FORM_SIZE + part;
            expect(isWithin(forms[at], forms[at + 3], coefficient)).toBe(true);
            // A few hundred roundings of numbers of size 1.
            expect(forms[at + 3] <= 1e-12).toBe(true);
            if (forms[at + 3] > 0) rounded++;
          });
        });
        exact = values.map((value, i): Affine => {
          const isActive = uniform() > 0;
          if (isActive) patterns.set(0, layer.offset + i);
          const slope = fraction(isActive ? 1 : layer.slopes[i]);
          return [multiply(slope, value[0]), multiply(slope, value[1]), multiply(slope, value[2])];
        });
        source = { forms, layer, startOf: Int32Array.of(0), patterns };
      });
    }
    expect(rounded).toBeGreaterThan(500);
  });
});

describe('signInBox', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -4, max: 4 });
  const size = fc.double({ noNaN: true, noDefaultInfinity: true, min: 2 ** -30, max: 4 });

  test('never contradicts the exact signs at the corners of a cell', () => {
    let decided = 0;
    fc.assert(
      fc.property(number, number, number, number, number, size, size, (a, b, c, x, y, w, h) => {
        const window = { x: [x, x + w], y: [y, y + h] } as const;
        const boxes = boxesOf(startFromWindow(window).subdivision, 2 ** -900);
        expect(boxes.length).toBe(BOX_SIZE);
        const sign = signInBox(Float64Array.of(a, b, c, 0, 0, 0), 0, boxes, 0, 2 ** -900);
        if (sign === 0) return;
        decided++;
        for (const px of window.x) {
          for (const py of window.y) {
            expect(signOfExact(exactForm(a, b, c), exactPoint(px, py))).toBe(sign);
          }
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(decided).toBeGreaterThan(300);
  });

  test('decides nothing where a cell is unbounded or a form unknown', () => {
    const boxes = Float64Array.of(0, 0, Infinity, Infinity, 0, 0, 1, 1);
    const sign = (form: readonly number[], box: number) =>
      signInBox(Float64Array.from(form), 0, boxes, box * BOX_SIZE, 0);
    expect(sign([1, 0, 5, 0, 0, 0], 0)).toBe(0);
    expect(sign([0, 0, 5, 0, 0, 0], 0)).toBe(0);
    expect(sign([1, 0, 5, 0, 0, 0], 1)).toBe(1);
    expect(sign([1, 0, -5, 0, 0, 4.5], 1)).toBe(0);
    expect(sign([Number.NaN, 0, 5, 0, 0, 0], 1)).toBe(0);
  });
});
