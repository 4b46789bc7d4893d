import { expect, test } from 'vitest';
import { loadDataSet } from '../../../../src/data/loadDataSet.ts';
import { readDataSpec } from '../../../../src/data/readDataSpec.ts';
import type { ExplicitSource } from '../../../../src/model/networks.ts';
import { beginTraining, DIGITS_SPLIT } from '../../../../src/state/beginTraining.ts';
import { DEFAULT_STATE } from '../../../../src/state/defaults.ts';
import { applyPatch } from '../../../../src/state/patch.ts';
import type { State } from '../../../../src/state/state.ts';
import { prepareRun } from '../../../../src/trainer/prepareRun.ts';
import { localTrainer, type Trainer } from '../../../../src/trainer/trainer.ts';
import { Run } from '../../../../src/training/run.ts';
import type { RunStart } from '../../../../src/training/session.ts';
import { PanelRun } from '../../../../src/ui/training/panelRun.ts';

const RECIPE = {
  data: { kind: 'moons', samples: 40, noise: 0.1, seed: 2, split: { testSize: 0.25, seed: 0 } },
  network: { kind: 'drawn', widths: [2, 4, 2], activation: 'relu', seed: 3 },
  steps: 60,
};

/** A panel whose state the run changes, as a session does. */
function panel(initial: State, makeTrainer: (start: RunStart) => Trainer = localTrainer) {
  const steps: number[] = [];
  const warnings: string[] = [];
  const surveyed = new Map<number, ExplicitSource>();
  /** What is said of a run that is on its way. */
  const ways: number[] = [];
  let holders = 0;
  const flags = { drawing: false, fails: false };
  const session = {
    state: initial,
    moving: false,
    held: false,
    hold() {
      holders += 1;
      return () => {
        holders -= 1;
      };
    },
    change(next: State) {
      session.state = next;
      if (next.run) steps.push(next.run.step);
      run.follow(next);
    },
  };
  const run: PanelRun = new PanelRun({
    session,
    prepare: async (recipe) => {
      if (flags.fails) throw new Error('out of reach');
      const start = await prepareRun(recipe);
      return { trainer: makeTrainer(start), layers: start.network.layers };
    },
    nextFrame: () => new Promise((resolve) => setTimeout(resolve)),
    isDrawingFile: () => flags.drawing,
    onChange: () => {
      if (run.onItsWay !== null) ways.push(run.onItsWay);
    },
    warn: (text) => {
      warnings.push(text);
      return () => void warnings.splice(warnings.indexOf(text), 1);
    },
    inWake: (change) => change(),
    survey: async (step, network) => {
      surveyed.set(step, network);
    },
  });
  run.follow(initial);
  return { session, run, steps, warnings, surveyed, ways, flags, holders: () => holders };
}

const at = (step: number) => applyPatch(DEFAULT_STATE, { run: { recipe: RECIPE, step } });

async function trained({ run }: State): Promise<Float64Array> {
  const { recipe, step } = run!;
  const reference = new Run(recipe, await loadDataSet(recipe.data));
  reference.goTo(step);
  return reference.parameters;
}

function parametersOf({ field: { network } }: State): number[] {
  const { layers } = network as ExplicitSource;
  return layers.flatMap(({ weight, bias }) => [...weight.flat(), ...bias]);
}

test('a state at some step gets the network of that step, and its scores', async () => {
  const { session, run } = panel(at(37));
  await run.caughtUp();
  expect(session.state.run!.step).toBe(37);
  expect(parametersOf(session.state)).toEqual(Array.from(await trained(session.state)));
  expect(run.losses).toHaveLength(37);
  expect(run.scores.at(-1)).toMatchObject({
    step: 37,
    scores: { test: { loss: expect.any(Number) } },
  });
});

test('a run that takes long says how far it has come, and the picture waits for the end', async () => {
  const slowly = (start: RunStart): Trainer => {
    const trainer = localTrainer(start);
    let at = 0;
    const goTo = (step: number) => {
      at = Math.min(step, at + 15);
      return trainer.goTo(at, Number.POSITIVE_INFINITY);
    };
    return { ...trainer, goTo };
  };
  const { session, run, steps, ways } = panel(at(50), slowly);
  await run.caughtUp();
  expect([...new Set(ways)]).toEqual([15, 30, 45]);
  expect(steps).toEqual([50]);
  expect(parametersOf(session.state)).toEqual([...(await trained(session.state))]);
});

