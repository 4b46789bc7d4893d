import { describe, expect, test } from 'vitest';
import { formulaMathml } from '../../../src/drawing/formulaMathml.ts';
import type { CurvesPanel, TablePanel } from '../../../src/drawing/vectorPanels.ts';
import type { Figure, FigurePanel } from '../../../src/figures/figure.ts';
import { FIGURES, findFigure } from '../../../src/figures/figures.ts';
import { gapBound } from '../../../src/figures/logSumExp.ts';
import { countRegions } from '../../../src/figures/regionGrowth.ts';
import { describeSettings, initialSettings, readSettings } from '../../../src/figures/settings.ts';
import { softmaxOf } from '../../../src/figures/softmaxVectors.ts';
import { naiveLse, overflowLambda, stableLse } from '../../../src/figures/stableLogSumExp.ts';
import { paperCaption, screenCaption, wordsOf } from '../../../src/figures/words.ts';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { shorthandOf } from '../../../src/model/shorthand.ts';
import { createEvaluator } from '../../../src/reference/evaluate.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { PANELS_MAX } from '../../../src/state/sheet.ts';
import type { State } from '../../../src/state/state.ts';

/** The settings at their ends: every switch both ways, every slider at both ends. */
function extremes(figure: Figure): object[] {
  const all: object[] = [initialSettings(figure)];
  for (const control of figure.controls) {
    const ends = control.kind === 'switch' ? [false, true] : [control.min, control.max];
    for (const end of ends) all.push({ ...initialSettings(figure), [control.name]: end });
  }
  return all;
}

function panelsOf(id: string, settings: object = {}): readonly FigurePanel[] {
  const figure = findFigure(id);
  return figure.panels(readSettings(figure, settings));
}

function stateOf(panel: FigurePanel | undefined): State {
  if (panel?.kind !== 'field') throw new Error(`expected a field, received ${panel?.kind}`);
  return applyPatch(DEFAULT_STATE, panel.state);
}

function statesOf(id: string, settings: object = {}): State[] {
  return panelsOf(id, settings).map(stateOf);
}

function tableOf(id: string, settings: object = {}): TablePanel {
  return panelsOf(id, settings).find((panel) => panel.kind === 'table')!;
}

function curvesOf(id: string, settings: object = {}): readonly CurvesPanel[] {
  return panelsOf(id, settings).filter((panel) => panel.kind === 'curves');
}

/** Tags of the markup, each closed in its turn; the text between them without stray signs. */
function assertWellFormed(markup: string): void {
  const open: string[] = [];
  const rest = markup.replace(
    /<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
    (_, end, name, __, self) => {
      if (end) expect(open.pop()).toBe(name);
      else if (!self) open.push(name);
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!#\d+;)/);
}

test('the figures have distinct ids', () => {
  expect(FIGURES).toHaveLength(21);
  expect(new Set(FIGURES.map(({ id }) => id)).size).toBe(21);
  for (const { id } of FIGURES) expect(id).toMatch(/^[a-z][a-z-]+$/);
});

test('an unknown id is rejected with all known ids', () => {
  expect(() => findFigure('lse')).toThrow(InvalidInputError);
  expect(() => findFigure('lse')).toThrow(
    'figure: received "lse", expected one of log-sum-exp, softmax, gradient-of-lse',
  );
});

describe.each(FIGURES)('$id', (figure) => {
  test('has a question, a caption and a well-formed formula', () => {
    expect(figure.question).toMatch(/\?$/);
    for (const settings of extremes(figure).map((given) => readSettings(figure, given))) {
      const words = wordsOf(figure, settings);
      expect(screenCaption(words).length).toBeGreaterThan(120);
      for (const caption of [screenCaption(words), paperCaption(figure, settings)]) {
        expect(caption).toMatch(/\.$/);
        // A narrow page puts panels below each other, in another order than paper.
        expect(caption).not.toMatch(
          /\b(left|right|top|bottom|first|second|middle) (panel|row|in)/i,
        );
      }
      expect(paperCaption(figure, settings)).not.toMatch(/switch (applies|changes)|slider/);
      for (const piece of formulaMathml(words.formula).flat()) {
        expect(piece).toMatch(/^<math xmlns="http:\/\/www\.w3\.org\/1998\/Math\/MathML"/);
        assertWellFormed(piece);
      }
    }
  });

  test('has valid panels at the ends of all controls, no more than a page holds', () => {
    for (const settings of extremes(figure)) {
      const read = readSettings(figure, settings);
      const panels = figure.panels(read);
      expect(panels.filter(({ kind }) => kind === 'field').length).toBeLessThanOrEqual(PANELS_MAX);
      expect(figure.columns(read)).toBeLessThanOrEqual(panels.length);
      expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
      for (const panel of panels) assertValid(panel);
    }
  });

  test('has controls whose initial values are valid', () => {
    const names = figure.controls.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z]*$/);
    expect(readSettings(figure, {})).toEqual(initialSettings(figure));
  });

  test.each(figure.controls)('changes when the control $name is moved', (control) => {
    const first = JSON.stringify(figure.panels(initialSettings(figure)));
    const other =
      control.kind === 'switch'
        ? !control.initial
        : control.initial === control.min
          ? control.max
          : control.min;
    const moved = figure.panels({ ...initialSettings(figure), [control.name]: other });
    expect(JSON.stringify(moved)).not.toBe(first);
  });
});

