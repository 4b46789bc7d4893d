import { type LegendEntry, SIGN_WIDTH } from '../overlay/layer.ts';
import type { Mark } from '../overlay/marks.ts';
import { type DiagramLayout, LABEL_SIZE, LINE_HEIGHT } from './diagramLayout.ts';
import { SIGN_COLORS } from './diagramLines.ts';
import type { NeuronPlace } from './diagramWindow.ts';

const INK = '#1d1f24';
const QUIET = '#5d616a';
/** From a name to the square below it. */
const NAME_GAP = 3;

/** The frames of the neurons and their names. The pictures lie below. */
export function neuronMarks(
  { ranks, isLabelled }: DiagramLayout,
  nameOf: (place: NeuronPlace) => string,
): Mark[] {
  return ranks.flatMap(({ rank, first, boxes }) => [
    ...boxes.map((box): Mark => {
      const style = { fill: 'none', stroke: QUIET, 'stroke-width': 1 };
      return { kind: 'rect', box, look: 'neuron', style };
    }),
    ...(isLabelled ? boxes : []).map(({ x, y, width }, i): Mark => {
      const text = nameOf({ rank, index: first + i });
      return textMark(text, [x + width / 2, y - NAME_GAP], 'middle', 'neuronName', INK);
    }),
  ]);
}

/** The titles of the layers. */
export function titleMarks({ ranks }: DiagramLayout): Mark[] {
  return ranks.flatMap(({ title: { lines, at, anchor } }) =>
    lines.map((line, i) => {
      const [look, ink] = i === 0 ? ['rankName', INK] : ['rankNote', QUIET];
      return textMark(line, [at[0], at[1] + i * LINE_HEIGHT], anchor, look, ink);
    }),
  );
}

/** What lines and pictures mean. */
export const DIAGRAM_LEGEND: readonly LegendEntry[] = [
  { sign: [lineSign('positive')], text: 'weight > 0' },
  { sign: [lineSign('negative')], text: 'weight < 0' },
  { sign: [], text: 'as wide as its share of the layer’s largest; pictures from −max to max' },
];

function lineSign(sign: keyof typeof SIGN_COLORS): Mark {
  const style = { fill: 'none', stroke: SIGN_COLORS[sign], 'stroke-width': 3 };
  const line = { kind: 'line', from: [0, 0], to: [SIGN_WIDTH, 0] } as const;
  return { ...line, look: `weight ${sign}`, style };
}

function textMark(
  text: string,
  at: readonly [number, number],
  anchor: 'start' | 'middle',
  look: string,
  fill: string,
): Mark {
  return { kind: 'text', text, at, anchor, look, style: { fill, 'font-size': LABEL_SIZE } };
}
