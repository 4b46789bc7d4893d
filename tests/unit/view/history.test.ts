import { describe, expect, it } from 'vitest';
import {
  back,
  canBack,
  canForward,
  createHistory,
  currentView,
  forward,
  HISTORY_LENGTH,
  push,
} from '../../../src/view/history.ts';
import type { View } from '../../../src/view/view.ts';
import { HOME } from '../../../src/view/view.ts';

const wide: View = { ...HOME, halfWidth: 100 };
const narrow: View = { ...HOME, halfWidth: 1 };

describe('history', () => {
  it('starts with one view and nowhere to go', () => {
    const history = createHistory(HOME);
    expect(currentView(history)).toBe(HOME);
    expect([canBack(history), canForward(history)]).toEqual([false, false]);
    expect(back(history)).toBe(history);
    expect(forward(history)).toBe(history);
  });

  it('goes back and forward', () => {
    const history = push(push(createHistory(HOME), wide), narrow);
    expect(currentView(history)).toBe(narrow);
    expect(currentView(back(history))).toBe(wide);
    expect(currentView(back(back(history)))).toBe(HOME);
    expect(currentView(forward(back(history)))).toBe(narrow);
    expect([canBack(back(history)), canForward(back(history))]).toEqual([true, true]);
  });

  it('drops the views ahead on a push', () => {
    const history = push(back(push(createHistory(HOME), wide)), narrow);
    expect(history.views).toEqual([HOME, narrow]);
    expect(canForward(history)).toBe(false);
  });

  it('ignores a push of the current view and keeps the views ahead', () => {
    const history = back(push(createHistory(HOME), wide));
    expect(push(history, { ...HOME })).toBe(history);
    expect(canForward(history)).toBe(true);
  });

  it('is a value: a push leaves the old history as it was', () => {
    const before = createHistory(HOME);
    push(before, wide);
    expect(before).toEqual(createHistory(HOME));
  });

  it('forgets the oldest views beyond its length', () => {
    let history = createHistory(HOME);
    for (let i = 1; i <= HISTORY_LENGTH; i++)
      history = push(history, { ...HOME, halfWidth: 5 + i });
    expect(history.views.length).toBe(HISTORY_LENGTH);
    expect(history.views[0]?.halfWidth).toBe(6);
    expect(currentView(history).halfWidth).toBe(5 + HISTORY_LENGTH);
  });
});
