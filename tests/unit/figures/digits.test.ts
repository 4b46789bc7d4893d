import { describe, expect, it } from 'vitest';
import { loadDigits } from '../../../src/data/digits.ts';
import { partOf } from '../../../src/data/findSample.ts';
import { CORNER_DIGITS } from '../../../src/figures/digits.ts';
import { findFigure } from '../../../src/figures/figures.ts';
import { readSettings } from '../../../src/figures/settings.ts';
import { cornersOf } from '../../../src/learnt/digitPlane.ts';
import { drawnPanel, isLearntPanel } from '../../../src/learnt/learntPanels.ts';
import { explicitSource } from '../../../src/model/parameters.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { dataOf } from '../../../src/state/stateData.ts';
import { runOf } from '../training/recipes.ts';

// Top-level: the runs are made once, for all tests.
await loadDigits();

/** The panels of a figure when its run is at its end. */
function trained(id: string, settings: object = {}) {
  const figure = findFigure(id);
  const panels = figure.panels(readSettings(figure, settings));
  const [first] = panels;
  if (first?.kind !== 'field') throw new Error('expected a field first');
  const start = applyPatch(DEFAULT_STATE, first.state);
  const run = runOf(start.run!.recipe);
  run.goTo(start.run!.step);
  const network = explicitSource(run.network, 'network');
  const state = { ...start, field: { ...start.field, network } };
  const readings = { losses: run.losses, scores: run.evaluate() };
  const drawn = panels.filter(isLearntPanel).map((panel) => drawnPanel(panel, state, readings));
  return { state, drawn };
}

describe('logistic regression on digits', () => {
  const figure = trained('digits-regression');
  const [weights, matrix, table] = figure.drawn;

  it('prints the losses and the accuracy of the course, digit for digit', () => {
    if (table?.kind !== 'table') throw new Error(table?.kind);
    expect(table.rows).toHaveLength(12);
    for (const [step, there, here] of table.rows) expect(here, step).toBe(there);
    expect(table.rows.at(-1)).toEqual(['test accuracy at step 501', '0.953', '0.953']);
  });

  it('has an image of weights for each digit, and a matrix of the digits for testing', () => {
    if (weights?.kind !== 'images' || matrix?.kind !== 'confusion') throw new Error('other kinds');
    expect(weights.images.map(({ name }) => name).join('')).toBe('0123456789');
    expect(matrix.counts.flat().reduce((sum, count) => sum + count)).toBe(450);
  });

  it('shows the plane through a 3, a 5 and an 8 of the data', () => {
    const set = dataOf(figure.state)!;
    const labels = cornersOf(figure.state)!.map(({ part, index }) => partOf(set, part).y[index]);
    expect(labels).toEqual([3, 5, 8]);
    expect(CORNER_DIGITS.every((pixels) => pixels.length === 64)).toBe(true);
  });
});

describe('a two-layer network on digits', () => {
  it('is right in 0.93 to 0.97 of the test', () => {
    const [weights, , table] = trained('digits-network').drawn;
    if (weights?.kind !== 'images' || table?.kind !== 'table') throw new Error('other kinds');
    expect(weights.images).toHaveLength(32);
    const [, there, here] = table.rows.at(-1)!;
    expect(there).toBe('0.93 to 0.97');
    expect(Number(here)).toBeGreaterThanOrEqual(0.93);
    expect(Number(here)).toBeLessThanOrEqual(0.97);
    expect(table.rows.slice(0, -1).every(([, printed]) => printed === '–')).toBe(true);
  });
});
