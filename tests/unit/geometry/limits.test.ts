import { describe, expect, test } from 'vitest';
import { CancelledError, LimitExceededError } from '../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import type { PlaneNetwork } from '../../../src/model/planeNetwork.ts';
import { restrict } from '../../../src/model/restrict.ts';
import { answerRequest, type RegionMessage } from '../../../src/regions/regionWork.ts';
import { drawPlane } from '../../shorthand.ts';
import { drawn, mlp, written } from './networks.ts';

const PLANE = { window: null } as const;

/** 7 hidden neurons and 5 outputs. */
const CLASSES = restrict(
  networkOf({
    kind: 'drawn',
    widths: [2, 4, 3, 5],
    activation: 'relu',
    seed: 1,
    outputBias: null,
  }),
  null,
  null,
);

describe('limits', () => {
  test('the number of regions may be reached, not passed', () => {
    const network = drawn([2, 20, 1], 0);
    expect(enumerateRegions(network, { ...PLANE, maxRegions: 211 }).activationRegions).toBe(211);
    expect(() => enumerateRegions(network, { ...PLANE, maxRegions: 210 })).toThrow(
      new LimitExceededError('regions', 210),
    );
  });

  test('helper lines do not count', () => {
    const stripes = written([
      [
        [1, 0, 0],
        [1, 0, 1],
      ],
      [[1, 1, 0]],
    ]);
    expect(enumerateRegions(stripes, { ...PLANE, maxRegions: 3 }).activationRegions).toBe(3);
    expect(() => enumerateRegions(stripes, { ...PLANE, maxRegions: 2 })).toThrow(
      new LimitExceededError('regions', 2),
    );
  });

  test('the regions of the first two hinges count', () => {
    const cross = drawn([2, 2, 1], 0);
    expect(enumerateRegions(cross, { ...PLANE, maxRegions: 4 }).activationRegions).toBe(4);
    expect(() => enumerateRegions(cross, { ...PLANE, maxRegions: 3 })).toThrow(
      new LimitExceededError('regions', 3),
    );
  });

  test('a network with millions of regions ends at the limit', () => {
    const wide = drawn([2, 256, 256, 256, 256, 1], 0);
    expect(() => enumerateRegions(wide, { ...PLANE, maxRegions: 5000 })).toThrow(
      LimitExceededError,
    );
  });

  test('must be at least one region', () => {
    for (const maxRegions of [0, -1, Number.NaN]) {
      expect(() => enumerateRegions(drawn([2, 3, 1], 0), { ...PLANE, maxRegions })).toThrow(
        InvalidInputError,
      );
    }
  });
});

describe('progress and cancellation', () => {
  test('every step is reported, and regions never get fewer', () => {
    const steps: [number, number, number][] = [];
    const { activationRegions } = enumerateRegions(drawn([2, 5, 5, 1], 3), {
      ...PLANE,
      onProgress: (...step) => steps.push(step),
    });
    expect(steps.map(([done]) => done)).toEqual(Array.from({ length: 11 }, (_, i) => i + 1));
    expect(new Set(steps.map(([, total]) => total))).toEqual(new Set([11]));
    const regions = steps.map(([, , count]) => count);
    expect(regions).toEqual(regions.toSorted((a, b) => a - b));
    expect(regions.at(-1)).toBe(activationRegions);
  });

  test('every output but the first is a step, at which it stops', () => {
    const steps: number[] = [];
    const cut = (cancelled: () => boolean) =>
      enumerateRegions(CLASSES, {
        ...PLANE,
        onProgress: (done, total) => {
          expect(total).toBe(12);
          steps.push(done);
        },
        cancelled,
      });
    expect(cut(() => false).decision?.classes.length).toBe(5);
    expect(steps).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(() => cut(() => steps.at(-1) === 10 && steps.length > 12)).toThrow(CancelledError);
  });

  test('it stops at the next neuron', () => {
    let neurons = 0;
    expect(() =>
      enumerateRegions(drawn([2, 20, 20, 1], 0), {
        ...PLANE,
        onProgress: () => neurons++,
        cancelled: () => neurons >= 7,
      }),
    ).toThrow(CancelledError);
    expect(neurons).toBe(7);
  });
});

