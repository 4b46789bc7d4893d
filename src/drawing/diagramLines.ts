import type { Vec2 } from '../model/field.ts';
import type { FullNetwork, NetworkLayer } from '../model/networks.ts';
import type { ParameterPlace } from '../model/parameters.ts';
import type { Box, Mark } from '../overlay/marks.ts';
import { type DiagramLayout, type DiagramRank, LINE_HEIGHT } from './diagramLayout.ts';

/** The line of a weight from neuron to neuron. */
export interface WeightLine {
  readonly place: ParameterPlace & { readonly input: number };
  readonly from: Vec2;
  readonly to: Vec2;
}

/** Widths and opacities in so many steps: as many paths draw thousands of lines. */
const LEVELS = 8;
const WIDTH_MIN = 0.4;
const WIDTH_MAX = 3.4;
/** More lines than this between two layers are thinner, so that they do not hide each other. */
const FEW_LINES = 60;
const OPACITY_MIN = 0.12;
const OPACITY_MAX = 0.95;

/** Blue and orange, which people with any kind of eyes tell apart; on paper, and on the page by its style sheets. */
export const SIGN_COLORS = { positive: '#1f5fae', negative: '#c4560f' } as const;
export type Sign = keyof typeof SIGN_COLORS;
const SIGNS: readonly Sign[] = ['negative', 'positive'];

/** The largest size of a layer's weights, by which its lines are scaled. */
export function largestWeight({ weight }: NetworkLayer): number {
  let largest = 0;
  for (const w of weight) largest = Math.max(largest, Math.abs(w));
  return largest;
}

/** All lines of a diagram as paths by layer, sign and size, thin ones first. A weight of 0 has none. */
export function weightMarks({ layers }: FullNetwork, layout: DiagramLayout): Mark[] {
  return neighbours(layout).flatMap(([before, after]) => {
    const layer = layers[after.rank - 1]!;
    const largest = largestWeight(layer);
    const byLevel = Array.from({ length: LEVELS }, (): Record<Sign, [Vec2, Vec2][]> => {
      return { negative: [], positive: [] };
    });
    for (const { place, from, to } of linesBetween(before, after, layout)) {
      const w = layer.weight[place.output * layer.inputs + place.input]!;
      const level = levelOf(Math.abs(w) / largest);
      if (level !== null) byLevel[level]![w > 0 ? 'positive' : 'negative'].push([from, to]);
    }
    const thinness = Math.min(1, Math.sqrt(FEW_LINES / (before.boxes.length * after.boxes.length)));
    return byLevel.flatMap((lines, level) =>
      SIGNS.flatMap((sign) =>
        lines[sign].length === 0 ? [] : [netOf(lines[sign], sign, lineStyle(level, thinness))],
      ),
    );
  });
}

/** The lines to and from a neuron, or one line, as they stand out from the others. */
export function strongMarks({ layers }: FullNetwork, lines: readonly WeightLine[]): Mark[] {
  return SIGNS.flatMap((sign) => {
    const own = lines.filter(({ place: { layer, output, input } }) => {
      const { weight, inputs } = layers[layer]!;
      const w = weight[output * inputs + input]!;
      return sign === 'positive' ? w > 0 : w < 0;
    });
    const style = { 'stroke-width': WIDTH_MAX, 'stroke-opacity': 1 };
    return own.length === 0
      ? []
      : [
          netOf(
            own.map(({ from, to }) => [from, to]),
            sign,
            style,
          ),
        ];
  });
}

/** The lines of a diagram, those of the first layer first. */
export function linesOf(layout: DiagramLayout): WeightLine[] {
  return neighbours(layout).flatMap(([before, after]) => [...linesBetween(before, after, layout)]);
}

/** The line that is nearest to a place, if it is within a distance. */
export function lineNear(
  lines: readonly WeightLine[],
  at: Vec2,
  within: number,
): WeightLine | null {
  let nearest: WeightLine | null = null;
  let least = within;
  for (const line of lines) {
    const distance = distanceTo(line, at);
    if (distance <= least) [nearest, least] = [line, distance];
  }
  return nearest;
}

function neighbours({ ranks }: DiagramLayout): (readonly [DiagramRank, DiagramRank])[] {
  return ranks.slice(1).map((after, i) => [ranks[i]!, after] as const);
}

function* linesBetween(
  before: DiagramRank,
  after: DiagramRank,
  { flow, isLabelled }: DiagramLayout,
): Generator<WeightLine> {
  for (const [o, to] of after.boxes.entries()) {
    for (const [i, from] of before.boxes.entries()) {
      const place = { layer: after.rank - 1, output: after.first + o, input: before.first + i };
      yield { place, from: leaving(from, flow), to: entering(to, flow, isLabelled) };
    }
  }
}

function leaving({ x, y, width, height }: Box, flow: DiagramLayout['flow']): Vec2 {
  return flow === 'right' ? [x + width, y + height / 2] : [x + width / 2, y + height];
}

/** In rows a name stands between a neuron and the lines to it. */
function entering(
  { x, y, width, height }: Box,
  flow: DiagramLayout['flow'],
  isLabelled: boolean,
): Vec2 {
  if (flow === 'right') return [x, y + height / 2];
  return [x + width / 2, isLabelled ? y - LINE_HEIGHT : y];
}

/** 0 … LEVELS − 1 for a share of the largest weight; null for 0, and where there is no largest. */
function levelOf(share: number): number | null {
  return share > 0 ? Math.min(LEVELS - 1, Math.floor(share * LEVELS)) : null;
}

/** @param thinness 1 for few lines, less for many */
function lineStyle(level: number, thinness: number) {
  const share = level / (LEVELS - 1);
  return {
    'stroke-width': WIDTH_MIN + share * thinness * (WIDTH_MAX - WIDTH_MIN),
    'stroke-opacity': OPACITY_MIN + share * share * (OPACITY_MAX - OPACITY_MIN),
  };
}

function netOf(
  lines: readonly (readonly [Vec2, Vec2])[],
  sign: Sign,
  style: Readonly<Record<string, number>>,
): Mark {
  return {
    ...{ kind: 'net', circles: [], lines, look: `weight ${sign}` },
    style: { fill: 'none', stroke: SIGN_COLORS[sign], ...style },
  };
}

function distanceTo({ from, to }: WeightLine, [x, y]: Vec2): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const share = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy);
  const t = Math.max(0, Math.min(1, share));
  return Math.hypot(x - from[0] - t * dx, y - from[1] - t * dy);
}
