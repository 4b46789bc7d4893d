import { describe, expect, it } from 'vitest';
import { add, negate, scale, twoProduct } from '../../../src/numeric/doubleDouble.ts';
import { probeFinely, probeWith } from '../../../src/reference/probe.ts';
import { drawNetwork, type Shorthand, type ShortNetwork } from '../../shorthand.ts';
import { EPSILON, expectNear } from '../expectNear.ts';
import { evaluatorOf } from './evaluatorOf.ts';

const probe = (field: Shorthand, x: number, y: number) => probeWith(evaluatorOf(field), x, y);

describe('probe', () => {
  it('reports all softmax components of a field of logits', () => {
    const { value, gradient, softmax, pattern, affineMap } = probe(
      { kind: 'softmax', lambda: 2, component: 1, logits: null },
      Math.log(3) / 2,
      0,
    );
    // A logarithm, an exponential and a quotient, each rounded.
    expectNear(softmax![0]!, 0.75, 2 * EPSILON);
    expect(softmax![1]).toBe(value);
    expectNear(gradient[1], 2 * 0.75 * 0.25, 4 * EPSILON);
    expect(gradient[0]).toBe(-gradient[1]);
    expect([pattern, affineMap]).toEqual([null, null]);
  });

  it.each(['max', 'argmax'] as const)('is one-hot for %s, the first of a tie', (kind) => {
    const field = { kind, component: 1, logits: { count: 3, seed: 8 } } as const;
    const { softmax } = probe(field, 2, -1);
    expect([...softmax!].sort()).toEqual([0, 0, 1]);
    expect(probe({ ...field, logits: null }, 5, 5).softmax).toEqual([1, 0]);
  });

  it('has neither softmax nor pattern for a neuron', () => {
    expect(probe({ kind: 'sigmoid', weight: [1, -1], bias: 0 }, 2, 2)).toEqual({
      value: 0.5,
      gradient: [0.25, -0.25],
      softmax: null,
      pattern: null,
      affineMap: null,
    });
  });

  it('reports the pattern and the affine map of a network', () => {
    const field: ShortNetwork = {
      kind: 'mlp',
      widths: [2, 5, 3, 1],
      activation: 'relu',
      seed: 11,
      outputBias: 4,
    };
    const { value, gradient, softmax, pattern, affineMap } = probe(field, 1.5, -2.5);
    expect(softmax).toBeNull();
    expect(pattern!.map((layer) => layer.length)).toEqual([5, 3]);
    expect(pattern!.join('')).toMatch(/^[01]+$/);
    expect(pattern!.join('')).toContain('1');
    const { a, b } = affineMap!;
    expect(a).toEqual(gradient);
    // The value is about 4, and the map at the point the sum of three rounded numbers.
    expectNear(a[0] * 1.5 + a[1] * -2.5 + b, value, 4 * 4 * EPSILON);
  });

  it('reads the same from an evaluator that is kept', () => {
    const field = { kind: 'lse', lambda: 10, logits: { count: 4, seed: 2 } } as const;
    const evaluator = evaluatorOf(field);
    for (const [x, y] of [
      [0, 0],
      [3, -1],
      [1e12, 4],
    ] as const) {
      expect(probeWith(evaluator, x, y)).toEqual(probe(field, x, y));
    }
  });

  it.each(['relu', 'abs'] as const)(
    'reads finely what float64 reads elsewhere, %s',
    (activation) => {
      const widths = [2, 7, 5, 1];
      const field: ShortNetwork = { kind: 'mlp', widths, activation, seed: 4, outputBias: null };
      const evaluator = evaluatorOf(field);
      for (const [x, y] of [
        [1.5, -2.5],
        [-1000, 737],
      ] as const) {
        const { value, ...rest } = probeWith(evaluator, x, y);
        const fine = probeFinely(evaluator, { high: x, low: 0 }, { high: y, low: 0 });
        expect(fine).toEqual({ value: expect.any(Number), ...rest });
        // A few dozen roundings of numbers of the size of the coordinates.
        const tolerance = 1e-14 * Math.hypot(x, y);
        expect(Math.abs(fine.value - value) <= tolerance).toBe(true);
      }
    },
  );

  const LOGITS = { count: 4, seed: 3 } as const;
  const SMOOTH: Shorthand[] = [
    { kind: 'lse', lambda: 2.5, logits: LOGITS },
    { kind: 'gap', lambda: 0.5, logits: LOGITS },
    { kind: 'max', logits: LOGITS },
    { kind: 'softmax', lambda: 2, component: 1, logits: LOGITS },
    { kind: 'argmax', component: 2, logits: null },
    { kind: 'sigmoid', weight: [0.5, -2], bias: 0.25 },
    { kind: 'tanh', weight: [0.5, -2], bias: 0.25 },
  ];

  it.each(SMOOTH)('reads finely what float64 reads elsewhere, $kind', (field) => {
    const evaluator = evaluatorOf(field);
    for (const [x, y] of [
      [0.3, -0.7],
      [-3, 2],
    ] as const) {
      const fine = probeFinely(evaluator, { high: x, low: 0 }, { high: y, low: 0 });
      const plain = probeWith(evaluator, x, y);
      // A dozen roundings of numbers up to 10.
      const near = (number: number) => expect.closeTo(number, 13);
      expect(fine).toEqual({
        ...plain,
        value: near(plain.value),
        gradient: plain.gradient.map(near),
        softmax: plain.softmax?.map(near) ?? null,
      });
    }
  });

  it('distinguishes points of a neuron that float64 does not, far from the origin', () => {
    const evaluator = evaluatorOf({ kind: 'sigmoid', weight: [1, -1], bias: 0 });
    const at = { high: 1e6, low: 0 };
    const { value } = probeFinely(evaluator, { high: 1e6, low: 1e-12 }, at);
    // sigmoid(z) = ½ + z / 4 up to z³; float64 about ½ has steps of 10⁻¹⁶.
    expect(Math.abs(value - (0.5 + 0.25e-12)) <= 2 ** -53).toBe(true);
    expect(probeWith(evaluator, 1e6 + 1e-12, 1e6).value).toBe(0.5);
  });

  it('distinguishes both sides of a hinge far from the origin, a hundredth of 1e-12 from it', () => {
    const widths = [2, 20, 1];
    const field: ShortNetwork = {
      kind: 'mlp',
      widths,
      activation: 'relu',
      seed: 0,
      outputBias: null,
    };
    const evaluator = evaluatorOf(field);
    const { weight, bias } = drawNetwork(field).layers[0]!;
    for (let neuron = 0; neuron < 20; neuron++) {
      const [a, b] = [weight[2 * neuron]!, weight[2 * neuron + 1]!];
      const x = { high: 1000.3, low: 0 };
      // y on the hinge: −(a x + bias) / b, refined once.
      const residual = (y: number) =>
        add(add(twoProduct(a, x.high), twoProduct(b, y)), { high: bias[neuron]!, low: 0 });
      const y0 = -(a * x.high + bias[neuron]!) / b;
      const onHinge = add({ high: y0, low: 0 }, negate(scale(residual(y0), 1 / b)));
      const active = [-1, 1].map((side) => {
        const y = add(onHinge, { high: side * Math.sign(b) * 1e-14, low: 0 });
        return probeFinely(evaluator, x, y).pattern![0]![neuron];
      });
      expect(active, `neuron ${neuron}`).toEqual(['0', '1']);
    }
  });
});
