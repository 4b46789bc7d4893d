import { expect, test } from 'vitest';
import { findModel } from '../../../src/model/models.ts';
import {
  type AxisSizes,
  horizontalAxis,
  PAPER_AXES,
  uprightTicks,
  verticalAxis,
} from '../../../src/overlay/axes.ts';
import { type Mark, printLength } from '../../../src/overlay/marks.ts';
import { validateState } from '../../../src/state/validate.ts';
import { sourceOfFile } from '../models/modelFields.ts';

const STATE = validateState({ view: { center: [0, 0], halfWidth: 5 } });
const BOX = { x: 10, y: 20, width: 400, height: 400 };
/** Where labels must not be cut off, as on the page. */
const TIGHT: AxisSizes = { ...PAPER_AXES, beyond: { x: [40, 2], y: [6, 0] } };

function textsOf(marks: readonly Mark[], look: string) {
  return marks.flatMap((mark) => (mark.kind === 'text' && mark.look === look ? [mark] : []));
}

test('ticks lie at their values, below and left of the picture', () => {
  const x = horizontalAxis(STATE, BOX, PAPER_AXES);
  // Rounded to what files print.
  expect(textsOf(x, 'label').map(({ text, at }) => [text, Number(printLength(at[0]))])).toEqual([
    ['−4', 50],
    ['−2', 130],
    ['0', 210],
    ['2', 290],
    ['4', 370],
  ]);
  for (const { at } of textsOf(x, 'label')) expect(at[1]).toBeGreaterThan(420);
  const y = verticalAxis(STATE, BOX, PAPER_AXES);
  const zero = textsOf(y, 'label').find(({ text }) => text === '0')!;
  expect(zero).toMatchObject({ at: [1, 220 + PAPER_AXES.middle], anchor: 'end' });
  expect([...textsOf(x, 'name'), ...textsOf(y, 'name')].map(({ text }) => text)).toEqual([
    'x₁',
    'x₂',
  ]);
});

test('ticks are in the units of a file, at round numbers of these', () => {
  const { id } = sourceOfFile('small.nnet');
  const { inputs } = findModel(id)!.facts;
  const state = validateState({
    field: { network: { kind: 'model', id } },
    view: { center: [0, 0], halfWidth: 1 },
  });
  const { mean, scale } = inputs[0]!.unit!;
  const labels = textsOf(horizontalAxis(state, BOX, PAPER_AXES), 'label');
  expect(labels.length).toBeGreaterThan(1);
  for (const { text, at } of labels) {
    const value = mean + (scale * (at[0] - 210)) / 200;
    expect(Math.abs(Number(text.replace('−', '-')) - value)).toBeLessThanOrEqual(1e-9 * scale);
  }
});

test('labels stand at their ticks, except where an end would cut them off', () => {
  const narrow = { ...BOX, width: 90, height: 90 };
  const x = textsOf(horizontalAxis(STATE, narrow, TIGHT), 'label').map(({ text, at }) => [
    text,
    Number(printLength(at[0])),
  ]);
  // On the right half a digit of 7.6 reaches past the tick at 100, and there is room for 2.
  expect(x).toEqual([
    ['−5', 10],
    ['0', 55],
    ['5', 98.2],
  ]);
  const y = textsOf(verticalAxis(STATE, narrow, TIGHT), 'label');
  expect(y.map(({ text, at }) => [text, at[1] - PAPER_AXES.middle])).toEqual([
    ['−5', 110],
    ['0', 65],
    ['5', 26],
  ]);
});

test('numbers that hardly differ do not touch', () => {
  const view = { center: [1000, 1000], halfWidth: 0.001 };
  for (const width of [120, 177, 241, 305, 400, 620]) {
    const marks = horizontalAxis(validateState({ view }), { ...BOX, width }, PAPER_AXES);
    const places = textsOf(marks, 'label').map(({ text, at }) => [
      at[0] - (text.length * PAPER_AXES.text.digit) / 2,
      at[0] + (text.length * PAPER_AXES.text.digit) / 2,
    ]);
    expect(places.length).toBeGreaterThan(1);
    for (const [i, [left]] of places.entries()) {
      if (i > 0) expect(left! - places[i - 1]![1]!).toBeGreaterThanOrEqual(PAPER_AXES.text.digit);
    }
  }
});

test('both axes of a square have the same ticks', () => {
  for (const halfWidth of [1, 3, 5, 7, 100]) {
    const state = validateState({ view: { center: [0, 0], halfWidth } });
    const words = (marks: readonly Mark[]) => textsOf(marks, 'label').map(({ text }) => text);
    const across = words(horizontalAxis(state, BOX, PAPER_AXES));
    expect(words(verticalAxis(state, BOX, PAPER_AXES))).toEqual(across);
  }
});

test('numbers aside are short where the name is near', () => {
  const state = validateState({ view: { center: [1000, 1000], halfWidth: 0.001 } });
  const labels = (digitsAside: number) =>
    verticalAxis(state, BOX, { ...PAPER_AXES, digitsAside }).flatMap((mark) =>
      mark.kind === 'text' ? [mark.text] : [],
    );
  expect(labels(6)).toEqual(expect.arrayContaining(['−0.0010', '0.0005', '+1000']));
  expect(labels(4)).toEqual(expect.arrayContaining(['−1.0', '0.5', '×10⁻³ +1000']));
});

test('an offset is written once, at the upper or right end', () => {
  const deep = validateState({ view: { center: [0.3, -7], halfWidth: 1e-6 } });
  const [right] = textsOf(horizontalAxis(deep, BOX, PAPER_AXES), 'offset');
  expect(right).toMatchObject({ anchor: 'end', at: [410, 420 + 5 + PAPER_AXES.nameBelow] });
  const [upper] = textsOf(verticalAxis(deep, BOX, PAPER_AXES), 'offset');
  expect(upper).toMatchObject({ anchor: 'end', upright: true, at: [10 - 66, 20] });
});

test('a log-radial picture has the name of its rings alone', () => {
  const radial = validateState({ projection: { kind: 'logRadial', decades: 4 } });
  const x = horizontalAxis(radial, BOX, PAPER_AXES);
  expect(x).toMatchObject([{ text: 'rings: distance from (0, 0)', anchor: 'middle' }]);
  expect(verticalAxis(radial, BOX, PAPER_AXES)).toEqual([]);
});

test('ticks on the right side point to the right', () => {
  const ticks = { labels: [{ label: 'top', at: 400, middle: 400 }], offset: null };
  expect(uprightTicks(BOX, ticks, 1, PAPER_AXES)).toMatchObject([
    { kind: 'line', from: [410, 20], to: [415, 20] },
    { kind: 'text', text: 'top', at: [419, 24], anchor: 'start' },
  ]);
});
