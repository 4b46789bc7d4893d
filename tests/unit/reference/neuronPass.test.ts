import { expect, test } from 'vitest';
import type { Activation } from '../../../src/model/activations.ts';
import { shapeOf } from '../../../src/model/drawnNetwork.ts';
import type { Field } from '../../../src/model/field.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { anchoredEvaluator } from '../../../src/reference/anchoredEvaluator.ts';
import { createEvaluator } from '../../../src/reference/evaluate.ts';
import { NeuronPass, type Offsets } from '../../../src/reference/neuronPass.ts';
import { squareOffsets } from '../../../src/view/squareSamples.ts';
import { EPSILON, expectNear } from '../expectNear.ts';
import { runToEnd } from '../runToEnd.ts';

/** All neurons are stored in float32, which rounds by half of this. */
const FLOAT32 = 2 ** -23;
/** Roundings of some ten terms in each of three layers, of numbers of size 10, and of plain differences of smooth activations. */
const ROUNDING = 1000 * EPSILON;

const LAYERS: readonly (readonly Activation[])[] = [
  ['relu', 'relu'],
  ['abs', { kind: 'leakyRelu', slope: 0.1 }],
  [{ kind: 'hardtanh', min: -0.5, max: 0.25 }, 'relu6'],
  ['tanh', 'gelu'],
  ['identity', 'softplus'],
  [{ kind: 'prelu', slopes: [0.1, -0.5, 0, 2, 1] }, 'sine'],
];

const SLICE = { origin: [1, 2, -1], axis1: [1, 0, 0.5], axis2: [0, 1, -1] };

function fieldsOf(activation: readonly Activation[]): Field[] {
  return [2, 3].map((inputs, seed) =>
    validateField({
      network: { kind: 'drawn', widths: [inputs, 5, 6, 3], activation, seed },
      slice: inputs === 2 ? null : SLICE,
    }),
  );
}

const VIEW = { center: [0.3, -0.2], centerLow: [0, 0], halfWidth: 4 } as const;
const OFFSETS = squareOffsets(VIEW, { kind: 'plane' }, 5);
const CENTER = { x: { high: 0.3, low: 0 }, y: { high: -0.2, low: 0 } };

/** The field that reads a neuron of a layer, the outputs being the last. */
function reading(field: Field, layer: number, index: number, stage: string): Field {
  const isOutput = layer === shapeOf(field.network).hidden.length;
  const readout = isOutput ? { kind: 'output', index } : { kind: 'neuron', layer, index, stage };
  return validateField({ ...field, readout });
}

/** What is off by more than the tolerance: [where, received, expected]. */
function compare(
  received: ArrayLike<number>,
  field: Field,
  { dx, dy }: Offsets,
  tolerance: number,
): unknown[] {
  const evaluator = createEvaluator(field);
  return Array.from(dx, (_, s) => {
    const expected = evaluator.value(CENTER.x.high + dx[s]!, CENTER.y.high + dy[s]!);
    const isNear = Math.abs(received[s]! - expected) <= tolerance * (1 + Math.abs(expected));
    return isNear ? null : [JSON.stringify(field.readout), s, received[s], expected];
  }).filter((wrong) => wrong !== null);
}

test.each(LAYERS)('all neurons of %j, %j have the values of their readouts', (...activation) => {
  const samples = OFFSETS.dx.length;
  for (const field of fieldsOf(activation)) {
    const layers = runToEnd(new NeuronPass(resolve(field), CENTER).all(OFFSETS));
    expect(layers.map(({ length }) => length / samples)).toEqual([5, 6, 3]);
    const wrong = layers.flatMap((values, layer) =>
      Array.from({ length: values.length / samples }, (_, index) => {
        const own = values.subarray(index * samples, (index + 1) * samples);
        return compare(own, reading(field, layer, index, 'activation'), OFFSETS, FLOAT32);
      }).flat(),
    );
    expect(wrong).toEqual([]);
  }
});

test.each(LAYERS)('one neuron of %j, %j is the same in float64', (...activation) => {
  for (const field of fieldsOf(activation)) {
    const pass = new NeuronPass(resolve(field), CENTER);
    const wrong = [0, 1, 2].flatMap((layer) => {
      const { preActivations, activations } = runToEnd(pass.one(layer, 2, OFFSETS));
      return [
        ...compare(preActivations, reading(field, layer, 2, 'preactivation'), OFFSETS, ROUNDING),
        ...compare(activations, reading(field, layer, 2, 'activation'), OFFSETS, ROUNDING),
      ];
    });
    expect(wrong).toEqual([]);
  }
});

test('inputs are those of the slice', () => {
  const [plane, sliced] = fieldsOf(['relu', 'relu']).map(
    (field) => new NeuronPass(resolve(field), CENTER),
  );
  const at = { dx: Float64Array.of(0, 1), dy: Float64Array.of(0, 2) };
  expect([...plane!.input(1, at)].map((x) => Math.fround(x))).toEqual([-0.2, 1.8].map(Math.fround));
  // −1 + 0.5 u₁ − u₂ at (0.3, −0.2) and (1.3, 1.8).
  const expected = [-0.65, -2.15];
  const inputs = [...sliced!.input(2, at)];
  expect(inputs).toHaveLength(2);
  for (const [i, x] of inputs.entries()) expectNear(x, expected[i]!, FLOAT32 * 3);
});

/** At this height the neuron changes its sign from left to right. */
const Y = 3;

test('a view of 1e-12 about a hinge of the second layer keeps its digits', () => {
  const field = reading(fieldsOf(['relu', 'relu'])[0]!, 1, 2, 'preactivation');
  const evaluator = createEvaluator(field);
  const value = (x: number, y: number) => evaluator.value(x, y);
  // Bisection along a line, to the last bit of float64.
  let [low, high] = [-8, 8];
  expect(value(low, Y) > 0).not.toBe(value(high, Y) > 0);
  for (let i = 0; i < 80; i += 1) {
    const middle = (low + high) / 2;
    if (value(middle, Y) > 0 === value(low, Y) > 0) low = middle;
    else high = middle;
  }
  const center = { x: { high: low, low: 0 }, y: { high: Y, low: 0 } };
  const offsets = squareOffsets(
    { center: [low, Y], centerLow: [0, 0], halfWidth: 1e-12 },
    { kind: 'plane' },
    4,
  );
  const { preActivations } = runToEnd(new NeuronPass(resolve(field), center).one(1, 2, offsets));
  const precise = anchoredEvaluator(resolve(field), center);
  const wrong = [...preActivations].filter((z, s) => {
    const expected = precise.value + precise.change(offsets.dx[s]!, offsets.dy[s]!);
    return !(Math.abs(z - expected) <= 1e-9 * 1e-12);
  });
  expect(wrong).toEqual([]);
});

test('pauses after each neuron', () => {
  const field = fieldsOf(['relu', 'relu'])[0]!;
  const work = new NeuronPass(resolve(field), CENTER).all(OFFSETS);
  let pauses = 0;
  while (!work.next().done) pauses += 1;
  expect(pauses).toBe(5 + 6 + 3);
});
