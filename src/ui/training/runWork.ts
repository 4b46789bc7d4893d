import type { ExplicitSource, NetworkSource } from '../../model/networks.ts';
import { explicitSource } from '../../model/parameters.ts';
import { startOf } from '../../state/shownRun.ts';
import { prepareRun } from '../../trainer/prepareRun.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { workerTrainer } from '../../trainer/workerTrainer.ts';
import { type LayerShape, networkFrom } from '../../training/layout.ts';
import type { Recipe } from '../../training/recipe.ts';
import type { Scores } from '../../training/run.ts';
import type { RunPlace } from '../../training/session.ts';

export interface Prepared {
  readonly trainer: Trainer;
  readonly layers: readonly LayerShape[];
}

/** In a worker, whose work does not delay the page's. */
export async function prepareInWorker(recipe: Recipe): Promise<Prepared> {
  const start = await prepareRun(recipe);
  return { trainer: await workerTrainer(start), layers: start.network.layers };
}

/** A recipe at work for a panel, and all that is known of its steps. */
export class RunWork {
  readonly recipe: Recipe;
  readonly prepared: Promise<Prepared>;
  readonly losses: number[] = [];
  readonly scores = new Map<number, Scores>();
  /** Where the trainer is, or will be once it has answered. */
  place = 0;
  /** The steps of networks that came from here. */
  readonly #steps: WeakMap<NetworkSource, number>;

  constructor(recipe: Recipe, prepared: Promise<Prepared>) {
    this.recipe = recipe;
    this.prepared = prepared;
    this.#steps = new WeakMap([[startOf(recipe), 0]]);
    // The task that waits for it reports what goes wrong.
    prepared.catch(() => undefined);
  }

  /** The step of a network that came from here. */
  stepOf(network: NetworkSource): number | undefined {
    return this.#steps.get(network);
  }

  /** Writes down what the trainer has answered. */
  record({ step, reached, losses }: RunPlace): void {
    this.place = step;
    for (const loss of losses) this.losses.push(loss);
    this.losses.length = Math.min(this.losses.length, reached);
  }

  networkAt(layers: readonly LayerShape[], { step, parameters }: RunPlace): ExplicitSource {
    const network = explicitSource(networkFrom(layers, parameters), 'run.recipe.network');
    this.#steps.set(network, step);
    return network;
  }

  end(): void {
    this.prepared.then(({ trainer }) => trainer.end()).catch(() => undefined);
  }
}
