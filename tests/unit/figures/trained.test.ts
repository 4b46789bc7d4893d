import { describe, expect, test } from 'vitest';
import { findFigure } from '../../../src/figures/figures.ts';
import { decodeFigure, encodeFigure } from '../../../src/figures/figureUrl.ts';
import { readSettings } from '../../../src/figures/settings.ts';
import { findModel, modelOf } from '../../../src/model/models.ts';
import { forward } from '../../../src/reference/pointReading.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import type { State } from '../../../src/state/state.ts';
import { decodeState, encodeState } from '../../../src/state/url.ts';

/** The states of a figure's panels. */
function statesOf(id: string, settings: object = {}): State[] {
  const figure = findFigure(id);
  return figure.panels(readSettings(figure, settings)).map((panel) => {
    if (panel.kind !== 'field') throw new Error(`expected a field, received ${panel.kind}`);
    return applyPatch(DEFAULT_STATE, panel.state);
  });
}

/** The network of a figure. */
function modelIn(id: string) {
  const { network } = statesOf(id)[0]!.field;
  if (network.kind !== 'model') throw new Error(`expected a model, received ${network.kind}`);
  return modelOf(network);
}

describe('the shape', () => {
  const distance = (x: number, y: number, z: number) =>
    forward(modelIn('shape').network, [x, y, z])[0]!;

  test('is a ring of radius 0.55 and thickness 0.16 with a ball of radius 0.3 on it', () => {
    // What its training left: at most 0.05 near the surface, twice that where the distance has a kink.
    const tolerance = 0.1;
    for (const [point, exact] of [
      [[0.55, 0, 0], -0.3],
      [[0.55, 0, 0.5], 0.2],
      [[-0.55, 0, 0], -0.16],
      [[0, -0.55, 0.16], 0],
      [[0, 0, 0], 0.25],
      [[-1, 0, 0], 0.29],
    ] as const) {
      expect(Math.abs(distance(...(point as [number, number, number])) - exact)).toBeLessThan(
        tolerance,
      );
    }
  });

  test('its second output is 0, so that the line between the classes is the surface', () => {
    const { network, facts } = modelIn('shape');
    expect(forward(network, [0.1, -0.7, 0.4])[1]).toBe(0);
    expect(facts.outputNames).toEqual(['outside', 'inside']);
    for (const { boundaries } of statesOf('shape')) expect(boundaries).toBe(true);
  });

  test('the height moves the plane, but not the one of the axis', () => {
    const [flat, upright] = statesOf('shape', { height: 0.25 });
    expect(flat!.field.slice!.origin).toEqual([0, 0, 0.25]);
    expect(upright!.field.slice!.origin).toEqual([0, 0, 0]);
  });
});

describe('the advisory', () => {
  const { network, facts } = modelIn('advisory');
  const advice = (ahead: number, left: number, degrees: number) => {
    const scores = forward(network, [ahead / 10, left / 10, degrees / 180]);
    return facts.outputNames![scores.indexOf(Math.max(...scores))]!;
  };

  test('is to keep on where the other aircraft flies away or behind', () => {
    expect(advice(8, 8, 45)).toBe('keep on');
    expect(advice(-8, 3, 180)).toBe('keep on');
    expect(advice(6, -7, -90)).toBe('keep on');
  });

  test('is to turn where it comes head-on, and away from where it crosses', () => {
    expect(advice(6, 0, 179)).not.toBe('keep on');
    expect(advice(6, 1, 175)).toMatch(/right/);
    expect(advice(6, -1, -175)).toMatch(/left/);
  });

  test('the heading is the third input, in degrees, of which the network has half turns', () => {
    const [state] = statesOf('advisory', { heading: -90 });
    expect(state!.field.slice!.origin).toEqual([0, 0, -0.5]);
    expect(facts.inputs[2]!.unit).toEqual({ mean: 0, scale: 180 });
  });
});

test('networks of figures are in no list, and links of their panels hold them', () => {
  for (const id of ['advisory', 'shape']) {
    const [state] = statesOf(id);
    const model = modelIn(id);
    expect(findModel(model.id)).toBeNull();
    const link = encodeState(state!);
    expect(link).toContain(`${model.id}~`);
    expect(link.length).toBeLessThan(9000);
    expect(decodeState(link)).toEqual({ state, problem: null });
  }
});

test('a link of such a figure holds its changed panels', () => {
  for (const id of ['advisory', 'shape']) {
    const figure = findFigure(id);
    const changed = new Map(statesOf(id).map((state, i) => [i, { ...state, hinges: true }]));
    const link = { figure, settings: readSettings(figure, {}), changed };
    expect(decodeFigure(encodeFigure(link))).toEqual({ link, problem: null });
  }
});
