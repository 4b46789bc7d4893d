/** What was shown, step by step; an immutable value. */
export interface History<T> {
  /** Oldest first. */
  readonly past: readonly T[];
  readonly current: T;
  /** What was undone; the next one to redo is first. */
  readonly future: readonly T[];
}

/** Older steps than this many are forgotten. */
export const STEPS_MAX = 200;

/** A history of one state. */
export function createHistory<T>(current: T): History<T> {
  return { past: [], current, future: [] };
}

/** A step to `next`: what was undone is forgotten. */
export function push<T>({ past, current }: History<T>, next: T): History<T> {
  return { past: [...past, current].slice(-STEPS_MAX), current: next, future: [] };
}

/** The same steps with another form of the current one. */
export function revise<T>(history: History<T>, current: T): History<T> {
  return { ...history, current };
}

export function canUndo<T>({ past }: History<T>): boolean {
  return past.length > 0;
}

export function canRedo<T>({ future }: History<T>): boolean {
  return future.length > 0;
}

/** One step back; at the oldest the history itself. */
export function undo<T>(history: History<T>): History<T> {
  const { past, current, future } = history;
  if (!canUndo(history)) return history;
  return { past: past.slice(0, -1), current: past.at(-1)!, future: [current, ...future] };
}

/** One step forward; at the newest the history itself. */
export function redo<T>(history: History<T>): History<T> {
  const { past, current, future } = history;
  if (!canRedo(history)) return history;
  return { past: [...past, current], current: future[0]!, future: future.slice(1) };
}
