import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { diffState, type StateChange } from '../../../src/state/diff.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import type { State } from '../../../src/state/state.ts';
import { arbitraryPatch, arbitraryState } from './arbitraries.ts';

const NOTHING: StateChange = {
  field: 'none',
  view: false,
  projection: false,
  quantity: false,
  color: false,
  hinges: false,
  supersampling: false,
};

function throughJson(state: State): unknown {
  return JSON.parse(JSON.stringify(state));
}

/** What the second of two patches of the default state changes. */
function diffPatches(first: unknown, second: unknown): StateChange {
  const before = applyPatch(DEFAULT_STATE, first);
  return diffState(before, applyPatch(before, second));
}

describe('diffState', () => {
  it('is nothing for states that are equal', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        expect(diffState(state, structuredClone(state))).toEqual(NOTHING);
      }),
    );
  });

  it('is nothing only for states that are equal', () => {
    const pair = fc.tuple(arbitraryState, arbitraryPatch).map(([before, patch]) => {
      try {
        return [before, applyPatch(before, patch)] as const;
      } catch {
        return [before, before] as const;
      }
    });
    fc.assert(
      fc.property(pair, ([before, after]) => {
        // Through JSON, because generated objects may have no prototype.
        const same = isDeepStrictEqual(throughJson(before), throughJson(after));
        const change = diffState(before, after);
        expect(JSON.stringify(change) === JSON.stringify(NOTHING)).toBe(same);
        expect(diffState(after, before)).toEqual(change);
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(DEFAULT_STATE.field).reverse());
    const field = reversed as unknown as typeof DEFAULT_STATE.field;
    expect(diffState(DEFAULT_STATE, { ...DEFAULT_STATE, field })).toEqual(NOTHING);
  });

  it('names the part that changes, and only that', () => {
    const cases: [unknown, Partial<StateChange>][] = [
      [{ view: { halfWidth: 6 } }, { view: true }],
      [{ view: { center: [0, 1e-300] } }, { view: true }],
      [{ view: { centerLow: [1e-300, 0] } }, { view: true }],
      [{ projection: { kind: 'logRadial' } }, { projection: true }],
      [{ quantity: 'region' }, { quantity: true }],
      [{ colormap: 'prism' }, { color: true }],
      [{ range: { mode: 'symmetric' } }, { color: true }],
      [{ contours: { count: 11 } }, { color: true }],
      [{ hinges: true }, { hinges: true }],
      [{ supersampling: 1 }, { supersampling: true }],
    ];
    for (const [patch, change] of cases) {
      expect(diffPatches({}, patch), JSON.stringify(patch)).toEqual({ ...NOTHING, ...change });
    }
  });

  it('tells a change of shape from one of parameters', () => {
    const explicit = {
      weight: [
        [1, 0],
        [0, 1],
      ],
    };
    const cases: [unknown, unknown, StateChange['field']][] = [
      [{}, { seed: 1 }, 'parameters'],
      [{}, { outputBias: 4 }, 'parameters'],
      [{}, { widths: [2, 21, 1] }, 'shape'],
      [{}, { widths: [2, 20, 20, 1] }, 'shape'],
      [{}, { activation: 'abs' }, 'shape'],
      [{}, { kind: 'lse' }, 'shape'],
      [{ kind: 'lse' }, { kind: 'gap' }, 'shape'],
      [{ kind: 'lse' }, { lambda: 10 }, 'parameters'],
      [{ kind: 'lse' }, { logits: { count: 3 } }, 'shape'],
      [{ kind: 'lse' }, { logits: { count: 2 } }, 'parameters'],
      [{ kind: 'lse' }, { logits: explicit }, 'parameters'],
      [{ kind: 'max', logits: { count: 3 } }, { logits: { seed: 9 } }, 'parameters'],
      [{ kind: 'softmax' }, { component: 1 }, 'parameters'],
      [{ kind: 'sigmoid' }, { kind: 'tanh' }, 'shape'],
      [{ kind: 'sigmoid' }, { bias: 2 }, 'parameters'],
      [{ kind: 'sigmoid' }, { bias: 0 }, 'none'],
    ];
    for (const [first, second, field] of cases) {
      const change = diffPatches({ field: first }, { field: second });
      expect(change, JSON.stringify([first, second])).toEqual({ ...NOTHING, field });
    }
  });
});
