import { axesOf, type PlaneAxis, toUnit } from '../scales/names.ts';
import { axisTicks, LABEL_DIGITS, type Ticks } from '../scales/ticks.ts';
import type { State } from '../state/state.ts';
import { nameRings } from '../view/polarAxes.ts';
import { extent } from '../view/view.ts';
import { type FittedLabels, fitTicks, type LabelRoom } from './fitLabels.ts';
import { INK } from './ink.ts';
import type { Box, Mark } from './marks.ts';

/** The distances that place ticks and words beside a picture, which depend on the text size and the room. */
export interface AxisSizes {
  /** The distance between ticks that is aimed at, the same on both axes, whose scales are equal. */
  readonly labelRoom: number;
  /** The width of a digit and the height of a line, or a little more. */
  readonly text: { readonly digit: number; readonly line: number };
  /** The most digits of a label on an upright side, so that it stays clear of the name and the offset. */
  readonly digitsAside: number;
  /** How far labels may reach past the ends of their axis before they are cut off or meet other text. */
  readonly beyond: { readonly x: LabelRoom['beyond']; readonly y: LabelRoom['beyond'] };
  /** From a tick of an upright axis to the baseline of its label. */
  readonly middle: number;
  /** From the ends of the ticks below a picture to the baseline of the axis's name. */
  readonly nameBelow: number;
  /** From an upright side to the offset, past the labels; the name beside them is no farther away. */
  readonly nameAside: number;
  /** From the upper end of an upright side to that of its offset. */
  readonly offsetDown: number;
}

/** For an exported picture, whose text has 12 units. */
export const PAPER_AXES: AxisSizes = {
  labelRoom: 90,
  text: { digit: 7.6, line: 12 },
  digitsAside: LABEL_DIGITS,
  beyond: { x: [60, 16], y: [12, 12] },
  middle: 4,
  nameBelow: 32,
  nameAside: 66,
  offsetDown: 0,
};

/** What axes show of a state. */
type AxisState = Pick<State, 'field' | 'view' | 'projection'>;

const TICK = 5;
/** From the end of a tick to its label: down to the baseline, and to the side. */
const LABEL = { below: 14, aside: 4 };
/** From the labels of an upright axis to the baseline of its name. */
const NAME_GAP = 9;

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
  const [axis] = axesOf(field);
  const { labels, offset } = fitTicks((count) => ticksOf(view, 0, axis, halfX, count), {
    length: box.width,
    perLabel: sizes.labelRoom,
    gap: sizes.text.digit,
    beyond: sizes.beyond.x,
    sizeOf: (label) => label.length * sizes.text.digit,
  });
  const marks = labels.flatMap((label): Mark[] => {
    const x = box.x + label.at;
    const at = [box.x + label.middle, bottom + TICK + LABEL.below] as const;
    return [
      { kind: 'line', from: [x, bottom], to: [x, bottom + TICK], ...TICK_LOOK },
      { kind: 'text', text: label.label, at, anchor: 'middle', ...LABEL_LOOK },
    ];
  });
  const below = bottom + TICK + sizes.nameBelow;
  marks.push({ ...NAME, text: axis.name, at: [middle, below] });
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
  const room = uprightRoom(box.height, sizes.labelRoom, sizes);
  const [, axis] = axesOf(field);
  const ticksFor = (count: number) => ticksOf(view, 1, axis, halfY, count, sizes.digitsAside);
  const ticks = fitTicks(ticksFor, room);
  const longest = Math.max(0, ...ticks.labels.map(({ label }) => label.length));
  const past = TICK + LABEL.aside + longest * sizes.text.digit + NAME_GAP;
  const at = [box.x - Math.min(past, sizes.nameAside), box.y + box.height / 2] as const;
  return [
    ...uprightTicks({ ...box, width: 0 }, ticks, -1, sizes),
    { ...NAME, text: axis.name, at, upright: true },
  ];
}

/** Room for numbers along an upright side. */
export function uprightRoom(
  length: number,
  perLabel: number,
  { text, beyond }: Pick<AxisSizes, 'text' | 'beyond'>,
): LabelRoom {
  return { length, perLabel, gap: text.line / 4, beyond: beyond.y, sizeOf: () => text.line };
}

/** Ticks along an upright side of a box, its left one (side −1) or its right one (side 1), with their offset. */
export function uprightTicks(
  box: Box,
  { labels, offset }: FittedLabels,
  side: -1 | 1,
  sizes: AxisSizes,
): Mark[] {
  const edge = box.x + (side === 1 ? box.width : 0);
  const bottom = box.y + box.height;
  const marks = labels.flatMap(({ label, at, middle }): Mark[] => {
    const y = bottom - at;
    const place = [edge + side * (TICK + LABEL.aside), bottom - middle + sizes.middle] as const;
    const anchor = side === 1 ? 'start' : 'end';
    return [
      { kind: 'line', from: [edge, y], to: [edge + side * TICK, y], ...TICK_LOOK },
      { kind: 'text', text: label, at: place, anchor, ...LABEL_LOOK },
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

function ticksOf(
  { center, centerLow, halfWidth }: State['view'],
  index: 0 | 1,
  { unit }: PlaneAxis,
  halfSide: number,
  count: number,
  digits = LABEL_DIGITS,
): Ticks {
  const { high, low } = toUnit({ high: center[index], low: centerLow[index] }, unit);
  return axisTicks(high, low, halfWidth * halfSide * (unit?.scale ?? 1), count, digits);
}