function assertValid(panel: FigurePanel): void {
  switch (panel.kind) {
    case 'field':
      stateOf(panel);
      return;
    case 'difference':
      for (const part of [panel.of, panel.minus]) applyPatch(DEFAULT_STATE, part);
      expect(panel.halfWidth).toBeGreaterThan(0);
      return;
    case 'curves':
      for (const { points } of panel.curves) {
        for (const [x, y] of points) {
          expect(x >= panel.x.from && x <= panel.x.to, `x = ${x}`).toBe(true);
          if (Number.isFinite(y))
            expect(y >= panel.y.from && y <= panel.y.to, `y = ${y}`).toBe(true);
        }
      }
      return;
    case 'bars':
      expect(panel.values.length).toBe(panel.groups.length);
      for (const row of panel.values) expect(row.length).toBe(panel.items.length);
      return;
    case 'table':
      for (const row of panel.rows) expect(row.length).toBe(panel.head.length);
  }
}

test('wrong settings are rejected by name', () => {
  const figure = findFigure('np-gradient');
  expect(() => readSettings(figure, { depth: 1 })).toThrow('settings.depth');
  expect(() => readSettings(figure, { seed: 51 })).toThrow('settings.seed: received 51');
  expect(() => readSettings(figure, { seed: 1.5 })).toThrow('a whole number');
  expect(() => readSettings(figure, { deep: 1 })).toThrow('settings.deep: received 1');
  expect(() => readSettings(findFigure('log-sum-exp'), { seed: 1 })).toThrow('settings.seed');
});

test('settings are described in words for an exported figure', () => {
  const words = (id: string, settings: object) => {
    const figure = findFigure(id);
    return describeSettings(figure, readSettings(figure, settings));
  };
  expect(words('np-gradient', {})).toBe('seed = 0');
  expect(words('np-gradient', { deep: true, seed: 3 })).toBe('deep network, seed = 3');
  expect(words('gradient-of-lse', {})).toBe('λ = 10');
  expect(words('log-sum-exp', {})).toBe('');
});

test('figure 1 has lse for three λ beside max on [−1, 1]², and the gaps with their bounds', () => {
  const panels = panelsOf('log-sum-exp');
  const states = panels.slice(0, 7).map(stateOf);
  expect(states.slice(0, 4).map(({ field }) => shorthandOf(field))).toMatchObject([
    { kind: 'lse', lambda: 1 },
    { kind: 'lse', lambda: 10 },
    { kind: 'lse', lambda: 100 },
    { kind: 'max' },
  ]);
  for (const { view, contours } of states.slice(0, 4)) {
    expect(view).toMatchObject({ center: [0, 0], halfWidth: 1 });
    expect(contours.filled).toBe(true);
  }
  for (const { field, range } of states.slice(4)) {
    if (field.readout.kind !== 'gap' || range.mode !== 'fixed') throw new Error('expected a gap');
    // The reference at a tie, and nowhere more: the bound to two roundings.
    const evaluator = createEvaluator(field);
    expect(Math.abs(evaluator.value(0.3, 0.3) - range.max) <= 2 ** -52).toBe(true);
    expect(evaluator.value(0.3, 0.31)).toBeLessThan(range.max);
  }
  // log(2) / λ by Python.
  expect([10, 100].map(gapBound)).toEqual([0.06931471805599453, 0.006931471805599453]);
  expect(tableOf('log-sum-exp').rows.map(([, bound]) => bound)).toEqual([
    '0.693147',
    '0.0693147',
    '0.00693147',
  ]);
});

