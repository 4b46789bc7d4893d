import type { State } from './state.ts';

/** Whether a state shows what another one shows, at another step of its run or in another view. */
export function isLater(before: State, after: State): boolean {
  const { field } = after;
  if (before.field.readout !== field.readout || before.field.slice !== field.slice) return false;
  const others = Object.keys(after).filter((key) => !CHANGING.has(key)) as (keyof State)[];
  return others.every((key) => before[key] === after[key]);
}

const CHANGING: ReadonlySet<string> = new Set<keyof State>(['field', 'run', 'view']);
