import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { DEFAULT_FIELD } from '../../../src/model/fieldValidation.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { COLORMAP_NAMES } from '../../../src/scales/colormaps.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { RANGE_MAX, validateState } from '../../../src/state/validate.ts';
import { CENTER_MAX, HALF_WIDTH_MAX, HALF_WIDTH_MIN, HOME } from '../../../src/view/view.ts';
import { arbitraryState } from './arbitraries.ts';

describe('DEFAULT_STATE', () => {
  it('is the shallow network with seed 0, seen from home', () => {
    expect(DEFAULT_STATE).toEqual({
      field: {
        network: {
          kind: 'drawn',
          widths: [2, 20, 1],
          activation: 'relu',
          seed: 0,
          outputBias: null,
        },
        slice: null,
        readout: { kind: 'output', index: 0 },
      },
      view: { center: [0, 0], centerLow: [0, 0], halfWidth: 5 },
      projection: { kind: 'plane' },
      frame: 'square',
      gridSamples: 500,
      quantity: 'value',
      colormap: 'viridis',
      range: { mode: 'auto' },
      norm: { kind: 'auto' },
      contours: { filled: false, lines: false, count: 10 },
      hinges: false,
      boundaries: false,
      shade: false,
      edges: false,
      image: 'auto',
      diagram: false,
      learnt: false,
      dataPoints: true,
      selection: null,
      data: null,
      run: null,
      supersampling: 'auto',
    });
    expect(DEFAULT_STATE.view).toEqual(HOME);
    expect(DEFAULT_STATE.field).toEqual(DEFAULT_FIELD);
  });

  it('is frozen with all its parts', () => {
    expect(Object.isFrozen(DEFAULT_STATE)).toBe(true);
    expect(Object.isFrozen(DEFAULT_STATE.view.center)).toBe(true);
    expect(Object.isFrozen(DEFAULT_STATE.field)).toBe(true);
  });
});