test('of the recipes that a slider passes by, only that on which it rests begins', async () => {
  const begun: number[] = [];
  const { session, run } = panel(at(5), (start) => {
    begun.push(start.recipe.steps);
    return localTrainer(start);
  });
  await run.caughtUp();
  const withSteps = (steps: number) =>
    applyPatch(session.state, { run: { recipe: { steps }, step: 5 } });
  session.moving = true;
  for (const steps of [70, 80, 90]) session.change(withSteps(steps));
  await run.caughtUp();
  expect(begun).toHaveLength(1);
  session.moving = false;
  session.change(session.state);
  await run.caughtUp();
  expect(begun.slice(1)).toEqual([90]);
  expect(parametersOf(session.state)).toEqual(Array.from(await trained(session.state)));
});

/** However busy the machine is, it gets to the step that is asked for. */
function unhurried(start: RunStart): Trainer {
  const trainer = localTrainer(start);
  return { ...trainer, goTo: (step) => trainer.goTo(step, Number.POSITIVE_INFINITY) };
}

test('play makes steps up to the last one, and stops there', async () => {
  const { session, run, steps, holders } = panel(at(0), unhurried);
  run.pace = 7;
  run.play();
  expect([run.isPlaying, holders()]).toEqual([true, 1]);
  await run.caughtUp();
  expect([run.isPlaying, holders()]).toEqual([false, 0]);
  expect(steps).toEqual([7, 14, 21, 28, 35, 42, 49, 56, 60]);
  expect(parametersOf(session.state)).toEqual(Array.from(await trained(session.state)));
  // From the end it starts anew.
  run.play();
  await run.caughtUp();
  expect(new Set(steps.slice(9))).toEqual(new Set([0, ...steps.slice(0, 9)]));
});

test('any step is gone to, back and forth, and the first is the very start', async () => {
  const { session, run } = panel(at(20));
  await run.caughtUp();
  const twenty = session.state.field.network;
  run.reset();
  await run.caughtUp();
  expect(session.state.field.network).toEqual(at(0).field.network);
  run.stepOnce();
  await run.caughtUp();
  expect(session.state.run!.step).toBe(1);
  run.goTo(20);
  await run.caughtUp();
  expect(session.state.field.network).toEqual(twenty);
});

test('an undone state needs no training: its network is known', async () => {
  const { session, run, steps } = panel(at(10));
  await run.caughtUp();
  const before = session.state;
  run.goTo(30);
  await run.caughtUp();
  const count = steps.length;
  session.change(before);
  await run.caughtUp();
  expect(session.state).toBe(before);
  expect(steps.slice(count)).toEqual([10]);
});

test('at rest it looks at other steps for the curves, and what is shown stays', async () => {
  const { session, run, steps, surveyed } = panel(at(50));
  await run.caughtUp();
  const { network } = session.state.field;
  await run.survey();
  // Even steps: 50 are more than 32.
  const even = Array.from({ length: 25 }, (_, i) => 2 * i);
  expect([...surveyed.keys()].sort((a, b) => a - b)).toEqual(even);
  expect(run.scores.map(({ step }) => step)).toEqual([...even, 50]);
  const reference = await trained(at(16));
  const { layers } = surveyed.get(16)!;
  expect(layers.flatMap(({ weight, bias }) => [...weight.flat(), ...bias])).toEqual([...reference]);
  expect([session.state.field.network, steps]).toEqual([network, [50]]);
  run.stepOnce();
  await run.caughtUp();
  expect(parametersOf(session.state)).toEqual([...(await trained(at(51)))]);
});

test('a step that a person wants comes before the curves', async () => {
  const { session, run } = panel(at(50));
  await run.caughtUp();
  const surveying = run.survey();
  run.goTo(7);
  await Promise.all([surveying, run.caughtUp()]);
  expect(parametersOf(session.state)).toEqual([...(await trained(at(7)))]);
  expect(run.scores.length).toBeLessThan(10);
  for (const { step, scores } of run.scores) {
    const reference = new Run(at(0).run!.recipe, await loadDataSet(at(0).data!));
    reference.goTo(step);
    expect(scores).toEqual(reference.evaluate());
  }
});

