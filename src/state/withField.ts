import { isSmooth } from '../model/drawnNetwork.ts';
import { applyPatch } from './patch.ts';
import type { State } from './state.ts';

/**
 * The state with a part of a field merged into its own, as people edit it: where regions were shown and the network becomes
 * smooth, its value is shown.
 *
 * @throws InvalidInputError
 */
export function withField(state: State, part: object): State {
  if (state.quantity !== 'region') return applyPatch(state, { field: part });
  const next = applyPatch({ ...state, quantity: 'value' }, { field: part });
  return isSmooth(next.field.network) ? next : { ...next, quantity: 'region' };
}
