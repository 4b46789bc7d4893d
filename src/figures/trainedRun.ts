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

/** [step, regions]; those of a run that were counted. */
type Counts = readonly (readonly [number, number])[];

const counted = new WeakMap<Run, Counts>();

/** The linear regions around the points of the data, every so many steps. */
export function regionsByStep(run: Run, every: number): Counts {
  const known = counted.get(run);
  if (known) return known;
  const points = allPoints(dataSetIfLoaded(run.recipe.data)!);
  const steps = Array.from({ length: Math.floor(run.reached / every) + 1 }, (_, i) => i * every);
  const counts = steps.map((step) => {
    run.goTo(step);
    const network = explicitSource(run.network, 'network');
    const field = { network, slice: null, readout: { kind: 'output', index: 0 } } as const;
    return [step, regionsAround(field, points)] as const;
  });
  counted.set(run, counts);
  return counts;
}