test('figure 2 has both components of softmax and argmax, and the convention of the exercise', () => {
  const usual = statesOf('softmax');
  const kinds = usual.map(({ field }) =>
    'index' in field.readout ? `${field.readout.kind} ${field.readout.index}` : '',
  );
  expect(kinds).toEqual([
    ...['softmax 0', 'softmax 0', 'softmax 0', 'argmax 0'],
    ...['softmax 1', 'softmax 1', 'softmax 1', 'argmax 1'],
  ]);
  const exercise = statesOf('softmax', { exercise: true });
  const oneHot = [exercise[3]!, exercise[7]!].map(({ field }) => createEvaluator(field));
  const at = (x: number, y: number) => oneHot.map((component) => component.value(x, y));
  expect(at(-0.5, 0.5)).toEqual([1, 0]);
  expect(at(0.5, -0.5)).toEqual([0, 1]);
  expect(at(0.5, 0.5)).toEqual([0, 1]);
});

test('figure 3 sets each partial derivative of lse against its component of softmax', () => {
  const panels = panelsOf('gradient-of-lse', { lambda: 7 });
  expect(panels.map(({ kind }) => kind)).toEqual([
    ...['field', 'field', 'difference'],
    ...['field', 'field', 'difference'],
  ]);
  for (const [row, quantity] of ['partial1', 'partial2'].entries()) {
    const [gradient, softmax] = [stateOf(panels[3 * row]), stateOf(panels[3 * row + 1])];
    expect(gradient).toMatchObject({ field: { readout: { kind: 'lse', lambda: 7 } }, quantity });
    expect(softmax).toMatchObject({
      field: { readout: { kind: 'softmax', index: row } },
      quantity: 'value',
    });
    const difference = panels[3 * row + 2]!;
    if (difference.kind !== 'difference') throw new Error('expected a difference');
    const of = applyPatch(DEFAULT_STATE, difference.of);
    const minus = applyPatch(DEFAULT_STATE, difference.minus);
    const exact = createEvaluator(of.field).gradient(0.3, -0.2)[row]!;
    // Two formulas in float64.
    expect(Math.abs(exact - createEvaluator(minus.field).value(0.3, -0.2)) <= 2 ** -50).toBe(true);
  }
});

test('figure 4 has the softmax of the three vectors, which no constant changes', () => {
  // scipy.special.softmax
  const ofThree = [0.09003057317038043, 0.24472847105479767, 0.6652409557748218];
  const ofThirty = [2.061060046209062e-9, 4.539786860886666e-5, 0.999954600070331];
  const worst = (a: readonly number[], b: readonly number[]) =>
    Math.max(...a.map((value, i) => Math.abs(value - b[i]!) / b[i]!));
  // A few roundings.
  expect(worst(softmaxOf([1, 2, 3]), ofThree) <= 1e-14).toBe(true);
  expect(worst(softmaxOf([10, 20, 30]), ofThirty) <= 1e-14).toBe(true);
  const { rows } = tableOf('softmax-of-vectors');
  expect(rows).toEqual([
    ['(1, 2, 3)', '0.0900', '0.2447', '0.6652'],
    ['(11, 12, 13)', '0.0900', '0.2447', '0.6652'],
    ['(10, 20, 30)', '0.0000', '0.0000', '1.0000'],
  ]);
  const shifted = tableOf('softmax-of-vectors', { constant: -13.5 }).rows;
  expect(shifted.map((row) => row.slice(1))).toEqual(rows.map((row) => row.slice(1)));
  expect(shifted[0]![0]).toBe('(−12.5, −11.5, −10.5)');
  const even = tableOf('softmax-of-vectors', { factor: 0 }).rows;
  for (const row of even) expect(row.slice(1)).toEqual(['0.3333', '0.3333', '0.3333']);
});

