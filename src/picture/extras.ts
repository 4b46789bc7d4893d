import { isPiecewiseLinear } from '../model/activations.ts';
import { readsClass } from '../model/classes.ts';
import { activationsOf, shapeOf } from '../model/drawnNetwork.ts';
import { winsOf } from '../model/readouts.ts';
import type { State } from '../state/state.ts';

/** What is drawn into a picture beside its quantity, one number for each pixel. */
export type Extra = 'hinge' | 'boundary' | 'share';
export const EXTRAS: readonly Extra[] = ['hinge', 'boundary', 'share'];

const IS_SHOWN: { readonly [E in Extra]: (state: State) => boolean } = {
  // Only kinks are hinges.
  hinge: ({ field, hinges }) => hinges && activationsOf(field.network).every(isPiecewiseLinear),
  boundary: ({ field, boundaries }) => boundaries && shapeOf(field.network).outputs > 1,
  // softmax gives the greatest output the largest share.
  share: ({ field, quantity, shade }) =>
    shade &&
    quantity === 'value' &&
    readsClass(field) &&
    winsOf(field.readout) === 'greatest' &&
    shapeOf(field.network).outputs > 1,
};

/** Whether a picture has an extra of a kind. */
export function showsExtra(state: State, extra: Extra): boolean {
  return IS_SHOWN[extra](state);
}
