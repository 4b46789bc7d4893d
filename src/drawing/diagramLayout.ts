import type { Vec2 } from '../model/field.ts';
import type { Box } from '../overlay/marks.ts';
import {
  type DiagramWindow,
  describePart,
  drawnNeurons,
  drawnRanks,
  type NeuronPlace,
} from './diagramWindow.ts';
import type { Size } from './plotFrame.ts';

/** The drawn neurons of a layer, or inputs. */
export interface DiagramRank {
  readonly rank: number;
  readonly first: number;
  /** The squares of the neurons from `first` on. */
  readonly boxes: readonly Box[];
  /** Above the neurons, or at their left. */
  readonly title: DiagramTitle;
}

interface DiagramTitle {
  readonly lines: readonly string[];
  /** The base of the first line, which begins or has its middle there. */
  readonly at: Vec2;
  readonly anchor: 'start' | 'middle';
}

/** Where everything in a diagram is, in CSS pixels or units of text, from its top left corner. */
export interface DiagramLayout extends Size {
  readonly flow: Flow;
  /** Of a neuron's square. */
  readonly side: number;
  /** Whether there is room for a name above each neuron. */
  readonly isLabelled: boolean;
  readonly ranks: readonly DiagramRank[];
}

/** Layers stand in columns from left to right, or in rows from top to bottom. */
type Flow = 'right' | 'down';

export const LABEL_SIZE = 11;
export const LINE_HEIGHT = 14;
const PAD = 6;
const GAP = 4;
/** Beside rows of neurons, for their titles. */
const GUTTER = 82;
const SIDE_MAX = 56;
/** Smaller pictures show nothing; the diagram then grows beyond its room. */
const SIDE_MIN = 16;
/** A name needs this room from one neuron to the next. */
const NAME_WIDTH = 30;
/** Of the way from layer to layer, the part that neurons take at most: the rest is for lines. */
const NEURON_PART = 0.5;
const RANK_PITCH_MIN = 46;
/** Over narrower columns there are no notes. */
const NOTE_WIDTH = 76;
/** From neuron to neuron of a layer, in sides. */
const SPREAD = 1.8;

/** Lengths along the flow, from layer to layer, and across it, from neuron to neuron. */
interface Plan {
  readonly flow: Flow;
  readonly side: number;
  readonly isLabelled: boolean;
  /** Before the first neuron across the flow, for titles. */
  readonly head: number;
  readonly along: number;
  readonly across: number;
  readonly rankPitch: number;
  readonly neuronPitch: number;
}

/**
 * Lays out a network in a room, in the direction in which its neurons are larger. If they would be too small, the layout is larger
 * than the room.
 *
 * @param widths [d, …hidden, K]
 * @param notes a line of text for each rank, below its name where there is room
 */
export function layDiagram(
  widths: readonly number[],
  window: DiagramWindow,
  room: Size,
  notes: readonly string[],
): DiagramLayout {
  const shown = drawnRanks(widths, window);
  const ranks = Array.from({ length: shown.count }, (_, i) => shown.first + i);
  const parts = ranks.map((rank) => drawnNeurons(widths, window, rank));
  const hasNotes = room.width >= NOTE_WIDTH * ranks.length;
  const titles = ranks.map((rank, i) => {
    const note = hasNotes ? (notes[rank] ?? '') : '';
    return [nameRank(widths, rank), describePart(parts[i]!), note].filter((line) => line);
  });
  const lines = Math.max(...titles.map(({ length }) => length));
  const most = Math.max(...parts.map(({ count }) => count));
  const [right, down] = [
    planFor('right', room, LINE_HEIGHT * lines + GAP, ranks.length, most),
    planFor('down', room, GUTTER, ranks.length, most),
  ];
  const plan = down.side > right.side ? down : right;
  const { flow, side, isLabelled, along, across } = plan;
  return {
    ...(flow === 'right' ? { width: along, height: across } : { width: across, height: along }),
    flow,
    side,
    isLabelled,
    ranks: ranks.map((rank, i) => {
      const { first, count } = parts[i]!;
      const boxes = Array.from({ length: count }, (_, n) => boxAt(plan, i, n - (count - 1) / 2));
      return { rank, first, boxes, title: titleOf(plan, i, titles[i]!) };
    }),
  };
}

/** 'inputs', 'layer 2', 'outputs'. */
function nameRank(widths: readonly number[], rank: number): string {
  if (rank === 0) return 'inputs';
  return rank === widths.length - 1 ? 'outputs' : `layer ${rank}`;
}

/** The square of a drawn neuron; null if it is not drawn. */
export function boxOf({ ranks }: DiagramLayout, { rank, index }: NeuronPlace): Box | null {
  const drawn = ranks.find((one) => one.rank === rank);
  return drawn?.boxes[index - drawn.first] ?? null;
}

function planFor(flow: Flow, room: Size, head: number, ranks: number, most: number): Plan {
  const isRight = flow === 'right';
  const [along, across] = isRight ? [room.width, room.height] : [room.height, room.width];
  const rankPitch = Math.max(RANK_PITCH_MIN, (along - 2 * PAD) / ranks);
  const room1 = (across - head - PAD) / most;
  // A name above each neuron takes room between the neurons of a column, or between rows.
  const isLabelled = isRight ? room1 >= SIDE_MIN + LINE_HEIGHT + GAP : room1 >= NAME_WIDTH;
  const label = isLabelled ? LINE_HEIGHT : 0;
  const [labelAlong, labelAcross] = isRight ? [0, label] : [label, 0];
  const most1 = Math.min(room1 - GAP - labelAcross, rankPitch * NEURON_PART - labelAlong, SIDE_MAX);
  const side = Math.max(SIDE_MIN, Math.floor(most1));
  const least = side + GAP + labelAcross;
  const neuronPitch = Math.max(least, Math.min(room1, SPREAD * side + labelAcross));
  return {
    ...{ flow, side, isLabelled, head, rankPitch, neuronPitch },
    along: Math.max(along, 2 * PAD + ranks * rankPitch),
    across: Math.max(across, head + PAD + most * neuronPitch),
  };
}

/** @param offset of the neuron from the middle of its layer, in neurons */
function boxAt(plan: Plan, rank: number, offset: number): Box {
  const { flow, side, isLabelled, head, across, rankPitch, neuronPitch } = plan;
  const along = PAD + (rank + 0.5) * rankPitch;
  const middle = (head + across - PAD) / 2 + offset * neuronPitch;
  const [x, y] = flow === 'right' ? [along, middle] : [middle, along];
  const below = isLabelled ? LINE_HEIGHT / 2 : 0;
  return { x: x - side / 2, y: y - side / 2 + below, width: side, height: side };
}

function titleOf(plan: Plan, rank: number, lines: readonly string[]): DiagramTitle {
  const { flow, rankPitch } = plan;
  const along = PAD + (rank + 0.5) * rankPitch;
  if (flow === 'right') return { lines, at: [along, LINE_HEIGHT], anchor: 'middle' };
  const top = along - (lines.length * LINE_HEIGHT) / 2;
  return { lines, at: [PAD, top + LINE_HEIGHT - 3], anchor: 'start' };
}
