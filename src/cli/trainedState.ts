import { explicitSource } from '../model/parameters.ts';
import type { State } from '../state/state.ts';
import { prepareRun } from '../trainer/prepareRun.ts';
import { Run } from '../training/run.ts';
import type { Progress } from './progress.ts';

/**
 * A state as a page shows it once its run has come to its step: the network is that of the step, not that of the start.
 * @throws Error if the run diverges before; its message says what to try
 */
export async function trainedState(state: State, progress: Progress): Promise<State> {
  const { run, field } = state;
  if (run === null) return state;
  progress.begin(`Training ${run.step.toLocaleString('en')} steps`);
  const { recipe, data, network } = await prepareRun(run.recipe);
  const training = new Run(recipe, data, network);
  training.goTo(run.step);
  if (training.divergence !== null) throw new Error(training.divergence.message);
  return { ...state, field: { ...field, network: explicitSource(training.network, 'network') } };
}
