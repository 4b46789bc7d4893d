import { expect, test } from 'vitest';
import type { CurvesPanel } from '../../../src/drawing/vectorPanels.ts';
import { FIGURES, findFigure } from '../../../src/figures/figures.ts';
import { atStep, stepControl } from '../../../src/figures/playedSteps.ts';
import { readSettings } from '../../../src/figures/settings.ts';
import { trainedRun } from '../../../src/figures/trainedRun.ts';
import { screenCaption, wordsOf } from '../../../src/figures/words.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { sameSubject } from '../../../src/state/sameSubject.ts';
import type { State } from '../../../src/state/state.ts';

function panelsOf(id: string, settings: object = {}) {
  const figure = findFigure(id);
  return figure.panels(readSettings(figure, settings));
}

function statesOf(id: string, settings: object = {}): State[] {
  return panelsOf(id, settings).flatMap((panel) =>
    panel.kind === 'field' ? [applyPatch(DEFAULT_STATE, panel.state)] : [],
  );
}

const curvesOf = (id: string, settings: object = {}) =>
  panelsOf(id, settings).find((panel): panel is CurvesPanel => panel.kind === 'curves')!;

test('the runs of three figures are played together', () => {
  const played = FIGURES.filter((figure) => stepControl(figure) !== null);
  expect(played.map(({ id }) => id)).toEqual([
    'how-a-network-bends',
    'too-small-enough-too-large',
    'learning-rate',
  ]);
  for (const { id } of played) {
    for (const { run } of statesOf(id, { step: 5 })) expect(run!.step).toBe(5);
  }
});

test('three widths learn the same moons: too few neurons err, too many learn the noise', () => {
  const scores = statesOf('too-small-enough-too-large').map(({ run }) =>
    trainedRun(run!.recipe).evaluate(),
  );
  const [small, enough, large] = scores.map(({ train, test: tested }) => ({
    train: train.accuracy!,
    loss: tested!.loss,
  }));
  expect(large!.train).toBe(1);
  expect(enough!.train).toBeGreaterThan(small!.train + 0.05);
  expect(enough!.loss).toBeLessThan(small!.loss);
  expect(large!.loss).toBeGreaterThan(3 * enough!.loss);
});

test('the curves of three widths have losses of both parts, and exact counts', () => {
  const [losses, testLosses, counts] = panelsOf('too-small-enough-too-large').filter(
    (panel): panel is CurvesPanel => panel.kind === 'curves',
  );
  for (const { curves } of [losses!, testLosses!, counts!]) {
    expect(curves.map(({ name }) => name)).toEqual(['2-2-2', '2-6-2', '2-32-32-2']);
  }
  const learnt = losses!.curves[2]!.points;
  const tested = testLosses!.curves[2]!.points;
  expect(learnt).toHaveLength(400);
  expect(learnt.at(-1)![1]).toBeLessThan(0.001);
  // It falls at first, and then grows.
  const least = Math.min(...tested.map(([, loss]) => loss));
  expect(least).toBeLessThan(tested[0]![1] / 2);
  expect(tested.at(-1)![1]).toBeGreaterThan(4 * least);
  expect(counts!.curves.map(({ points }) => points.at(-1))).toEqual([
    [400, 4],
    [400, 17],
    [400, 1181],
  ]);
});

test('the largest learning rate diverges: its panel stays at the step before, and the words say what to try', () => {
  const figure = findFigure('learning-rate');
  const [slow, good, large] = statesOf('learning-rate', { step: 200 }).map(({ run }) => run!);
  expect([slow!.step, good!.step]).toEqual([200, 200]);
  const { divergence } = trainedRun(large!.recipe);
  expect(large!.step).toBe(divergence!.step - 1);
  expect(panelsOf('learning-rate')[2]!.title).toBe(
    `learning rate 3: diverges at step ${divergence!.step}`,
  );
  const words = (settings: object) =>
    screenCaption(wordsOf(figure, readSettings(figure, settings)));
  expect(words({})).toContain(divergence!.message);
  expect(words({ rate: 0.5 })).toContain('but the run goes on');
  const [first, second, third] = curvesOf('learning-rate').curves.map(({ points }) => points);
  expect([first!.length, second!.length]).toEqual([300, 300]);
  expect(second!.at(-1)![1]).toBeLessThan(first!.at(-1)![1] / 3);
  expect(third!.at(-1)![1]).toBe(100);
});

test('a network bends: its regions are counted exactly every ten steps', () => {
  const { curves, markers } = curvesOf('how-a-network-bends', { step: 40 });
  const [{ points }] = curves as [CurvesPanel['curves'][number]];
  expect(points.map(([step]) => step)).toEqual(Array.from({ length: 31 }, (_, i) => 10 * i));
  expect(points.at(-1)![1]).toBeGreaterThan(1.2 * points[0]![1]);
  expect(markers).toEqual([{ axis: 'x', at: 40, name: 'shown' }]);
});

test('at another step a panel keeps what a person did to it, and its title', () => {
  const [before] = statesOf('how-a-network-bends', { step: 10 });
  const [after] = statesOf('how-a-network-bends', { step: 11 });
  const shown = applyPatch(before!, { hinges: false, view: { halfWidth: 1 } });
  const moved = atStep(shown, before!, after!)!;
  expect(moved).toEqual({ ...shown, run: { ...shown.run, step: 11 } });
  expect(sameSubject(moved, after!)).toBe(true);
  const [other] = statesOf('how-a-network-bends', { step: 11, seed: 9 });
  expect(atStep(shown, before!, other!)).toBeNull();
  expect(sameSubject(moved, other!)).toBe(false);
  expect(sameSubject(applyPatch(moved, { field: { readout: { kind: 'margin' } } }), after!)).toBe(
    false,
  );
});
