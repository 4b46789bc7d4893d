import { allPoints } from '../data/allPoints.ts';
import { dataSetIfLoaded } from '../data/loadDataSet.ts';
import { regionsAround } from '../geometry/regionsAround.ts';
import { explicitSource } from '../model/parameters.ts';
import { readRecipe } from '../training/readRecipe.ts';
import { Run } from '../training/run.ts';

/** The latest runs, by their recipes. */
const runs = new Map<string, Run>();
const RUNS_MAX = 12;

/** A small recipe's run, which has been to its last step or diverged; trained once. */
export function trainedRun(recipe: object): Run {
  const key = JSON.stringify(recipe);
  const known = runs.get(key);
  if (known) return known;
  const read = readRecipe(recipe);
  const run = new Run(read, dataSetIfLoaded(read.data)!);
  run.goTo(read.steps);
  runs.set(key, run);
  if (runs.size > RUNS_MAX) runs.delete(runs.keys().next().value!);
  return run;
}

/** [step, value] of some steps of a run. */
export type ByStep = readonly (readonly [number, number])[];

const counted = new WeakMap<Run, ByStep>();
const tested = new WeakMap<Run, ByStep>();

/** The linear regions around the points of the data, every so many steps. */
export function regionsByStep(run: Run, every: number): ByStep {
  const points = allPoints(dataSetIfLoaded(run.recipe.data)!);
  return once(counted, run, every, () => {
    const network = explicitSource(run.network, 'network');
    const field = { network, slice: null, readout: { kind: 'output', index: 0 } } as const;
    return regionsAround(field, points);
  });
}

/** The losses of the points for testing, of which there are some, every so many steps. */
export function testLossesByStep(run: Run, every: number): ByStep {
  return once(tested, run, every, () => run.evaluate().test!.loss);
}

/** Looks at a run at every so many steps, unless that has been done. */
function once(known: WeakMap<Run, ByStep>, run: Run, every: number, look: () => number): ByStep {
  const before = known.get(run);
  if (before) return before;
  const steps = Array.from({ length: Math.floor(run.reached / every) + 1 }, (_, i) => i * every);
  const values = steps.map((step) => {
    run.goTo(step);
    return [step, look()] as const;
  });
  known.set(run, values);
  return values;
}
