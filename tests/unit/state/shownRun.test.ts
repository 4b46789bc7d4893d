import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { dataSetIfLoaded } from '../../../src/data/loadDataSet.ts';
import { readDataSpec } from '../../../src/data/readDataSpec.ts';
import { lookAtData } from '../../../src/state/beginTraining.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { plainForm } from '../../../src/state/plainForm.ts';
import { checkFitOfRun, fitsRun, startOf } from '../../../src/state/shownRun.ts';
import { decodeState, encodeState } from '../../../src/state/url.ts';
import { validateState } from '../../../src/state/validate.ts';
import { initialNetwork } from '../../../src/training/initialization.ts';

const RECIPE = {
  data: { kind: 'moons', samples: 50, noise: 0.2, seed: 3 },
  network: { kind: 'drawn', widths: [2, 4, 2], activation: 'tanh', seed: 7 },
  optimizer: { kind: 'adam', learningRate: 0.02 },
};
const shown = applyPatch(DEFAULT_STATE, {
  run: { recipe: RECIPE, step: 12 },
  field: { readout: { kind: 'class' } },
});

describe('a run in the state', () => {
  it('brings its data and its first network', () => {
    expect(shown.data).toBe(shown.run!.recipe.data);
    expect(shown.run!.step).toBe(12);
    const { network } = shown.field;
    expect(network.kind === 'explicit' && network.layers[0]!.bias).toEqual(
      Array.from(initialNetwork(shown.run!.recipe.network).layers[0]!.bias),
    );
    expect(shown.field.readout.kind).toBe('class');
  });

  it('takes a slice that is meant for its network, whatever was shown before', () => {
    const network = { kind: 'drawn', widths: [3, 4, 2], seed: 7 };
    const data = {
      kind: 'points',
      x: [
        [1, 2, 3],
        [4, 5, 7],
      ],
      y: [0, 1],
    };
    const slice = { origin: [1, 2, 3], axis1: [1, 0, 0], axis2: [0, 0, 1] };
    const patch = { run: { recipe: { data, network } }, field: { slice } };
    expect(applyPatch(DEFAULT_STATE, patch).field.slice).toEqual(slice);
    // A network of its own ends nothing: it is no step of the run.
    const other = { ...patch, field: { network: { kind: 'drawn', widths: [3, 5, 2] }, slice } };
    expect(applyPatch(DEFAULT_STATE, other).field.network.kind).toBe('explicit');
  });

  it('shows its classes, unless the patch says what to show, or a person has chosen something of all outputs', () => {
    const patch = { run: { recipe: RECIPE } };
    const begun = applyPatch(DEFAULT_STATE, patch);
    expect(begun.field.readout.kind).toBe('class');
    expect(begun.shade).toBe(true);
    const given = applyPatch(DEFAULT_STATE, { ...patch, field: { readout: { kind: 'margin' } } });
    expect([given.field.readout.kind, given.shade]).toEqual(['margin', false]);
    const chosen = applyPatch(begun, { field: { readout: { kind: 'output', index: 1 } } });
    const again = applyPatch(chosen, { run: { recipe: { steps: 99 } } });
    expect(again.field.readout).toEqual({ kind: 'output', index: 1 });
    const binary = {
      ...RECIPE,
      network: { ...RECIPE.network, widths: [2, 3, 1] },
      loss: 'binaryCrossEntropy',
    };
    const softmax = applyPatch(DEFAULT_STATE, { run: { recipe: RECIPE } });
    expect(applyPatch(softmax, { run: { recipe: binary } }).field.readout.kind).toBe('sigmoid');
  });

  it('shows points of many inputs in the plane of their main directions', () => {
    const x = Array.from({ length: 20 }, (_, i) => [1, 5 * Math.cos(i), 2 * Math.sin(3 * i), 4]);
    const data = { kind: 'points', x, y: x.map((_, i) => i % 2) };
    const network = { kind: 'drawn', widths: [4, 3, 2], seed: 7 };
    const { field, view } = applyPatch(DEFAULT_STATE, { run: { recipe: { data, network } } });
    const { slice, center, halfWidth } = lookAtData(dataSetIfLoaded(readDataSpec(data))!);
    expect(field.slice).toEqual(slice);
    expect(Math.abs(field.slice!.axis1[1]!)).toBeGreaterThan(0.9);
    expect([view.center, view.halfWidth]).toEqual([center, halfWidth]);
    const own = applyPatch(DEFAULT_STATE, {
      run: { recipe: { data, network } },
      view: { halfWidth: 3 },
    });
    expect(own.view.halfWidth).toBe(3);
  });

  it('keeps its network while only the step, the readout or the view changes', () => {
    const next = applyPatch(shown, { run: { step: 13 }, view: { halfWidth: 2 } });
    expect(next.field.network).toBe(shown.field.network);
    const other = applyPatch(next, { field: { readout: { kind: 'margin' } } });
    expect(other.run).toBe(next.run);
    expect(other.field.network).toBe(next.field.network);
  });

  it('starts anew with another recipe or other data', () => {
    const slower = applyPatch(shown, { run: { recipe: { steps: 500 } } });
    expect(slower.run).toMatchObject({ step: 0, recipe: { steps: 500, data: { seed: 3 } } });
    const other = applyPatch(shown, { data: { seed: 4 } });
    expect(other.run).toMatchObject({ step: 0, recipe: { data: { seed: 4 }, steps: 300 } });
    expect(other.data).toBe(other.run!.recipe.data);
  });

  it.each([
    {
      what: 'a third class',
      data: {
        kind: 'points',
        x: [
          [0, 1],
          [1, 0],
          [1, 1],
        ],
        y: [0, 1, 2],
      },
      expected: { widths: [2, 4, 3], loss: 'crossEntropy', readout: { kind: 'class' } },
    },
    {
      what: 'points with three inputs',
      data: {
        kind: 'points',
        x: [
          [0, 1, 2],
          [1, 0, 2],
        ],
        y: [0, 1],
      },
      expected: { widths: [3, 4, 2], loss: 'crossEntropy', readout: { kind: 'class' } },
    },
    {
      what: 'digits, which have to be fetched',
      data: { kind: 'digits' },
      expected: { widths: [64, 4, 10], loss: 'crossEntropy', readout: { kind: 'class' } },
    },
    {
      what: 'values of a function',
      data: { kind: 'formula', formula: 'x1 + x2' },
      expected: { widths: [2, 4, 1], loss: 'meanSquaredError', readout: { kind: 'output' } },
    },
  ])('a drawn network that learns goes on with $what', ({ data, expected }) => {
    const { run, field } = applyPatch(shown, { data });
    const { network, loss } = run!.recipe;
    expect({
      widths: network.kind === 'drawn' && network.widths,
      loss,
      readout: field.readout,
    }).toMatchObject(expected);
    checkFitOfRun(run!);
    const back = applyPatch(
      { ...shown, run, field, data: run!.recipe.data },
      { data: RECIPE.data },
    );
    expect(back.run!.recipe).toMatchObject({
      network: { widths: [2, 4, 2] },
      loss: 'crossEntropy',
    });
  });

  it('says what does not fit its data', () => {
    const network = { ...RECIPE.network, widths: [2, 5, 3] };
    const { run } = applyPatch(DEFAULT_STATE, { run: { recipe: { ...RECIPE, network } } });
    expect(() => checkFitOfRun(run!)).toThrow(
      'network: received "3 outputs", expected 2 outputs for the 2 classes of the data',
    );
  });

  it('ends with another network, or without data', () => {
    expect(applyPatch(shown, { field: { kind: 'lse' } }).run).toBeNull();
    expect(applyPatch(shown, { field: { network: { kind: 'identity' } } }).run).toBeNull();
    expect(applyPatch(shown, { data: null }).run).toBeNull();
    expect(applyPatch(shown, { run: null }).field).toBe(shown.field);
  });

  it('is the same after a link, which holds no weights, and after JSON', () => {
    const link = encodeState(shown);
    expect(link).not.toContain('layers=');
    expect(link.length).toBeLessThan(250);
    const { state, problem } = decodeState(link);
    expect(problem).toBeNull();
    expect(state).toEqual(shown);
    // Equal recipes are one, so that nothing is drawn again.
    expect(state.run!.recipe).toBe(shown.run!.recipe);
    expect(validateState(JSON.parse(JSON.stringify(shown)))).toEqual(shown);
  });

  it('takes a network that it may have at its step, and no other', () => {
    const trained = JSON.parse(JSON.stringify(startOf(shown.run!.recipe)));
    trained.layers[0].bias[0] = 5;
    const state = validateState({ ...structuredClone(shown), field: { network: trained } });
    expect(state.field.network).toEqual(trained);
    expect(fitsRun(state.field.network, state.run!)).toBe(true);
    const other = validateState({
      ...structuredClone(shown),
      field: { network: { kind: 'identity' } },
    });
    expect(other.field.network).toBe(startOf(shown.run!.recipe));
  });

  it.each([
    [
      { recipe: RECIPE, step: 301 },
      "run.step: received 301, expected at most the recipe's 300 steps",
    ],
    [{ recipe: RECIPE, step: -1 }, 'run.step'],
    [{ recipe: { ...RECIPE, loss: 'hinge' } }, 'run.recipe.loss'],
    [{ recipe: { network: RECIPE.network } }, 'run.recipe.data'],
    [{ step: 3 }, 'run.recipe'],
    [
      { recipe: { ...RECIPE, network: { kind: 'drawn', widths: [2, 256, 256, 256, 2] } } },
      'run.recipe.network: received',
    ],
  ])('%j is refused', (run, message) => {
    expect(() => applyPatch(DEFAULT_STATE, { run })).toThrow(message);
  });
});

test('plain JSON is read as it was written, without signs that links escape', () => {
  const word = fc.stringMatching(/^[a-z0-9][a-zA-Z0-9._-]{0,12}$/);
  const name = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}$/);
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      word,
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(name, tie('json'), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(json, (value) => {
      const text = plainForm.write(value);
      expect(text).toBe(encodeURI(text));
      expect(text).not.toMatch(/[&=#]/);
      expect(plainForm.read(text, 'run')).toEqual(value);
    }),
  );
});

test.each(['(', '(a', '(a:)', '!(1', '!x', '(a:1)b', '1e', '~', '!('.repeat(20)])(
  '%s is refused',
  (text) => {
    expect(() => plainForm.read(text, 'run')).toThrow(/^run: received .* expected/);
  },
);
