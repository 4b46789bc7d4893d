import type { RangeTicks, Ticks } from '../scales/ticks.ts';

/** The lengths that decide where the numbers beside an axis or a bar stand, all in the same unit. */
export interface LabelRoom {
  /** Of the axis. */
  readonly length: number;
  /** The distance between two ticks that the first attempt aims at. */
  readonly perLabel: number;
  /** The least distance between two numbers. */
  readonly gap: number;
  /** How far a number may reach past the lower and the upper end of the axis. */
  readonly beyond: readonly [lower: number, upper: number];
  /** The length of a number along the axis. */
  sizeOf(label: string): number;
}

/** A number beside an axis or a bar. */
export interface PlacedLabel {
  readonly label: string;
  /** From the axis's lower end to the tick. */
  readonly at: number;
  /** To the middle of the number: the same, except where the number would reach too far past an end. */
  readonly middle: number;
  /** The number of an end of a range, which is not round. */
  readonly isEnd?: true;
}

/** Numbers that do not overlap. */
export interface FittedLabels {
  readonly labels: readonly PlacedLabel[];
  readonly offset: string | null;
}

export interface FittedRange extends FittedLabels {
  readonly ends: RangeTicks['ends'];
}

const COUNT_MIN = 2;
/** The number of ticks that the next attempt asks for, as a fraction of the last. */
const FEWER = 0.75;

/**
 * As many ticks as there is room for.
 *
 * @param ticksFor about this many ticks
 */
export function fitTicks(ticksFor: (count: number) => Ticks, room: LabelRoom): FittedLabels {
  return fewerUntilFit((count) => {
    const { ticks, offset } = ticksFor(count);
    return { labels: ticks.map(({ position, label }) => place(label, position, room)), offset };
  }, room);
}

/** The same with the numbers at the two ends of a range, for which ticks that are too near make room. */
export function fitRange(ticksFor: (count: number) => RangeTicks, room: LabelRoom): FittedRange {
  return fewerUntilFit((count) => {
    const { ticks, offset, ends } = ticksFor(count);
    const inside = ticks.map(({ position, label }) => place(label, position, room));
    if (ends === null) return { labels: inside, offset, ends };
    const [lower, upper] = [place(ends[0], -1, room), place(ends[1], 1, room)];
    const kept = inside.filter((label) => {
      return isClear(lower, label, room) && isClear(label, upper, room);
    });
    const labels = [
      { ...lower, isEnd: true } as const,
      ...kept,
      { ...upper, isEnd: true } as const,
    ];
    return { labels, offset, ends };
  }, room);
}

function fewerUntilFit<T extends FittedLabels>(attempt: (count: number) => T, room: LabelRoom): T {
  let count = Math.max(COUNT_MIN, room.length / room.perLabel);
  for (;;) {
    const fitted = attempt(count);
    const { labels } = fitted;
    if (labels.every((label, i) => i === 0 || isClear(labels[i - 1]!, label, room))) return fitted;
    if (count === COUNT_MIN) return { ...fitted, labels: thin(labels, room) };
    count = Math.max(COUNT_MIN, FEWER * count);
  }
}

/** Where even few ticks are too many, those that stand clear of the one before. */
function thin(labels: readonly PlacedLabel[], room: LabelRoom): PlacedLabel[] {
  const kept: PlacedLabel[] = [];
  for (const label of labels) {
    const before = kept.at(-1);
    if (before === undefined || isClear(before, label, room)) kept.push(label);
  }
  return kept;
}

function isClear(a: PlacedLabel, b: PlacedLabel, { gap, sizeOf }: LabelRoom): boolean {
  return b.middle - a.middle >= (sizeOf(a.label) + sizeOf(b.label)) / 2 + gap;
}

function place(label: string, position: number, room: LabelRoom): PlacedLabel {
  const { length, beyond, sizeOf } = room;
  const at = ((position + 1) / 2) * length;
  const half = sizeOf(label) / 2;
  const [first, last] = [half - beyond[0], length + beyond[1] - half];
  // In less room than the number needs, it stays in the middle of it.
  const middle = first < last ? Math.min(last, Math.max(first, at)) : (first + last) / 2;
  return { label, at, middle };
}
