import { isAngle } from '../model/quantities.ts';
import type { State } from '../state/state.ts';
import { type Layer, NO_LAYER, SIGN_WIDTH } from './layer.ts';

/** The colour of a place without a direction, which is not one of the colour map (color.wgsl). */
const NO_DIRECTION_COLOR = '#808080';

/** The legend of the grey that a picture of directions has where the gradient is zero. */
export function directionLayer({ quantity }: State): Layer {
  if (!isAngle(quantity)) return NO_LAYER;
  const box = { x: SIGN_WIDTH / 2 - 5.5, y: -5.5, width: 11, height: 11 };
  const style = { fill: NO_DIRECTION_COLOR };
  return {
    marks: [],
    legend: [{ sign: [{ kind: 'rect', box, look: 'noDirection', style }], text: '∇f = 0' }],
  };
}