test('figure 5 ends the naive curves where float32 and float64 overflow', () => {
  // Logarithms of the largest numbers, numpy.log(numpy.finfo(…).max) in float64.
  const [log32, log64] = [88.72283905206835, 709.782712893384];
  const max32 = (2 - 2 ** -23) * 2 ** 127;
  expect(Math.abs(overflowLambda([1, 0.5], max32) - log32) <= 1e-12 * log32).toBe(true);
  expect(Math.abs(overflowLambda([1, 0.5], Number.MAX_VALUE) - log64) <= 1e-12 * log64).toBe(true);
  // Two equal logits m: 2 e^(λm) reaches the limit at (log limit − log 2) / m.
  const tie = overflowLambda([3, 3], max32);
  expect(Math.abs(tie - (log32 - Math.LN2) / 3) <= 1e-12 * tie).toBe(true);
  for (const [round, limit] of [
    [Math.fround, 88.72],
    [(value: number) => value, 709.78],
  ] as const) {
    expect(naiveLse([1, 0.5], limit, round)).toBeLessThan(1.1);
    expect(naiveLse([1, 0.5], limit + 0.01, round)).toBe(Number.POSITIVE_INFINITY);
  }
  // scipy.special.logsumexp(λ · [1, 0.5]) / λ
  const expected = new Map([
    [1, 1.4740769841801067],
    [10, 1.000671534848912],
    [1000, 1],
  ]);
  for (const [lambda, value] of expected) {
    expect(Math.abs(stableLse([1, 0.5], lambda) - value) <= 4e-16 * value).toBe(true);
  }
  const [{ curves, markers }] = curvesOf('stable-log-sum-exp', { largest: 2 }) as [CurvesPanel];
  const lastFinite = (name: string) =>
    curves
      .find((curve) => curve.name === name)!
      .points.filter(([, y]) => Number.isFinite(y))
      .at(-1)![0];
  for (const [i, name] of ['naive, float32', 'naive, float64'].entries()) {
    const ratio = markers[i]!.at / lastFinite(name);
    // Between the last finite point and the next.
    expect(ratio >= 1 && ratio <= 10 ** (1 / 60), name).toBe(true);
  }
  expect(lastFinite('shifted')).toBe(10_000);
});

test('figure 6 overlays 2σ(2x) − 1 on tanh, and derivatives are slopes of the curves', () => {
  const [sigmoid, tanh] = curvesOf('neuron') as [CurvesPanel, CurvesPanel];
  for (const [x, y] of tanh.curves[2]!.points) {
    // Cancellation near 0 leaves a few units of 2⁻⁵³.
    expect(Math.abs(y - Math.tanh(x)) <= 4e-16).toBe(true);
  }
  for (const { curves } of [sigmoid, tanh]) {
    const [value, slope] = curves.map(({ points }) => points);
    for (let i = 1; i < value!.length - 1; i++) {
      const [before, after] = [value![i - 1]!, value![i + 1]!];
      const difference = (after[1] - before[1]) / (after[0] - before[0]);
      // h²/6 times the third derivative, at most 2 for tanh, with h = 1/20.
      expect(Math.abs(slope![i]![1] - difference) <= 1e-3).toBe(true);
    }
  }
  // scipy.special.expit(1), numpy.tanh(1)
  const at = (points: readonly (readonly [number, number])[]) =>
    points.find(([x]) => Math.abs(x - 1) < 1e-9)![1];
  expect(Math.abs(at(sigmoid.curves[0]!.points) - 0.7310585786300049) <= 1e-15).toBe(true);
  expect(Math.abs(at(tanh.curves[0]!.points) - 0.7615941559557649) <= 1e-15).toBe(true);
  const states = panelsOf('neuron').slice(2).map(stateOf);
  expect(states.map(({ field }) => shorthandOf(field))).toMatchObject([
    { kind: 'sigmoid', weight: [1, -1], bias: 0 },
    { kind: 'tanh', weight: [1, -1], bias: 0 },
  ]);
});

test('figures 7 to 10 have the exercise networks at its half-widths, from one seed', () => {
  const halves = (states: readonly State[]) => states.map(({ view }) => view.halfWidth);
  for (const [id, widths] of [
    ['shallow-network', [2, 20, 1]],
    ['deep-network', [2, 5, 5, 5, 5, 1]],
  ] as const) {
    const five = statesOf(id, { seed: 3 });
    expect(halves(five)).toEqual([5, 10, 100, 500, 1000]);
    expect(halves(statesOf(id, { five: false }))).toEqual([10, 100, 1000]);
    for (const { field } of five)
      expect(field.network).toMatchObject({ widths, seed: 3, outputBias: null });
  }
  const pairs = statesOf('shallow-against-deep', { seed: 4 });
  for (let i = 0; i < 5; i++) {
    const [shallow, deep] = [pairs[2 * i]!, pairs[2 * i + 1]!];
    expect(deep.view).toEqual(shallow.view);
    expect(shallow.field.network).toMatchObject({ widths: [2, 20, 1], seed: 4 });
    expect(deep.field.network).toMatchObject({ widths: [2, 5, 5, 5, 5, 1], seed: 4 });
  }
  for (const [settings, outputBias] of [[{}, 4] as const, [{ bias: -2.5 }, -2.5] as const]) {
    for (const { field } of statesOf('output-bias', settings))
      expect(field.network).toMatchObject({ outputBias });
  }
});

