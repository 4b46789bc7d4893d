import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Figure, FigureSettings } from '../../../src/figures/figure.ts';
import { FIGURES, findFigure } from '../../../src/figures/figures.ts';
import { decodeFigure, encodeFigure, isFigureLink } from '../../../src/figures/figureUrl.ts';
import { initialSettings, readSettings } from '../../../src/figures/settings.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';

function settingsOf(figure: Figure): fc.Arbitrary<FigureSettings> {
  return fc.record(
    Object.fromEntries(
      figure.controls.map((control) => [
        control.name,
        control.kind === 'switch'
          ? fc.boolean()
          : fc
              .integer({ min: 0, max: Math.round((control.max - control.min) / control.step) })
              .map((steps) => control.min + steps * control.step),
      ]),
    ),
  );
}

test('a link is the id alone while nothing is changed', () => {
  for (const figure of FIGURES) {
    const link = { figure, settings: initialSettings(figure), changed: new Map() };
    expect(encodeFigure(link)).toBe(`v=2&figure=${figure.id}`);
    expect(decodeFigure(`#v=1&figure=${figure.id}`)).toEqual({ link, problem: null });
  }
});

test('a link restores settings and changed panels', () => {
  fc.assert(
    fc.property(
      fc
        .constantFrom(...FIGURES)
        .chain((figure) => fc.tuple(fc.constant(figure), settingsOf(figure))),
      fc.integer({ min: 0, max: 15 }),
      ([figure, settings], at) => {
        const i = figure.panels(settings).findIndex(({ kind }, k) => k >= at && kind === 'field');
        const state = applyPatch(DEFAULT_STATE, { field: { kind: 'lse', lambda: at + 1 } });
        const link = { figure, settings, changed: new Map(i < 0 ? [] : [[i, state]]) };
        expect(decodeFigure(encodeFigure(link))).toEqual({ link, problem: null });
      },
    ),
  );
});

test('only text that names a figure is taken for one', () => {
  expect(isFigureLink('v=1&figure=softmax')).toBe(true);
  expect(isFigureLink('figure=nonsense')).toBe(true);
  expect(isFigureLink('v=1&field=lse&x=0&y=0&half=5')).toBe(false);
  expect(isFigureLink('')).toBe(false);
});

test('a broken link says what is wrong', () => {
  const problems = [
    ['v=1&figure=none', /received "none", expected one of log-sum-exp, softmax/],
    ['v=3&figure=softmax', /v: received "v=3"/],
    ['v=1&figure=softmax&figure=neuron', /figure: received "neuron", expected each key once\. The/],
    ['v=1&figure=shallow-network&seed=much', /seed: received "much"/],
    ['v=1&figure=shallow-network&seed=99', /settings.seed: received 99/],
    ['v=1&figure=shallow-network&seed=1&seed=2', /seed: received "2", expected each key once/],
    ['v=1&figure=shallow-network&half=3', /settings.half: received "3"/],
    ['v=1&figure=shallow-network&seed', /part: received "seed"/],
    [
      'v=1&figure=shallow-network&panel=6&half=3',
      /panel: received 6, expected an integer from 1 to 5/,
    ],
    ['v=1&figure=shallow-network&panel=1&half=x', /panel=1: received "half=x"/],
    ['v=1&figure=neuron&panel=1&half=3', /expected a panel that shows a field/],
  ] as const;
  for (const [text, expected] of problems) {
    const { link, problem } = decodeFigure(text);
    expect(link === null).toBe(text.includes('figure=none'));
    expect(problem).toMatch(/^The link is broken: /);
    expect(problem).toMatch(expected);
  }
  expect(decodeFigure('v=1&figure=none', 'The state in this PNG').problem).toMatch(/^The state in/);
});

test('of a key that is given twice the first value counts', () => {
  const { link } = decodeFigure('v=2&figure=shallow-network&figure=softmax&seed=1&seed=2');
  expect(link).toMatchObject({ figure: { id: 'shallow-network' }, settings: { seed: 1 } });
});

test('of a link that is broken in part the rest is kept', () => {
  const { link, problem } = decodeFigure('v=1&figure=np-gradient&deep=1&seed=much&tone=3');
  expect(link?.settings).toEqual({
    deep: true,
    seed: initialSettings(findFigure('np-gradient')).seed,
  });
  expect(problem).toMatch(/seed: received "much".*The rest is kept\.$/);
});

test('a setting may be named as its control says', () => {
  const { link } = decodeFigure('v=1&figure=np-gradient&deep=1&seed=7');
  expect(link?.settings).toEqual({ deep: true, seed: 7 });
  const figure = findFigure('np-gradient');
  expect(readSettings(figure, { seed: 7 })).toEqual({ deep: false, seed: 7 });
});
