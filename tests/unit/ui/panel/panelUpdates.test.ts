import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_STATE } from '../../../../src/state/defaults.ts';
import type { State } from '../../../../src/state/state.ts';
import { PanelUpdates } from '../../../../src/ui/panel/panelUpdates.ts';
import type { Session } from '../../../../src/ui/panel/session.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Updates that count how often scales and readings were shown. */
function makeUpdates() {
  const shown = { scales: 0, readings: 0 };
  const updates = new PanelUpdates(
    () => {
      shown.scales += 1;
    },
    () => {
      shown.readings += 1;
    },
  );
  const follow = (halfWidth: number, moving: boolean, held = false) => {
    const state: State = { ...DEFAULT_STATE, view: { ...DEFAULT_STATE.view, halfWidth } };
    updates.follow({ state, held } as Session, moving);
  };
  return { shown, follow, updates };
}

test('what rests is shown at once, what moves not more often than an interval allows', () => {
  const { shown, follow } = makeUpdates();
  follow(1, false);
  expect(shown).toEqual({ scales: 1, readings: 1 });
  for (let i = 0; i < 5; i += 1) follow(2 + i, true);
  expect(shown).toEqual({ scales: 1, readings: 1 });
  vi.advanceTimersByTime(100);
  expect(shown).toEqual({ scales: 2, readings: 1 });
  vi.advanceTimersByTime(50);
  expect(shown).toEqual({ scales: 2, readings: 2 });
});

test('a later state of a held session waits for its picture, or for some time', () => {
  const { shown, follow, updates } = makeUpdates();
  follow(1, false, true);
  expect(shown).toEqual({ scales: 1, readings: 1 });
  follow(2, false, true);
  vi.advanceTimersByTime(399);
  expect(shown).toEqual({ scales: 1, readings: 1 });
  vi.advanceTimersByTime(1);
  expect(shown).toEqual({ scales: 2, readings: 1 });
  follow(3, false, true);
  updates.cancel();
  vi.advanceTimersByTime(1000);
  expect(shown).toEqual({ scales: 2, readings: 1 });
});
