import { isSameJson } from '../input/plainJson.ts';
import type { State } from './state.ts';

/** Whether two states show the same of the same network, or of one that has learnt meanwhile in the same run. */
export function sameSubject(a: State, b: State): boolean {
  if (a.field === b.field) return true;
  const isSameRun = a.run !== null && a.run.recipe === b.run?.recipe;
  return (
    (isSameRun || isSameJson(a.field.network, b.field.network)) &&
    isSameJson(a.field.slice, b.field.slice) &&
    isSameJson(a.field.readout, b.field.readout)
  );
}