describe('rejected input, with what was received', () => {
  test.each([
    [{ x: [1, 1], y: [0, 1] }, 'window.x'],
    [{ x: [0, 1], y: [2, -2] }, 'window.y'],
    [{ x: [0, Infinity], y: [0, 1] }, 'window.x'],
    [{ x: [0, 1], y: [Number.NaN, 1] }, 'window.y'],
  ] as const)('the window %j', (window, path) => {
    expect(() => enumerateRegions(drawn([2, 3, 1], 0), { window })).toThrow(
      expect.objectContaining({ name: 'InvalidInputError', path }),
    );
  });

  test.each([
    [
      'a weight that is not finite',
      written([[[1, Number.NaN, 0]], [[1, 0]]]),
      'network.chain[0].weight[1]',
    ],
    [
      'a bias that is not finite',
      written([[[1, 0, Infinity]], [[1, 0]]]),
      'network.chain[0].bias[0]',
    ],
    ['three inputs', written([[[1, 2, 3, 0]], [[1, 0]]]), 'network.chain[0].inputs'],
    ['no layer', written([]), 'network.chain.length'],
    ['layers that do not fit', written([[[1, 2, 3]], [[1, 2, 0]]]), 'network.chain[1].inputs'],
  ] as [string, PlaneNetwork, string][])('%s', (_, network, path) => {
    expect(() => enumerateRegions(network, PLANE)).toThrow(
      expect.objectContaining({ name: 'InvalidInputError', path }),
    );
  });
});

test('a smooth layer is named: such networks have no regions', () => {
  const smooth = restrict(
    networkOf({
      kind: 'drawn',
      widths: [3, 4, 4, 2],
      activation: ['relu', { kind: 'elu', alpha: 2 }],
      seed: 1,
      outputBias: null,
    }),
    { origin: [0, 0, 0], axis1: [1, 0, 0], axis2: [0, 1, 1] },
    null,
  );
  expect(() => enumerateRegions(smooth, PLANE)).toThrow(
    'network.layers[1].activation: received {"kind":"elu","alpha":2}, ' +
      'expected a piecewise linear activation: only such networks have regions',
  );
});

describe('answerRequest', () => {
  const network = drawPlane(mlp([2, 20, 1], 0));

  test('posts progress now and then, and the arrangement as plain data', () => {
    const messages: RegionMessage[] = [];
    let clock = 0;
    const now = () => {
      clock += 20;
      return clock;
    };
    const request = { id: 7, network, window: null, cells: true };
    answerRequest(request, (message) => messages.push(structuredClone(message)), now);
    const progress = messages.filter(({ kind }) => kind === 'progress');
    expect(progress.length).toBeGreaterThan(2);
    expect(progress.length).toBeLessThan(20);
    expect(messages.every(({ id }) => id === 7)).toBe(true);
    expect(messages.at(-1)).toEqual({
      kind: 'done',
      id: 7,
      answer: enumerateRegions(network, { window: null, cells: true }),
    });
  });

  test('posts failures with their limit', () => {
    const messages: RegionMessage[] = [];
    const post = (message: RegionMessage) => messages.push(message);
    answerRequest({ id: 1, network, window: null, maxRegions: 10 }, post, () => 0);
    answerRequest({ id: 2, network, window: { x: [1, 0], y: [0, 1] } }, post, () => 0);
    expect(messages).toMatchObject([
      { kind: 'failed', id: 1, failure: { limit: { what: 'regions', limit: 10 } } },
      {
        kind: 'failed',
        id: 2,
        failure: { limit: null, message: expect.stringContaining('window.x') },
      },
    ]);
  });
});
