import { axisTicks, type Ticks } from '../scales/ticks.ts';
import { axisNames } from '../state/labels.ts';
import type { State } from '../state/state.ts';
import { nameRings } from '../view/polarAxes.ts';
import { extent } from '../view/view.ts';
import { INK } from './ink.ts';
import type { Box, Mark } from './marks.ts';

/** The distances that place ticks and words beside a picture, which depend on the text size and the room. */
export interface AxisSizes {
  /** Room that a label needs along its axis; determines the number of ticks. */
  readonly labelRoom: { readonly x: number; readonly y: number };
  /** From a tick of an upright axis to the baseline of its label. */
  readonly middle: number;
  /** From the ends of the ticks below a picture to the baseline of the axis's name. */
  readonly nameBelow: number;
  /** From an upright side to the name beside it, and to the offset, past the labels. */
  readonly nameAside: number;
  /** From the upper end of an upright side to that of its offset. */
  readonly offsetDown: number;
  /** Labels keep this distance from the picture's ends, where they would be cut off; null if there is room. */
  readonly endRoom: number | null;
}

/** For an exported picture, whose text has 12 units. */
export const PAPER_AXES: AxisSizes = {
  labelRoom: { x: 90, y: 52 },
  middle: 4,
  nameBelow: 32,
  nameAside: 66,
  offsetDown: 0,
  endRoom: null,
};

/** What axes show of a state. */
type AxisState = Pick<State, 'field' | 'view' | 'projection'>;

const TICK = 5;
/** From the end of a tick to its label: down to the baseline, and to the side. */
const LABEL = { below: 14, aside: 4 };

/** Ticks, labels and the name below a picture in `box`; for a log-radial one, the meaning of its rings. */
export function horizontalAxis(
  { field, view, projection }: AxisState,
  box: Box,
  sizes: AxisSizes,
): Mark[] {
  const [middle, right, bottom] = [box.x + box.width / 2, box.x + box.width, box.y + box.height];
  if (projection.kind === 'logRadial') {
    const at = [middle, bottom + TICK + LABEL.below] as const;
    return [{ ...NAME, text: nameRings(view), at }];
  }
  const { halfX } = extent(box.width, box.height);
  const { ticks, offset } = ticksOf(view, 0, halfX, box.width / sizes.labelRoom.x);
  const marks = ticks.flatMap(({ position, label }): Mark[] => {
    const x = box.x + ((position + 1) / 2) * box.width;
    const at = [x, bottom + TICK + LABEL.below] as const;
    const anchor = anchorAt(x - box.x, box.width, sizes.endRoom);
    return [
      { kind: 'line', from: [x, bottom], to: [x, bottom + TICK], ...TICK_LOOK },
      { kind: 'text', text: label, at, anchor, ...LABEL_LOOK },
    ];
  });
  const below = bottom + TICK + sizes.nameBelow;
  marks.push({ ...NAME, text: axisNames(field)[0], at: [middle, below] });
  if (offset !== null) marks.push({ ...OFFSET, text: offset, at: [right, below] });
  return marks;
}

/** The same left of a picture; none for a log-radial one. */
export function verticalAxis(
  { field, view, projection }: AxisState,
  box: Box,
  sizes: AxisSizes,
): Mark[] {
  if (projection.kind === 'logRadial') return [];
  const { halfY } = extent(box.width, box.height);
  const ticks = ticksOf(view, 1, halfY, box.height / sizes.labelRoom.y);
  const at = [box.x - sizes.nameAside, box.y + box.height / 2] as const;
  return [
    ...uprightTicks({ ...box, width: 0 }, ticks, -1, sizes),
    { ...NAME, text: axisNames(field)[1], at, upright: true },
  ];
}

/** Ticks along an upright side of a box, its left one (side −1) or its right one (side 1), with their offset. */
export function uprightTicks(
  box: Box,
  { ticks, offset }: Ticks,
  side: -1 | 1,
  sizes: AxisSizes,
): Mark[] {
  const edge = box.x + (side === 1 ? box.width : 0);
  const marks = ticks.flatMap(({ position, label }): Mark[] => {
    const y = box.y + ((1 - position) / 2) * box.height;
    const anchor = side === 1 ? 'start' : 'end';
    const labelY = keepInside(y - box.y + sizes.middle, box.height, sizes.endRoom);
    const at = [edge + side * (TICK + LABEL.aside), box.y + labelY] as const;
    return [
      { kind: 'line', from: [edge, y], to: [edge + side * TICK, y], ...TICK_LOOK },
      { kind: 'text', text: label, at, anchor, ...LABEL_LOOK },
    ];
  });
  if (offset === null) return marks;
  const at = [edge + side * sizes.nameAside, box.y + sizes.offsetDown] as const;
  return [...marks, { ...OFFSET, text: offset, at, upright: true }];
}

const TICK_LOOK = { look: 'tick', style: { stroke: INK } };
const LABEL_LOOK = { look: 'label', style: {} };
const NAME = { kind: 'text', anchor: 'middle', look: 'name', style: {} } as const;
const OFFSET = { kind: 'text', anchor: 'end', look: 'offset', style: {} } as const;

function ticksOf(view: State['view'], axis: 0 | 1, halfSide: number, count: number): Ticks {
  const halfExtent = view.halfWidth * halfSide;
  return axisTicks(view.center[axis], view.centerLow[axis], halfExtent, Math.max(2, count));
}

function anchorAt(x: number, width: number, endRoom: number | null): 'start' | 'middle' | 'end' {
  if (endRoom === null) return 'middle';
  return x < 3 * endRoom ? 'start' : x > width - 3 * endRoom ? 'end' : 'middle';
}

function keepInside(y: number, height: number, endRoom: number | null): number {
  return endRoom === null ? y : Math.min(height - endRoom, Math.max(2 * endRoom, y));
}
