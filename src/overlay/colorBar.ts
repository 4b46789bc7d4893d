import { COLORMAP_SIZE, type ColormapName, colormapTable } from '../scales/colormaps.ts';
import {
  type ColorRange,
  type ColorScale,
  colorScale,
  colorTicks,
  levelPlaces,
  mapFraction,
  TURN_TICKS,
} from '../scales/colorScale.ts';
import { hexColor } from '../scales/hexColor.ts';
import type { ShownNorm } from '../scales/norms.ts';
import { type ColorState, pictureColors } from '../scales/pictureColors.ts';
import { QUANTITY_NAMES } from '../state/labels.ts';
import type { State } from '../state/state.ts';
import { PAPER_AXES, uprightRoom, uprightTicks } from './axes.ts';
import { paperLegend } from './classLegend.ts';
import { type FittedRange, fitRange, type LabelRoom } from './fitLabels.ts';
import { INK } from './ink.ts';
import type { Box, Mark } from './marks.ts';

/** The content of a colour bar; places run from 0 at its lower end to 1 at its upper end. */
export interface ColorBar {
  /** What the values are. */
  readonly name: string;
  /** Each from its place to that of the next, in order from 0. */
  readonly colors: readonly { readonly from: number; readonly color: string }[];
  /** The ends of the range and ticks between them. */
  readonly numbers: FittedRange;
  /** The name and the range in words. */
  readonly text: string;
}

/** The distance between the ticks of a bar on paper that is aimed at. */
const PAPER_LABEL_ROOM = 48;

/**
 * The bar of a picture: continuous, or in the steps of filled contours.
 *
 * @param range the values at the ends of the colour map; null for regions and classes, which have no map: then
 *   the bar is null
 */
export function colorBarOf(
  state: ColorState,
  range: ColorRange | null,
  room: LabelRoom,
): ColorBar | null {
  const shown = pictureColors(state);
  const { colormap, norm, isAngle } = shown;
  if (range === null || colormap === null) return null;
  const scale = colorScale(shown, range);
  const ticksFor = (count: number) => (isAngle ? TURN_TICKS : colorTicks(scale, count));
  const numbers = fitRange(ticksFor, room);
  const name = QUANTITY_NAMES[state.quantity];
  return { name, colors: colorsOf(scale, colormap), numbers, text: describe(name, norm, numbers) };
}

/** The bar, or the legend of classes, in a box of an exported picture, with its name where that of an upright axis stands. */
export function paperBar(box: Box, state: State, range: ColorRange | null): Mark[] {
  const bar = colorBarOf(state, range, uprightRoom(box.height, PAPER_LABEL_ROOM, PAPER_AXES));
  if (bar === null) return paperLegend(box, state);
  const steps = bar.colors.map(({ from, color }): Mark => {
    // Each step extends to the top, so that there is no gap between it and the next, which covers it.
    const step = { ...box, height: (1 - from) * box.height };
    return { kind: 'rect', box: step, look: 'barColor', style: { fill: color } };
  });
  const nameAt = [box.x + box.width + PAPER_AXES.nameAside, box.y + box.height / 2] as const;
  const name = {
    kind: 'text',
    text: bar.name,
    at: nameAt,
    anchor: 'middle',
    upright: true,
  } as const;
  return [
    ...steps,
    { kind: 'rect', box, look: 'frame', style: { fill: 'none', stroke: INK } },
    ...uprightTicks(box, bar.numbers, 1, PAPER_AXES),
    { ...name, look: 'name', style: {} },
  ];
}

function colorsOf(scale: ColorScale, colormap: ColormapName): ColorBar['colors'] {
  const table = colormapTable(colormap);
  return startsOf(scale).map((from, i, starts) => {
    const fraction = mapFraction((from + (starts[i + 1] ?? 1)) / 2, scale);
    const entry = Math.min(COLORMAP_SIZE - 1, Math.floor(fraction * COLORMAP_SIZE));
    return { from, color: hexColor(table.subarray(4 * entry, 4 * entry + 3)) };
  });
}

function startsOf(scale: ColorScale): number[] {
  if (!(scale.max > scale.min)) return [0];
  if (scale.levels.length > 0) return [0, ...levelPlaces(scale)];
  return Array.from({ length: COLORMAP_SIZE }, (_, i) => i / COLORMAP_SIZE);
}

/** What a norm adds to the description of a bar. */
const NORM_WORDS: Readonly<Record<ShownNorm['kind'], string>> = {
  linear: '',
  symlog: ', logarithmic on both sides of 0',
  equalized: ', each over as much of the picture',
};

function describe(name: string, norm: ShownNorm, { labels, offset, ends }: FittedRange): string {
  const values = ends === null ? labels[0]!.label : `from ${ends[0]} to ${ends[1]}`;
  return `Colours of ${name}, ${values}${offset === null ? '' : ` (${offset})`}${NORM_WORDS[norm.kind]}`;
}
