import { beforeAll, describe, expect, it } from 'vitest';
import { loadDigits } from '../../../src/data/digits.ts';
import { partOf, pointAt } from '../../../src/data/findSample.ts';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { confusionCounts, pointsOfCell } from '../../../src/learnt/confusion.ts';
import {
  type Corners,
  cornersOf,
  mainDirections,
  placeAt,
  planeThrough,
} from '../../../src/learnt/digitPlane.ts';
import { drawnPanel } from '../../../src/learnt/learntPanels.ts';
import { weightImages } from '../../../src/learnt/weights.ts';
import { explicitSource } from '../../../src/model/parameters.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import type { State } from '../../../src/state/state.ts';
import { dataOf } from '../../../src/state/stateData.ts';
import { validateState } from '../../../src/state/validate.ts';
import { runOf } from '../training/recipes.ts';

const DIGITS = { kind: 'digits', split: { testSize: 0.25, seed: 123 } };
const RECIPE = {
  network: { kind: 'drawn', widths: [64, 10], initialization: 'zeros' },
  optimizer: { kind: 'sgd', learningRate: 0.01 },
  steps: 501,
};

/** The course's logistic regression at a step. */
function trained(step: number): { state: State; losses: Float64Array } {
  const start = validateState({ data: DIGITS, run: { recipe: RECIPE, step } });
  const run = runOf(start.run!.recipe);
  run.goTo(step);
  const network = explicitSource(run.network, 'network');
  return {
    state: { ...start, field: { ...start.field, network } },
    losses: run.losses,
  };
}

beforeAll(loadDigits);

describe('weights as images', () => {
  it('are those of each class, where there is one layer', () => {
    const { state } = trained(20);
    const images = weightImages(state)!;
    expect(images.map(({ name }) => name).join()).toBe('0,1,2,3,4,5,6,7,8,9');
    const { network } = state.field;
    if (network.kind !== 'explicit') throw new Error(network.kind);
    expect([...(images[3]!.values as Float64Array)]).toEqual(network.layers[0]!.weight[3]);
    expect(images[3]!.width).toBe(8);
  });

  const of = (widths: readonly number[], rest: object = {}) =>
    weightImages(validateState({ field: { network: { kind: 'drawn', widths } }, ...rest }));

  it('are those of each hidden neuron, up to 64 images', () => {
    const images = of([784, 100, 10])!;
    expect(images.length).toBe(64);
    expect([images[1]!.name, images[1]!.width]).toEqual(['h₁,₂', 28]);
  });

  it('of colours are one for each', () => {
    const first = of([192, 5, 2])!;
    expect(first.map(({ name }) => name).slice(0, 4)).toEqual([
      ...['h₁,₁ red', 'h₁,₁ green', 'h₁,₁ blue', 'h₁,₂ red'],
    ]);
    const last = of([192, 5, 2], { image: '8x8x3' })!;
    expect([last[1]!.values[0], last[1]!.values[1]]).toEqual([
      first[0]!.values[1],
      first[0]!.values[4],
    ]);
  });

  it('are none where inputs are no images', () => {
    expect(of([5, 10])).toBeNull();
    expect(of([64, 10], { image: 'none' })).toBeNull();
  });
});

describe('the confusion matrix', () => {
  it('counts every point for testing once, and its cells have them', () => {
    const { state } = trained(501);
    const { counts, images, names } = confusionCounts(state, 'test')!;
    expect(names[8]).toBe('8');
    expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(450);
    // 0.953 of 450.
    expect(counts.reduce((sum, row, r) => sum + row[r]!, 0)).toBe(429);
    const { x } = partOf(dataOf(state)!, 'test');
    for (const [label, given] of [
      [0, 0],
      [8, 1],
      [2, 5],
    ] as const) {
      const points = pointsOfCell(state, 'test', { label, given });
      expect(points.length).toBe(counts[label]![given]);
      const image = images[label]![given];
      if (points.length === 0) expect(image).toBeNull();
      else {
        const mean = points.reduce((sum, i) => sum + x[64 * i + 20]!, 0) / points.length;
        // Sums in another order.
        expect(Math.abs(image!.values[20]! - mean) <= 1e-12).toBe(true);
      }
    }
    expect(
      confusionCounts(state, 'train')!
        .counts.flat()
        .reduce((a, b) => a + b),
    ).toBe(1347);
  });

  it('puts all points into the first class at the start', () => {
    const { counts } = confusionCounts(trained(0).state, 'test')!;
    expect(counts.every((row) => row.slice(1).every((count) => count === 0))).toBe(true);
  });

  it('is none of other outputs than the classes', () => {
    const network = { kind: 'drawn', widths: [64, 9] };
    expect(confusionCounts(validateState({ field: { network }, data: DIGITS }), 'test')).toBeNull();
  });
});

