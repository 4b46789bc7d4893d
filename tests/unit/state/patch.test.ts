import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { shorthandOf } from '../../../src/model/shorthand.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import type { State } from '../../../src/state/state.ts';
import { validateState } from '../../../src/state/validate.ts';
import { arbitraryPatch, arbitraryState } from './arbitraries.ts';

/** The default state after each patch in turn. */
function patchInTurn(...patches: readonly unknown[]): State {
  return patches.reduce<State>(applyPatch, DEFAULT_STATE);
}

const threeRows = {
  weight: [
    [1, 0],
    [0, 1],
    [1, 1],
  ],
  bias: [0, 0, 1],
};

describe('applyPatch', () => {
  it('gives a valid state for every state and patch of valid parts, and changes neither', () => {
    fc.assert(
      fc.property(arbitraryState, arbitraryPatch, (state, patch) => {
        const before = JSON.stringify([state, patch]);
        let next: State;
        try {
          next = applyPatch(state, patch);
        } catch (error) {
          // Parts that fit their own state may not fit this one, such as a component without its logits.
          expect(error).toBeInstanceOf(InvalidInputError);
          next = state;
        }
        expect(validateState(next)).toEqual(next);
        expect(JSON.stringify([state, patch])).toBe(before);
      }),
    );
  });

  it('keeps what a patch of the field does not change, so that it is not made again', () => {
    const readout = { kind: 'lse', lambda: 1 };
    const slice = { origin: [1, 2, 3], axis1: [1, 0, 0], axis2: [0, 1, 0] };
    const network = { kind: 'drawn', widths: [3, 8, 2], activation: 'tanh' };
    const { field } = patchInTurn({ field: { network, slice, readout } });
    const next = (part: object) => applyPatch({ ...DEFAULT_STATE, field }, { field: part }).field;
    expect(next({ readout, slice: structuredClone(slice) })).toBe(field);
    const brighter = next({ readout: { ...readout, lambda: 2 } });
    expect(brighter.network).toBe(field.network);
    expect(brighter.slice).toBe(field.slice);
    expect(next({ slice: { ...slice, origin: [1, 2, 4] } }).readout).toBe(field.readout);
    expect(next({ network: { seed: 0 } })).toBe(field);
  });

  it('reaches every state from every other by a whole state as patch', () => {
    fc.assert(
      fc.property(arbitraryState, arbitraryState, (before, after) => {
        expect(applyPatch(before, after)).toEqual(after);
      }),
    );
  });

  it('changes nothing for an empty patch, and keeps the parts that are not named', () => {
    expect(applyPatch(DEFAULT_STATE, {})).toEqual(DEFAULT_STATE);
    const next = applyPatch(DEFAULT_STATE, { view: { halfWidth: 10 } });
    expect(next).toEqual({ ...DEFAULT_STATE, view: { ...DEFAULT_STATE.view, halfWidth: 10 } });
    expect(next.field).toBe(DEFAULT_STATE.field);
    expect(next.contours).toBe(DEFAULT_STATE.contours);
  });

  it('merges into a field of the same kind', () => {
    const first = patchInTurn({ field: { seed: 4 } }).field;
    const network = { ...DEFAULT_STATE.field.network, seed: 4 };
    expect(first).toEqual({ ...DEFAULT_STATE.field, network });
    const second = patchInTurn({ field: { seed: 4 } }, { field: { kind: 'mlp', outputBias: 4 } });
    expect(second.field).toEqual({ ...first, network: { ...network, outputBias: 4 } });
  });

  it('starts a field of another kind from its defaults, keeping λ and logits', () => {
    const logits = { count: 5, seed: 3 };
    const lse = patchInTurn({ field: { seed: 4 } }, { field: { kind: 'lse', lambda: 10, logits } });
    expect(shorthandOf(lse.field)).toEqual({ kind: 'lse', lambda: 10, logits });
    const softmax = applyPatch(lse, { field: { kind: 'softmax', component: 4 } });
    expect(shorthandOf(softmax.field)).toEqual({
      kind: 'softmax',
      lambda: 10,
      component: 4,
      logits,
    });
    const argmax = applyPatch(softmax, { field: { kind: 'argmax' } });
    expect(shorthandOf(argmax.field)).toEqual({ kind: 'argmax', component: 0, logits });
    const gap = applyPatch(argmax, { field: { kind: 'gap', logits: null } });
    expect(shorthandOf(gap.field)).toEqual({ kind: 'gap', lambda: 1, logits: null });
    const mlp = applyPatch(gap, { field: { kind: 'mlp' } });
    expect(mlp.field).toEqual(DEFAULT_STATE.field);
  });

  it('sets a component back that new logits do not have, unless the patch names it', () => {
    const five = { kind: 'softmax', component: 4, logits: { count: 5 } };
    const state = patchInTurn({ field: five });
    expect(applyPatch(state, { field: { logits: null } }).field.readout).toMatchObject({
      index: 0,
    });
    const six = applyPatch(state, { field: { logits: { count: 6 } } });
    expect(six.field.readout).toMatchObject({ index: 4 });
    expect(
      applyPatch(state, { field: { logits: null, component: 1 } }).field.readout,
    ).toMatchObject({ index: 1 });
    expect(() => applyPatch(state, { field: { logits: null, component: 4 } })).toThrow(
      'field.component: received 4, expected an integer from 0 to 1',
    );
  });

  it('merges parts of logits of the same form, and replaces logits of another', () => {
    const drawn = patchInTurn({ field: { kind: 'max', logits: { count: 3, seed: 1 } } });
    const reseeded = applyPatch(drawn, { field: { logits: { seed: 2 } } });
    expect(shorthandOf(reseeded.field)).toEqual({ kind: 'max', logits: { count: 3, seed: 2 } });
    const explicit = applyPatch(reseeded, { field: { logits: threeRows } });
    expect(shorthandOf(explicit.field)).toEqual({ kind: 'max', logits: threeRows });
    const shifted = applyPatch(explicit, { field: { logits: { bias: [1, 2, 3] } } });
    expect(shorthandOf(shifted.field)).toEqual({
      kind: 'max',
      logits: { ...threeRows, bias: [1, 2, 3] },
    });
    const back = applyPatch(shifted, { field: { logits: { count: 2 } } });
    expect(shorthandOf(back.field)).toEqual({ kind: 'max', logits: { count: 2, seed: 0 } });
  });

  it('forgets the low part of the centre when the patch names only a centre', () => {
    const deep = { center: [1, 2], centerLow: [1e-20, -1e-20], halfWidth: 1e-12 };
    const state = patchInTurn({ view: deep });
    expect(state.view).toEqual(deep);
    expect(applyPatch(state, { view: { halfWidth: 1 } }).view).toEqual({ ...deep, halfWidth: 1 });
    const moved = applyPatch(state, { view: { center: [1, 3] } }).view;
    expect(moved).toEqual({ center: [1, 3], centerLow: [0, 0], halfWidth: 1e-12 });
    const low = applyPatch(state, { view: { centerLow: [1e-21, 0] } }).view;
    expect(low).toEqual({ ...deep, centerLow: [1e-21, 0] });
  });

  it('merges into a range of the same mode, and starts another mode anew', () => {
    const fixed = patchInTurn({ range: { mode: 'fixed', min: 0, max: 1 } });
    expect(applyPatch(fixed, { range: { max: 2 } }).range).toEqual({
      mode: 'fixed',
      min: 0,
      max: 2,
    });
    expect(applyPatch(fixed, { range: { mode: 'auto' } }).range).toEqual({ mode: 'auto' });
    expect(() => applyPatch(fixed, { range: { max: -1 } })).toThrow(
      'range.max: received -1, expected more than range.min, 0',
    );
    expect(() => applyPatch(DEFAULT_STATE, { range: { min: 0 } })).toThrow(
      'range.min: received 0, expected no such key (the auto range has mode)',
    );
    expect(() => applyPatch(DEFAULT_STATE, { range: 'auto' })).toThrow(InvalidInputError);
  });

  it('merges into a projection of the same kind, and starts another kind anew', () => {
    const radial = patchInTurn({ projection: { kind: 'logRadial' } });
    expect(radial.projection).toEqual({ kind: 'logRadial', decades: 6 });
    const four = applyPatch(radial, { projection: { decades: 4 } });
    expect(four.projection).toEqual({ kind: 'logRadial', decades: 4 });
    expect(applyPatch(four, { projection: { kind: 'plane' } }).projection).toEqual({
      kind: 'plane',
    });
    expect(() => applyPatch(DEFAULT_STATE, { projection: { decades: 4 } })).toThrow(
      'projection.decades: received 4, expected no such key (the plane projection has kind)',
    );
    expect(() => applyPatch(radial, { projection: { decades: 13 } })).toThrow(
      'projection.decades: received 13, expected a number from 1 to 12',
    );
  });

  it('rejects np.gradient in the log-radial picture, in either order', () => {
    const radial = { projection: { kind: 'logRadial' } };
    for (const quantity of ['npGradientRows', 'npGradientColumns']) {
      for (const patches of [
        [radial, { quantity }],
        [{ quantity }, radial],
        [{ ...radial, quantity }],
      ]) {
        expect(() => patchInTurn(...patches)).toThrow(/^quantity: received "np.*exact quantity/);
      }
    }
    expect(patchInTurn(radial, { quantity: 'partial1' }).quantity).toBe('partial1');
  });

  it('merges contours', () => {
    const state = patchInTurn({ contours: { filled: true } }, { contours: { count: 20 } });
    expect(state.contours).toEqual({ filled: true, lines: false, count: 20 });
  });

  it('takes a norm as a word, and merges its threshold', () => {
    expect(patchInTurn({ norm: 'equalized' }).norm).toEqual({ kind: 'equalized' });
    const symlog = { kind: 'symlog', linearThreshold: 'auto' };
    expect(patchInTurn({ norm: 'symlog' }).norm).toEqual(symlog);
    const given = patchInTurn({ norm: 'symlog' }, { norm: { linearThreshold: 0.5 } });
    expect(given.norm).toEqual({ kind: 'symlog', linearThreshold: 0.5 });
    const anew = patchInTurn(
      { norm: given.norm },
      { norm: 'linear' },
      { norm: { kind: 'symlog' } },
    );
    expect(anew.norm).toEqual(symlog);
    expect(() => patchInTurn({ norm: { linearThreshold: 1 } })).toThrow(/^norm\.linearThreshold/);
  });

  it('rejects unknown keys, undefined, and anything but a plain object', () => {
    const bad: unknown[] = [
      { color: 'red' },
      { field: { lambda: 2 } },
      { field: { kind: 'lse', seed: 2 } },
      { field: { kind: undefined } },
      { field: { seed: undefined } },
      { field: { kind: 'max', logits: { rows: 3 } } },
      { hinges: undefined },
      JSON.parse('{"__proto__":{"hinges":true}}'),
      JSON.parse('{"field":{"__proto__":{"seed":3}}}'),
      JSON.parse('{"field":{"kind":"max","logits":{"__proto__":{"count":3}}}}'),
      null,
      [],
      new Map([['hinges', true]]),
    ];
    for (const patch of bad) {
      expect(() => applyPatch(DEFAULT_STATE, patch), JSON.stringify(patch)).toThrow(
        InvalidInputError,
      );
    }
  });

  it.each<[unknown, string]>([
    [JSON.parse('{"__proto__":{"hinges":true}}'), '__proto__: received {"hinges":true}'],
    [JSON.parse('{"field":{"__proto__":3}}'), 'field.__proto__: received 3'],
    [JSON.parse('{"view":{"__proto__":3}}'), 'view.__proto__: received 3'],
    [JSON.parse('{"range":{"__proto__":3}}'), 'range.__proto__: received 3'],
    [JSON.parse('{"contours":{"__proto__":3}}'), 'contours.__proto__: received 3'],
    [{ __proto__: { hinges: true } }, 'state.__proto__: received {"hinges":true}'],
    [{ field: { __proto__: { seed: 3 } } }, 'field.__proto__: received {"seed":3}'],
    [{ constructor: 1 }, 'constructor: received 1'],
    [{ field: { toString: 1 } }, 'field.toString: received 1'],
    [{ view: { hasOwnProperty: 1 } }, 'view.hasOwnProperty: received 1'],
    [{ '': 1 }, '[""]: received 1'],
    [{ field: { '': 1 } }, 'field[""]: received 1'],
    [{ ' hinges': true }, '[" hinges"]: received true'],
    [{ 'hinges\u200b': true }, '["hinges\\u200b"]: received true'],
    [{ '\n\u202e': 1 }, '["\\n\\u202e"]: received 1'],
    [{ [Symbol('hinges')]: true }, '[hinges]: received true'],
    [{ ['x'.repeat(300)]: 1 }, `${'x'.repeat(40)}…: received 1`],
  ])('names the unknown key of %j', (patch, message) => {
    let error: unknown;
    try {
      applyPatch(DEFAULT_STATE, patch);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as InvalidInputError).message).toMatch(/expected no such key \(.* has /);
    expect((error as InvalidInputError).message.startsWith(message), String(error)).toBe(true);
  });
});
