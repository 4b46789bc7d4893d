import { isPiecewiseLinear } from '../model/activations.ts';
import { activationsOf, shapeOf } from '../model/drawnNetwork.ts';
import type { State } from '../state/state.ts';

/** What is drawn into a picture beside its quantity. */
export type Line = 'hinge' | 'boundary';
export const LINES: readonly Line[] = ['hinge', 'boundary'];

/** Whether a state shows lines of a kind: hinges need kinks, and a boundary several outputs. */
export function showsLine({ field, hinges, boundaries }: State, line: Line): boolean {
  if (line === 'boundary') return boundaries && shapeOf(field.network).outputs > 1;
  return hinges && activationsOf(field.network).every(isPiecewiseLinear);
}
