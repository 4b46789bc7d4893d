import { expect, test } from 'vitest';
import { type LineSources, prepareEdges } from '../../../src/exporting/vectorLines.ts';
import { LimitExceededError } from '../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { createEvaluator } from '../../../src/reference/evaluate.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';

const FIELD = { kind: 'mlp', widths: [2, 5, 4, 1], seed: 3 } as const;
const state = applyPatch(DEFAULT_STATE, {
  field: FIELD,
  view: { center: [0.5, -1], halfWidth: 3 },
  edges: true,
  selection: { point: [1, 0.5] },
});
const plot = { x: 84, y: 44, width: 300, height: 300 };

function arrangementOf(shown = state) {
  const window = { x: [-3, 3], y: [-3, 3], center: shown.view.center } as const;
  return enumerateRegions(resolve(shown.field).whole, { window, cells: true });
}

const sources: LineSources = {
  sampler: () => Promise.reject(new Error('edges need no samples')),
  arrangement: async () => arrangementOf(),
};

test('a saved picture has the exact edges, the vertices and the selected region of its state', async () => {
  const arrangement = arrangementOf();
  const marks = await prepareEdges(state, plot, sources);
  const [casing, edges, vertices, selected, ...rest] = marks!;
  expect(rest).toEqual([]);
  const inside = arrangement.edges.filter(({ neuron }) => neuron >= 0);
  expect(inside.length).toBeGreaterThan(20);
  for (const mark of [casing, edges]) {
    expect(mark).toMatchObject({ kind: 'net', look: 'edge' });
    expect(mark!.kind === 'net' && mark!.lines).toHaveLength(inside.length);
  }
  const corners = arrangement.points.filter(({ kind }) => kind === 'vertex');
  expect(vertices!.kind === 'net' && vertices!.circles).toHaveLength(corners.length);
  // The outline is that of the region of the selected point: its middle has the same pattern.
  expect(selected).toMatchObject({ kind: 'polyline', look: 'selected' });
  if (selected?.kind !== 'polyline') throw new Error('an outline');
  const { points } = selected;
  const mean = ([0, 1] as const).map(
    (axis) => points.reduce((sum, at) => sum + at[axis], 0) / points.length,
  );
  const x = 0.5 + 3 * (mean[0]! / 150 - 1);
  const y = -1 - 3 * (mean[1]! / 150 - 1);
  const evaluator = createEvaluator(state.field);
  expect(evaluator.pattern(x, y)).toEqual(evaluator.pattern(1, 0.5));
});

test('the lines between classes are heavier, also those of an affine network', async () => {
  const network = { kind: 'drawn', widths: [2, 6, 3], activation: 'relu', seed: 1 };
  for (const field of [{ network }, { kind: 'lse' }]) {
    const shown = applyPatch(state, { field });
    const arrangement = arrangementOf(shown);
    const marks = (await prepareEdges(shown, plot, {
      ...sources,
      arrangement: async () => arrangement,
    }))!;
    // The one region of an affine network is not outlined.
    expect(marks.some(({ look }) => look === 'selected')).toBe('network' in field);
    const boundaries = marks.filter(({ look }) => look === 'boundary');
    expect(boundaries).toHaveLength(2);
    for (const mark of boundaries) {
      expect(mark.kind === 'net' && mark.lines).toHaveLength(arrangement.decision!.boundary.length);
    }
    const widthOf = (look: string) =>
      Math.max(
        ...marks
          .filter((mark) => mark.look === look)
          .map(({ style }) => Number(style['stroke-width'])),
      );
    expect(widthOf('boundary')).toBeGreaterThan(widthOf('edge'));
  }
});

test('a state without edges and a single affine output have none; too many are reported', async () => {
  const none = applyPatch(state, { edges: false });
  expect(await prepareEdges(none, plot, sources)).toEqual([]);
  const neuron = applyPatch(state, { field: { kind: 'sigmoid' } });
  expect(await prepareEdges(neuron, plot, sources)).toEqual([]);
  const many = () => Promise.reject(new LimitExceededError('regions', 20_000));
  expect(await prepareEdges(state, plot, { ...sources, arrangement: many })).toBeNull();
  const broken = () => Promise.reject(new Error('no worker'));
  await expect(prepareEdges(state, plot, { ...sources, arrangement: broken })).rejects.toThrow(
    'no worker',
  );
});
