import type { View } from './view.ts';
import { equalViews } from './view.ts';

/** The views that a person has visited; an immutable value. */
export interface History {
  /** Oldest first, at least one. */
  readonly views: readonly View[];
  /** Index of the current view. */
  readonly current: number;
}

/** Older views than this many are forgotten. */
export const HISTORY_LENGTH = 100;

export function createHistory(view: View): History {
  return { views: [view], current: 0 };
}

export function currentView(history: History): View {
  return history.views[history.current]!;
}

/** Makes `view` the current one and drops the views ahead; returns the same history if it is current already. */
export function push(history: History, view: View): History {
  if (equalViews(view, currentView(history))) return history;
  const views = [...history.views.slice(0, history.current + 1), view].slice(-HISTORY_LENGTH);
  return { views, current: views.length - 1 };
}

export function canBack(history: History): boolean {
  return history.current > 0;
}

export function canForward(history: History): boolean {
  return history.current < history.views.length - 1;
}

/** One view back; at the oldest the history itself. */
export function back(history: History): History {
  return canBack(history) ? { ...history, current: history.current - 1 } : history;
}

/** One view forward; at the newest the history itself. */
export function forward(history: History): History {
  return canForward(history) ? { ...history, current: history.current + 1 } : history;
}