describe('a plane through digits', () => {
  const corners: Corners = [
    { part: 'test', index: 3 },
    { part: 'train', index: 5 },
    { part: 'train', index: 700 },
  ];
  const { state } = { state: validateState({ data: DIGITS, run: { recipe: RECIPE } }) };

  it('goes through them, at (0, 0), (1, 0) and (0, 1)', () => {
    const through = applyPatch(state, planeThrough(state, corners));
    expect(cornersOf(through)).toEqual(corners);
    const test = partOf(dataOf(state)!, 'test');
    expect(through.field.slice!.origin).toEqual([...pointAt(test, 3)]);
    expect(through.view).toMatchObject({ center: [0.5, 0.5], halfWidth: 1 });
    expect(through.dataPoints).toBe(false);
  });

  it('takes one at a corner, and keeps the others and the view', () => {
    const view = { center: [0.25, 0], halfWidth: 0.125 };
    const through = applyPatch(applyPatch(state, planeThrough(state, corners)), { view });
    const place = { part: 'train', index: 9 } as const;
    const moved = applyPatch(through, placeAt(through, 1, place));
    expect(cornersOf(moved)).toEqual([corners[0], place, corners[2]]);
    expect(moved.view).toEqual(through.view);
  });

  it('begins with digits of other classes than the one that is chosen', () => {
    const { y } = dataOf(state)!.train;
    const place = { part: 'train', index: [...y].indexOf(1) } as const;
    const first = applyPatch(state, placeAt(state, 0, place));
    expect(cornersOf(first)!.map(({ index }) => y[index])).toEqual([1, 2, 3]);
  });

  it('rejects three on one line, which two equal ones are', () => {
    const [first, second] = corners;
    const equal = () => planeThrough(state, [first, second, second]);
    expect(equal).toThrow(InvalidInputError);
    expect(equal).toThrow('expected points that span a plane');
  });

  it('gives way to the main directions, and the view to all points', () => {
    const main = applyPatch(state, mainDirections(state));
    expect(cornersOf(main)).toBeNull();
    expect(main.view.halfWidth).toBeGreaterThan(20);
    expect(main.dataPoints).toBe(true);
  });
});

describe('panels of figures', () => {
  const printed = { by: 'there', every: 10, losses: ['2.3026', null, '0.5'], accuracy: '0.953' };

  it('have losses so far beside those printed, and the accuracy', () => {
    const { state, losses } = trained(15);
    const scores = {
      train: { loss: 1, accuracy: 1 },
      test: { loss: 1, accuracy: 0.87654 },
    };
    const panel = { kind: 'lossesOf', title: 'Losses', of: 0, printed } as const;
    const table = drawnPanel(panel, state, { losses, scores });
    expect(table).toEqual({
      kind: 'table',
      title: 'Losses',
      head: ['loss at step', 'there', 'here'],
      rows: [
        ['0', '2.3026', '2.3026'],
        ['10', '–', losses[10]!.toFixed(4)],
        ['20', '0.5', '–'],
        ['test accuracy at step 15', '0.953', '0.877'],
      ],
    });
  });

  it('are vectors of what the state has', () => {
    const { state } = trained(15);
    const none = { losses: [], scores: null };
    const weights = drawnPanel({ kind: 'weightsOf', title: 'W', of: 0 }, state, none);
    expect(weights).toMatchObject({ kind: 'images', title: 'W', isSigned: true });
    const matrix = drawnPanel({ kind: 'confusionOf', title: 'C', of: 0 }, state, none);
    expect(matrix).toMatchObject({ kind: 'confusion', title: 'C' });
    const plane = validateState({});
    expect(drawnPanel({ kind: 'weightsOf', title: 'W', of: 0 }, plane, none).kind).toBe('table');
  });
});
