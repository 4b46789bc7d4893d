import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  boxOf,
  type DiagramLayout,
  LABEL_SIZE,
  layDiagram,
} from '../../../src/drawing/diagramLayout.ts';
import { lineNear, linesOf, weightMarks } from '../../../src/drawing/diagramLines.ts';
import { neuronMarks, titleMarks } from '../../../src/drawing/diagramMarks.ts';
import {
  DIAGRAM_NEURONS_MAX,
  describePart,
  drawnNeurons,
  drawnRanks,
  firstWindow,
  stepFrom,
  windowAround,
} from '../../../src/drawing/diagramWindow.ts';
import { LETTER_WIDTH } from '../../../src/drawing/svgMarkup.ts';
import { networkFor } from '../../../src/model/resolve.ts';
import type { Box } from '../../../src/overlay/marks.ts';

const shapes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 18 });
const rooms = fc.record({
  width: fc.integer({ min: 120, max: 1600 }),
  height: fc.integer({ min: 120, max: 1000 }),
});

function boxesOf({ ranks }: DiagramLayout): Box[] {
  return ranks.flatMap(({ boxes }) => boxes);
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The room of a text mark; NaN for others. */
function textBoxes(layout: DiagramLayout): Box[] {
  return [...neuronMarks(layout, () => 'h₁,₁₂'), ...titleMarks(layout)].flatMap((mark) => {
    if (mark.kind !== 'text') return [];
    const width = mark.text.length * LETTER_WIDTH * LABEL_SIZE * 0.8;
    const [x, y] = mark.at;
    const left = mark.anchor === 'middle' ? x - width / 2 : x;
    return [{ x: left, y: y - LABEL_SIZE * 0.7, width, height: LABEL_SIZE * 0.7 }];
  });
}

test('all neurons are inside, have one size and overlap neither each other nor a name', () => {
  fc.assert(
    fc.property(shapes, rooms, (widths, room) => {
      const layout = layDiagram(
        widths,
        firstWindow(widths),
        room,
        widths.map(() => '|w| ≤ 0.7'),
      );
      const boxes = boxesOf(layout);
      const names = textBoxes(layout);
      expect(layout.width >= room.width && layout.height >= room.height).toBe(true);
      const wrong = boxes.filter(
        ({ x, y, width, height }, i) =>
          !(x >= 0 && y >= 0 && x + width <= layout.width && y + height <= layout.height) ||
          width !== layout.side ||
          height !== layout.side ||
          boxes.slice(i + 1).some((other) => overlap(boxes[i]!, other)) ||
          names.some((name) => overlap(boxes[i]!, name)),
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('names of neurons and titles do not overlap where they are drawn', () => {
  fc.assert(
    fc.property(shapes, rooms, (widths, room) => {
      const names = textBoxes(layDiagram(widths, firstWindow(widths), room, []));
      const wrong = names.filter(({ x, y }, i) =>
        names.slice(i + 1).some((other) => overlap(names[i]!, other) || !(x >= -1 && y >= 0)),
      );
      // Titles over narrow columns may be wider than these.
      const isRoomy = room.width >= 60 * widths.length + 40;
      if (isRoomy) expect(wrong).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('wide layers stand in rows on a wide strip, deep networks in columns', () => {
  const strip = { width: 900, height: 260 };
  expect(layDiagram([2, 20, 1], firstWindow([2, 20, 1]), strip, []).flow).toBe('down');
  const deep = [2, 5, 5, 5, 5, 1];
  expect(layDiagram(deep, firstWindow(deep), strip, []).flow).toBe('right');
});

test('eight layers of 32 are drawn whole, larger ones in part, which titles say', () => {
  const full = [2, ...new Array<number>(7).fill(32), 1];
  expect(drawnRanks(full, firstWindow(full))).toEqual({ first: 0, count: 9, total: 9 });
  const wide = [784, 200, 10];
  const layout = layDiagram(wide, firstWindow(wide), { width: 900, height: 400 }, []);
  expect(layout.ranks.map(({ title }) => title.lines)).toEqual([
    ['inputs', '1–32 of 784'],
    ['layer 1', '1–32 of 200'],
    ['outputs'],
  ]);
  const deep = [2, ...new Array<number>(16).fill(3), 1];
  const ranks = drawnRanks(deep, firstWindow(deep));
  expect(describePart(ranks)).toBe('1–9 of 18');
});

test('a step to any neuron draws it, and steps reach all of them', () => {
  fc.assert(
    fc.property(
      shapes,
      fc.array(fc.tuple(fc.integer({ min: -1, max: 1 }), fc.integer({ min: -40, max: 40 })), {
        maxLength: 30,
      }),
      (widths, steps) => {
        let window = firstWindow(widths);
        let place = { rank: 0, index: 0 };
        for (const step of steps) {
          place = stepFrom(widths, place, step);
          window = windowAround(widths, window, place);
          const { first, count } = drawnNeurons(widths, window, place.rank);
          const ranks = drawnRanks(widths, window);
          expect(place.index >= first && place.index < first + count).toBe(true);
          expect(place.rank >= ranks.first && place.rank < ranks.first + ranks.count).toBe(true);
          expect(count).toBe(Math.min(widths[place.rank]!, DIAGRAM_NEURONS_MAX));
          expect(
            boxOf(layDiagram(widths, window, { width: 400, height: 300 }, []), place),
          ).not.toBe(null);
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(stepFrom([2, 5, 1], { rank: 1, index: 4 }, [0, 1])).toEqual({ rank: 1, index: 4 });
  expect(stepFrom([2, 6, 3], { rank: 1, index: 5 }, [1, 0])).toEqual({ rank: 2, index: 2 });
});

const EXPLICIT = {
  kind: 'explicit',
  layers: [
    {
      weight: [
        [1, -0.5],
        [0, 0.01],
      ],
      bias: [0, 0],
      activation: 'relu',
    },
    { weight: [[0, 0]], bias: [1], activation: 'identity' },
  ],
} as const;

test('lines are coloured by sign and as wide as their share of the largest; 0 has none', () => {
  const layout = layDiagram([2, 2, 1], firstWindow([2, 2, 1]), { width: 300, height: 200 }, []);
  const marks = weightMarks(networkFor(EXPLICIT), layout);
  const found = marks.map(({ look, style, ...mark }) => [
    look,
    style['stroke-width'],
    mark.kind === 'net' ? mark.lines.length : Number.NaN,
  ]);
  expect(found).toEqual([
    ['weight positive', 0.4, 1],
    ['weight negative', 0.4 + (4 / 7) * 3, 1],
    ['weight positive', 3.4, 1],
  ]);
});

test('the line that is nearest to a place is found, within a distance', () => {
  const layout = layDiagram([2, 3, 1], firstWindow([2, 3, 1]), { width: 300, height: 200 }, []);
  const lines = linesOf(layout);
  expect(lines).toHaveLength(2 * 3 + 3);
  for (const { place, from, to } of lines) {
    // At this share no two lines of the layout meet.
    const at = [from[0] + 0.23 * (to[0] - from[0]), from[1] + 0.23 * (to[1] - from[1])] as const;
    expect(lineNear(lines, at, 1)?.place).toEqual(place);
  }
  expect(lineNear(lines, [0, 0], 5)).toBe(null);
});
