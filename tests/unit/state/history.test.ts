import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canRedo,
  canUndo,
  createHistory,
  type History,
  push,
  redo,
  revise,
  STEPS_MAX,
  undo,
} from '../../../src/state/history.ts';

/** Any history that steps, undo and redo can lead to. */
const arbitraryHistory: fc.Arbitrary<History<number>> = fc
  .array(fc.oneof(fc.nat(), fc.constantFrom('undo' as const, 'redo' as const)), { maxLength: 60 })
  .map((moves) =>
    moves.reduce<History<number>>((history, move) => {
      if (move === 'undo') return undo(history);
      return move === 'redo' ? redo(history) : push(history, move);
    }, createHistory(-1)),
  );

const everything = ({ past, current, future }: History<number>) => [...past, current, ...future];

const holds = (check: (history: History<number>, next: number) => void) =>
  fc.assert(fc.property(arbitraryHistory, fc.nat(), check));

describe('history', () => {
  it('starts with nothing to undo or redo', () => {
    const history = createHistory('first');
    expect([canUndo(history), canRedo(history)]).toEqual([false, false]);
    expect([undo(history), redo(history)]).toEqual([history, history]);
  });

  it('undoes what was done', () => {
    holds((history, next) => {
      const { past, current } = undo(push(history, next));
      expect({ past, current }).toEqual({ past: history.past, current: history.current });
    });
  });

  it('does again what was undone, and undoes what was redone', () => {
    holds((history) => {
      expect(canUndo(history) ? redo(undo(history)) : history).toEqual(history);
      expect(canRedo(history) ? undo(redo(history)) : history).toEqual(history);
    });
  });

  it('loses nothing by undo and redo', () => {
    holds((history) => {
      expect(everything(undo(history))).toEqual(everything(history));
      expect(everything(redo(history))).toEqual(everything(history));
    });
  });

  it('forgets what was undone with the next step, and nothing else', () => {
    holds((history, next) => {
      const { past, current, future } = push(undo(history), next);
      const kept = undo(history);
      expect([...past, current]).toEqual([...kept.past, kept.current, next]);
      expect(future).toEqual([]);
    });
  });

  it('is led to its first and to its last step', () => {
    holds((history) => {
      const all = everything(history);
      const first = all.reduce(undo<number>, history);
      const last = all.reduce(redo<number>, history);
      expect([first.current, canUndo(first)]).toEqual([all[0], false]);
      expect([last.current, canRedo(last)]).toEqual([all.at(-1), false]);
    });
  });

  it('gives the current step another form without a step', () => {
    holds((history, next) => {
      expect(revise(history, next)).toEqual({ ...history, current: next });
    });
  });

  it('forgets the oldest steps beyond its length', () => {
    const steps = Array.from({ length: STEPS_MAX + 1 }, (_, i) => i);
    const history = steps.reduce(push<number>, createHistory(-1));
    expect(history.past).toHaveLength(STEPS_MAX);
    expect([history.past[0], history.current]).toEqual([0, STEPS_MAX]);
  });
});