test('figure 11 has both components of np.gradient in prism beside the exact ones', () => {
  for (const [deep, widths] of [
    [false, [2, 20, 1]],
    [true, [2, 5, 5, 5, 5, 1]],
  ] as const) {
    const states = statesOf('np-gradient', { deep });
    expect(states.map(({ quantity }) => quantity)).toEqual(
      Array.from({ length: 3 }, () => [
        ...['npGradientColumns', 'partial1'],
        ...['npGradientRows', 'partial2'],
      ]).flat(),
    );
    expect(states.map(({ view }) => view.halfWidth)).toEqual(
      [5, 500, 1000].flatMap((half) => [half, half, half, half]),
    );
    for (const { field, colormap } of states) {
      expect(colormap).toBe('prism');
      expect(field.network).toMatchObject({ widths });
    }
  }
});

test('figure 12 changes the activation and nothing else', () => {
  const states = statesOf('relu-against-abs', { seed: 9, halfWidth: 20 });
  for (const [relu, abs] of [states.slice(0, 2), states.slice(2)]) {
    expect(relu!.field.network).toMatchObject({ activation: 'relu', seed: 9 });
    const network = { ...relu!.field.network, activation: 'abs' };
    expect(abs).toEqual({ ...relu, field: { ...relu!.field, network } });
    expect(relu!.view.halfWidth).toBe(20);
  }
});

test('figure 13 counts what the bound allows in the plane, and about the expectation in the square', () => {
  const [plane, square] = curvesOf('region-growth', { neurons: 24 }) as [CurvesPanel, CurvesPanel];
  const points = ({ curves }: CurvesPanel, name: string) =>
    new Map(curves.find((curve) => curve.name.startsWith(name))!.points);
  // 1 + n + n(n − 1)/2 and 1 + 5n/6 + n(n − 1)/6
  expect(points(plane, 'bound').get(20)).toBe(211);
  expect(points(square, 'bound').get(20)).toBe(211);
  const expectation = points(square, 'expectation').get(20)!;
  expect(Math.abs(expectation - 81) <= 1e-12).toBe(true);
  for (const [n, count] of plane.curves[1]!.points) expect(count).toBe(1 + n + (n * (n - 1)) / 2);
  const counted = square.curves[1]!.points;
  expect([...new Set(counted.map(([n]) => n))]).toEqual([4, 8, 12, 16, 20, 24]);
  for (const [n, count] of counted) expect(count).toBeLessThanOrEqual(1 + n + (n * (n - 1)) / 2);
  const seeds = Array.from({ length: 60 }, (_, seed) =>
    countRegions(9, seed, { x: [-1, 1], y: [-1, 1] }),
  );
  const mean = seeds.reduce((sum, count) => sum + count, 0) / seeds.length;
  // 20.5 expected; counts scatter by about 6, their mean of 60 by 0.8.
  expect(Math.abs(mean - (1 + 45 / 6 + 12)) <= 2.5).toBe(true);
});

test('figure 10 says everywhere which output bias its slider has set', () => {
  const figure = findFigure('output-bias');
  for (const [bias, said] of [
    [1, '1'],
    [-2.5, '−2.5'],
  ] as const) {
    const settings = readSettings(figure, { bias });
    const words = wordsOf(figure, settings);
    expect(words.title).toBe(`Shallow and deep with output bias ${said}`);
    expect(paperCaption(figure, settings)).toContain(`set to ${said} instead`);
    expect(paperCaption(figure, settings)).toContain(`values are about ${said};`);
    const formula = formulaMathml(words.formula).flat().join('');
    expect(formula).toContain(bias < 0 ? '−</mo><mn>2.5</mn>' : '+</mo><mn>1</mn>');
  }
  expect(figure.title).toBe('Shallow and deep with output bias 4');
});
