import type { PlaneWindow } from '../geometry/arrangement.ts';
import type { Vec2 } from '../model/field.ts';
import { add, negate, toNumber } from '../numeric/doubleDouble.ts';
import type { View } from '../view/view.ts';

/** The map between view coordinates and places relative to the centre of a window. */
export interface Placement {
  toView(x: number, y: number): Vec2;
  fromView(u: Vec2): Vec2;
}

/**
 * The centres are subtracted in double-double, once. The difference has the size of the view if the
 * window is near, so no digits are lost in views of any depth.
 */
export function placementIn(view: View, window: PlaneWindow | null): Placement {
  const { center = [0, 0], centerLow = [0, 0] } = window ?? {};
  const between = (axis: 0 | 1) =>
    toNumber(
      add(
        { high: center[axis], low: centerLow[axis] },
        negate({ high: view.center[axis], low: view.centerLow[axis] }),
      ),
    );
  const [shiftX, shiftY] = [between(0), between(1)];
  const { halfWidth } = view;
  return {
    toView: (x, y) => [(shiftX + x) / halfWidth, (shiftY + y) / halfWidth],
    fromView: (u) => [u[0] * halfWidth - shiftX, u[1] * halfWidth - shiftY],
  };
}