describe('validateState', () => {
  it('gives every valid state back as it is, also through JSON', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        expect(validateState(state)).toEqual(state);
        expect(validateState(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
    );
  });

  it('fills in missing members at every level', () => {
    expect(validateState({})).toEqual(DEFAULT_STATE);
    expect(validateState({ view: {}, contours: {}, field: { kind: 'mlp' } })).toEqual(
      DEFAULT_STATE,
    );
    const state = validateState({ view: { halfWidth: 10 }, contours: { lines: true } });
    expect(state.view).toEqual({ ...DEFAULT_STATE.view, halfWidth: 10 });
    expect(state.contours).toEqual({ filled: false, lines: true, count: 10 });
  });

  it('normalises the centre to its nearest float64 and the rest', () => {
    const { view } = validateState({ view: { center: [1, -0], centerLow: [0.5, -0] } });
    expect(view).toEqual({ center: [1.5, 0], centerLow: [0, 0], halfWidth: 5 });
    const tiny = validateState({ view: { center: [1, 2 ** -60], centerLow: [2 ** -60, 3] } }).view;
    expect(tiny.center).toEqual([1, 3]);
    expect(tiny.centerLow).toEqual([2 ** -60, 2 ** -60]);
  });

  it('accepts both ends of every range, every word of every list, and nothing beyond', () => {
    const range = (min: unknown, max: unknown): object => ({ range: { mode: 'fixed', min, max } });
    const good: object[] = [
      ...QUANTITIES.map((quantity) => ({ quantity })),
      ...COLORMAP_NAMES.map((colormap) => ({ colormap })),
      ...[1, 2, 4, 'auto'].map((supersampling) => ({ supersampling })),
      ...[HALF_WIDTH_MIN, HALF_WIDTH_MAX].map((halfWidth) => ({ view: { halfWidth } })),
      ...[2, 64].map((count) => ({ contours: { count } })),
      { view: { center: [CENTER_MAX, -CENTER_MAX] } },
      { range: { mode: 'symmetric' } },
      range(-RANGE_MAX, RANGE_MAX),
      ...['auto', 'linear', 'equalized'].map((kind) => ({ norm: { kind } })),
      ...[1e-100, 1e100, 'auto'].map((linearThreshold) => ({
        norm: { kind: 'symlog', linearThreshold },
      })),
    ];
    for (const input of good) expect(validateState(input)).toMatchObject(input);
    const bad: unknown[] = [
      ...[0, 3, 8, '4', true].map((supersampling) => ({ supersampling })),
      ...[0.99e-12, 1.01e9, 0, -1, Number.NaN, '5'].map((halfWidth) => ({ view: { halfWidth } })),
      ...[1, 65, 2.5, null].map((count) => ({ contours: { count } })),
      { view: { center: [1.01e12, 0] } },
      { view: { center: [CENTER_MAX, 0], centerLow: [1, 0] } },
      { view: { center: [0, Number.NaN] } },
      { view: { center: [0, 0], centerLow: [Infinity, 0] } },
      { view: { center: [0] } },
      { view: { center: [0, 0, 0] } },
      { range: 'auto' },
      { range: {} },
      { range: { mode: 'auto', min: 0 } },
      range(1, 1),
      range(2, 1),
      range(0, undefined),
      range(0, 1.01e100),
      range(Number.NaN, 1),
      { norm: 'log' },
      { norm: {} },
      { norm: null },
      { norm: { kind: 'linear', linearThreshold: 1 } },
      ...[0, -1, Number.NaN, 1e101, '1'].map((linearThreshold) => ({
        norm: { kind: 'symlog', linearThreshold },
      })),
      { hinges: 1 },
      { edges: 'yes' },
      { image: '28' },
      { diagram: 1 },
      { learnt: 'yes' },
      { dataPoints: 0 },
      { selection: undefined },
      { selection: {} },
      { selection: [1, 2] },
      { selection: { point: [1] } },
      { selection: { point: [1, 2e30] } },
      { selection: { point: [1, 2], pointLow: [Number.NaN, 0] } },
      { selection: { point: [1, 2], pattern: '1' } },
      { points: true },
      { image: '28' },
      { contours: { filled: 'yes' } },
      { colormap: 'jet' },
      { quantity: null },
      { field: null },
      { view: null },
      null,
      undefined,
      'state',
      [],
    ];
    for (const input of bad) expect(() => validateState(input)).toThrow(InvalidInputError);
  });

  it('says what was received and what is expected, by path', () => {
    const cases: [unknown, string][] = [
      [
        { view: { halfWidth: 0 } },
        'view.halfWidth: received 0, expected a number from 1e-12 to 1000000000',
      ],
      [
        { view: { zoom: 2 } },
        'view.zoom: received 2, expected no such key (the view has center, centerLow, halfWidth)',
      ],
      [
        { colour: 'red' },
        'colour: received "red", expected no such key (the state has field, view, ',
      ],
      [{ hinges: 'on' }, 'hinges: received "on", expected true or false'],
      [{ supersampling: 3 }, 'supersampling: received 3, expected one of 1, 2, 4, auto'],
      [
        { field: { kind: 'mlp', widths: [2, 1] } },
        'field.widths: received [2,1], expected [2, …hidden, 1]',
      ],
    ];
    for (const [input, message] of cases) expect(() => validateState(input)).toThrow(message);
  });

  it('rejects keys that reach for prototypes', () => {
    for (const part of ['', 'view', 'contours', 'range', 'field']) {
      const hostile = '{"__proto__":{"polluted":true}}';
      const text = part === '' ? hostile : `{"${part}":${hostile}}`;
      expect(() => validateState(JSON.parse(text)), text).toThrow(InvalidInputError);
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('never throws anything but InvalidInputError', () => {
    const keys = fc.constantFrom(...Object.keys(DEFAULT_STATE));
    const values = fc.anything({ withBigInt: true, withNullPrototype: true });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.dictionary(keys, values)), (input) => {
        try {
          const state = validateState(input);
          expect(validateState(state)).toEqual(state);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
