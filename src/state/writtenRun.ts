import { DEFAULT_DRAWN } from '../model/fieldValidation.ts';
import { DEFAULT_OPTIMIZERS, DEFAULT_RECIPE } from '../training/readRecipe.ts';
import type { State } from './state.ts';

/** A state's run without its data, which are a part of the state, and without what has its default. */
export function writtenRun({ run }: State): object | null {
  if (run === null) return null;
  const { data: _, network, optimizer, ...rest } = run.recipe;
  const initial = { ...DEFAULT_DRAWN, initialization: 'pytorch', outputBias: null };
  return {
    step: run.step,
    recipe: {
      network: network.kind === 'drawn' ? changed(network, initial) : network,
      ...changed(
        { optimizer: changed(optimizer, DEFAULT_OPTIMIZERS[optimizer.kind]) },
        { optimizer: { kind: 'sgd' } },
      ),
      ...changed(rest, DEFAULT_RECIPE),
    },
  };
}

/** The members that differ, and the kind. */
function changed(value: object, initial: object): object {
  const members = Object.entries(value).filter(
    ([name, member]) =>
      name === 'kind' ||
      JSON.stringify(member) !== JSON.stringify((initial as Record<string, unknown>)[name]),
  );
  return Object.fromEntries(members);
}
