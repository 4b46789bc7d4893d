import type { State } from './state.ts';
import { encodeState } from './url.ts';

/** Whether two states show the same; links hold all of a state. */
export function equalStates(a: State, b: State): boolean {
  return a === b || encodeState(a) === encodeState(b);
}