test('a run that diverges stays at the step before, and says so once', async () => {
  const optimizer = { kind: 'sgd', learningRate: 1e9 };
  const loss = 'meanSquaredError';
  const wild = applyPatch(DEFAULT_STATE, {
    run: { recipe: { ...RECIPE, loss, optimizer }, step: 60 },
  });
  const { session, run, warnings } = panel(wild);
  await run.caughtUp();
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/rate/);
  expect(session.state.run!.step).toBeLessThan(60);
  expect(parametersOf(session.state).every(Number.isFinite)).toBe(true);
});

test('data that the network does not fit are reported, and nothing hangs', async () => {
  const network = { ...RECIPE.network, widths: [3, 4, 2] };
  const state = applyPatch(DEFAULT_STATE, { run: { recipe: { ...RECIPE, network }, step: 5 } });
  const { session, run, warnings } = panel(state);
  await run.caughtUp();
  expect(warnings).toEqual([expect.stringContaining('expected 2 inputs')]);
  expect(run.hasFailed).toBe(true);
  // The message goes with what it is about.
  session.change(at(0));
  await run.caughtUp();
  expect([run.hasFailed, warnings]).toEqual([false, []]);
});

test('a person begins with any network and data: widths, readout and view suit them', async () => {
  const spec = at(0).data!;
  const set = await loadDataSet(spec);
  const begun = applyPatch(DEFAULT_STATE, beginTraining(DEFAULT_STATE, spec, set));
  expect(begun.run!.recipe).toMatchObject({
    network: { widths: [2, 20, 2] },
    loss: 'crossEntropy',
  });
  expect(begun.field.readout.kind).toBe('class');
  const reach = Math.max(...set.train.x.map(Math.abs));
  expect(begun.view.halfWidth).toBeGreaterThan(0.5 * reach);
  const affine = applyPatch(DEFAULT_STATE, { field: { kind: 'lse' } });
  const deeper = applyPatch(affine, beginTraining(affine, spec, set));
  expect(deeper.run!.recipe.network).toMatchObject({ widths: [2, 8, 8, 2] });
});

test('runs on the digits begin as those of the course', async () => {
  const spec = readDataSpec({ kind: 'digits', split: DIGITS_SPLIT });
  const set = await loadDataSet(spec);
  const begin = (hidden: readonly number[] | null) =>
    applyPatch(DEFAULT_STATE, beginTraining(DEFAULT_STATE, spec, set, hidden));
  const regression = begin([]);
  expect(regression.run!.recipe).toMatchObject({
    network: { widths: [64, 10], initialization: 'zeros' },
    optimizer: { kind: 'sgd', learningRate: 0.01 },
    batch: null,
    steps: 501,
  });
  expect(regression).toMatchObject({ learnt: true, field: { readout: { kind: 'class' } } });
  expect(begin([32]).run!.recipe.network).toMatchObject({
    widths: [64, 32, 10],
    initialization: 'xavierUniform',
  });
  expect(begin(null).run!.recipe.network).toMatchObject({ widths: [64, 20, 10] });
});

test('while a file is drawn the playing waits, at the step of the file', async () => {
  const { session, run, flags } = panel(at(5));
  await run.caughtUp();
  flags.drawing = true;
  run.play();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([run.isPlaying, session.state.run!.step]).toEqual([true, 5]);
  flags.drawing = false;
  await run.caughtUp();
  expect([run.isPlaying, session.state.run!.step]).toEqual([false, 60]);
});

test('a run that cannot be trained makes no steps; it tries again, and goes on once it can', async () => {
  const { session, run, flags, warnings } = panel(at(0));
  await run.caughtUp();
  flags.fails = true;
  session.change(applyPatch(session.state, { run: { recipe: { steps: 20 } } }));
  await run.caughtUp();
  for (const act of [() => run.stepOnce(), () => run.play()]) {
    act();
    await run.caughtUp();
    expect([run.hasFailed, run.isPlaying, session.state.run!.step]).toEqual([true, false, 0]);
    expect(warnings).toEqual(['out of reach']);
  }
  flags.fails = false;
  run.stepOnce();
  await run.caughtUp();
  expect([run.hasFailed, warnings]).toEqual([false, []]);
  run.stepOnce();
  await run.caughtUp();
  expect(session.state.run!.step).toBe(1);
});
