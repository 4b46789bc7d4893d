import type { State } from '../../state/state.ts';
import { encodeState, LINK_MAX } from '../../state/url.ts';

/** What becomes of a network when a weight of it is first changed, for a message. */
export function describeOwnWeights(state: State): string {
  const text = 'The network has weights of its own now. Undo brings back those that it had.';
  return encodeState(state).length <= LINK_MAX
    ? text
    : `${text} They are too many for a link: save them as safetensors or JSON.`;
}
