import type { DataSet } from '../data/dataSet.ts';
import { isPiecewiseLinear } from '../model/activations.ts';
import type { FullNetwork } from '../model/networks.ts';
import { FLOAT32_MAX } from '../numeric/float32.ts';
import { Backpropagation } from './backpropagation.ts';
import { Batches } from './batches.ts';
import { strideOf } from './engine.ts';
import { type Examples, emptyTargets, examplesOf, gather } from './examples.ts';
import { initialNetwork } from './initialization.ts';
import { flatParameters, type LayerShape, networkFrom, parameterPlaces } from './layout.ts';
import { countRight, LOSSES, type LossTraits, type Targets } from './losses.ts';
import { addPenalty, createStepper, type Stepper } from './optimizers.ts';
import type { Recipe } from './recipe.ts';
import { learningRateAt } from './schedules.ts';
import { Snapshots } from './snapshots.ts';

/** How well a network does on some samples. */
export interface Score {
  readonly loss: number;
  /** The share of samples that are put into their class; null for a regression. */
  readonly accuracy: number | null;
}

export interface Scores {
  readonly train: Score;
  /** null without a split */
  readonly test: Score | null;
}

/** Why a run ended before its last step. */
export interface Divergence {
  /** The step whose loss or parameters are not finite; the one before is kept. */
  readonly step: number;
  /** The learning rate that led there. */
  readonly learningRate: number;
  /** The same for people, with what to try. */
  readonly message: string;
}

/** Samples in flight at once: their arrays stay in the processor's cache. */
const CHUNK = 256;
/** What computing again from a snapshot may take: a quarter of the 0.2 s in which any step can be reached. */
const SNAPSHOT_NANOSECONDS = 5e7;

interface Chunk {
  readonly x: number;
  readonly count: number;
  readonly targets: Targets;
}

/** A recipe at work. `step` is where it is; it can go on, and to any step. The same step always has the same numbers. */
export class Run {
  readonly recipe: Recipe;
  readonly #shape: readonly LayerShape[];
  readonly #train: Examples;
  readonly #test: Examples | null;
  readonly #loss: LossTraits;
  readonly #layers: Backpropagation;
  readonly #stepper: Stepper;
  readonly #batches: Batches;
  readonly #snapshots: Snapshots;
  /** All that changes from step to step. */
  readonly #arrays: readonly Float64Array[];
  /** Of all samples, laid out once; empty if steps take batches. */
  readonly #packed: readonly Chunk[];
  readonly #batchTargets: Targets;
  #losses = new Float64Array(1024);
  #step = 0;
  #reached = 0;
  #divergence: Divergence | null = null;

  /**
   * @param network that of step 0, if it has been made already
   * @throws InvalidInputError if the data, the loss and the network do not fit together
   */
  constructor(recipe: Recipe, data: DataSet, network = initialNetwork(recipe.network)) {
    this.recipe = recipe;
    this.#shape = network.layers;
    const { inputs } = network.layers[0]!;
    const { outputs } = network.layers.at(-1)!;
    const { train, test } = examplesOf(data, recipe.loss, { inputs, outputs });
    this.#train = train;
    this.#test = test;
    this.#loss = LOSSES[recipe.loss];
    const capacity = Math.min(CHUNK, Math.max(train.count, test?.count ?? 0));
    const isWhole = recipe.batch === null;
    const stride = strideOf(capacity);
    const chunks = isWhole ? Math.ceil(train.count / CHUNK) : 0;
    this.#layers = new Backpropagation(network.layers, capacity, chunks * inputs * stride);
    this.#batchTargets = emptyTargets(outputs, stride);
    this.#packed = Array.from({ length: chunks }, (_, i) => this.#pack(i, inputs * stride));
    const flat = flatParameters(network);
    this.#layers.parameters.set(flat);
    this.#stepper = createStepper(recipe.optimizer, flat.length);
    this.#batches = new Batches(recipe.batch, train.count);
    this.#arrays = [this.#layers.parameters, ...this.#stepper.memory];
    const samples = Math.min(recipe.batch?.size ?? train.count, train.count);
    this.#snapshots = new Snapshots(snapshotInterval(network.layers, samples));
    this.#snapshots.offer(0, this.#arrays);
  }

  /** The steps made so far, where the run is. */
  get step(): number {
    return this.#step;
  }

  /** The largest step so far. */
  get reached(): number {
    return this.#reached;
  }

  /** [reached] the loss of the samples that each step took, before it; the penalty is not in it. */
  get losses(): Float64Array {
    return this.lossesFrom(0);
  }

  /** [reached − step] the losses from a step on; a copy. */
  lossesFrom(step: number): Float64Array<ArrayBuffer> {
    return this.#losses.slice(step, this.#reached);
  }

  /** Set once the run cannot go on from `reached`. */
  get divergence(): Divergence | null {
    return this.#divergence;
  }

  /** All parameters at the present step, as flatParameters orders them: a view that the next step writes. */
  get parameters(): Float64Array {
    return this.#layers.parameters;
  }

  /** The network at the present step; a copy. */
  get network(): FullNetwork {
    return networkFrom(this.#shape, this.parameters);
  }

  /** Makes one step. @returns whether it did; if not, the run has diverged and is at the step before. */
  advance(): boolean {
    if (this.#divergence && this.#step === this.#reached) return false;
    const loss = this.#takeGradient();
    if (!Number.isFinite(loss)) {
      this.#diverge(this.#step, 'the loss');
      return false;
    }
    this.#move();
    if (!areFinite(this.parameters)) {
      this.#diverge(this.#step, 'a parameter');
      return false;
    }
    this.#record(loss);
    return true;
  }

  /**
   * Goes to a step: from the last snapshot before it, or from where the run is if that is nearer; then by training.
   * @returns the step reached, an earlier one if the run diverges
   */
  goTo(step: number): number {
    const from = this.#snapshots.lastBefore(Math.min(step, this.#reached));
    if (step < this.#step || from > this.#step) {
      this.#step = this.#snapshots.restore(from, this.#arrays);
    }
    while (this.#step < step && this.advance());
    return this.#step;
  }

  /** The loss and accuracy of all training samples, and of those for testing if there are any, at the present step. */
  evaluate(): Scores {
    return { train: this.#score(this.#train), test: this.#test && this.#score(this.#test) };
  }

  #score(examples: Examples): Score {
    const { labels, count: all } = examples;
    let sum = 0;
    let right = 0;
    for (let from = 0; from < all; from += CHUNK) {
      const { x, count, targets } = this.#gather(examples, null, from, Math.min(CHUNK, all - from));
      const outputs = this.#layers.forward(x, count);
      sum += this.#loss.evaluate(outputs, targets, 1);
      if (labels) right += countRight(outputs, targets.labels, this.#loss.threshold);
    }
    return {
      loss: sum / (all * this.#loss.terms(examples.outputs)),
      accuracy: labels && right / all,
    };
  }

  /** Computes the gradient at the present step. @returns the loss of the step's samples */
  #takeGradient(): number {
    this.#layers.gradient.fill(0);
    const { order, from, count: all } = this.#batches.at(this.#step);
    const terms = all * this.#loss.terms(this.#train.outputs);
    let sum = 0;
    for (let start = 0; start < all; start += CHUNK) {
      const count = Math.min(CHUNK, all - start);
      const chunk =
        this.#packed[start / CHUNK] ?? this.#gather(this.#train, order, from + start, count);
      const outputs = this.#layers.forward(chunk.x, count);
      sum += this.#loss.evaluate(outputs, chunk.targets, 1 / terms);
      this.#layers.backward(chunk.x, count);
    }
    return sum / terms;
  }

  /** Moves the parameters to the next step. */
  #move(): void {
    const { parameters, gradient } = this.#layers;
    const { penalty } = this.recipe;
    if (penalty.l1 !== 0 || penalty.l2 !== 0) {
      for (const { weight, bias } of parameterPlaces(this.#shape)) {
        addPenalty(penalty, parameters, gradient, weight, bias);
      }
    }
    const rate = learningRateAt(this.recipe, this.#step);
    this.#stepper.step(parameters, gradient, rate, this.#step);
    this.#step += 1;
  }

  #record(loss: number): void {
    if (this.#step > this.#reached) {
      this.#reached = this.#step;
      if (this.#losses.length < this.#reached) {
        const longer = new Float64Array(2 * this.#losses.length);
        longer.set(this.#losses);
        this.#losses = longer;
      }
      this.#losses[this.#step - 1] = loss;
    }
    this.#snapshots.offer(this.#step, this.#arrays);
  }

  /** @param step the one that is not finite */
  #diverge(step: number, what: string): void {
    const kept = Math.max(0, step - 1);
    const learningRate = learningRateAt(this.recipe, kept);
    this.#reached = Math.min(this.#reached, kept);
    this.#divergence = {
      step,
      learningRate,
      message: describeDivergence(step, learningRate, what),
    };
    this.#step = this.#snapshots.restore(kept, this.#arrays);
    while (this.#step < kept) {
      this.#takeGradient();
      this.#move();
    }
  }

  #pack(index: number, length: number): Chunk {
    const { outputs, count: all } = this.#train;
    const count = Math.min(CHUNK, all - index * CHUNK);
    const stride = strideOf(count);
    const targets = emptyTargets(outputs, stride);
    const x = this.#layers.extraStart + index * length;
    const place = { heap: this.#layers.heap, to: x, stride };
    gather(this.#train, null, index * CHUNK, count, place, targets);
    return { x, count, targets };
  }

  #gather(examples: Examples, order: Int32Array | null, from: number, count: number): Chunk {
    const { heap, input: x } = this.#layers;
    const targets = this.#batchTargets;
    gather(examples, order, from, count, { heap, to: x, stride: strideOf(count) }, targets);
    return { x, count, targets };
  }
}

function areFinite(parameters: Float64Array): boolean {
  for (const parameter of parameters) if (!(Math.abs(parameter) <= FLOAT32_MAX)) return false;
  return true;
}

function describeDivergence(step: number, rate: number, what: string): string {
  if (step === 0) {
    return 'The run cannot start: the loss is not finite at step 0. Scale the data, or draw smaller weights.';
  }
  const about = Number(rate.toPrecision(4));
  return (
    `The run diverged at step ${step}, where ${what} is no longer finite, with a learning rate of ${about}. ` +
    `Step ${step - 1} is kept. Try a tenth of the rate, or scale the inputs to about 1.`
  );
}

/** Steps between two snapshots, from a generous guess of what a step takes. */
function snapshotInterval(layers: readonly LayerShape[], samples: number): number {
  let nanoseconds = 5000;
  for (const { inputs, outputs, activation } of layers) {
    const weights = inputs * outputs;
    nanoseconds += 2 * samples * weights + 10 * weights;
    nanoseconds += samples * outputs * (isPiecewiseLinear(activation) ? 10 : 400);
  }
  return Math.max(1, Math.floor(SNAPSHOT_NANOSECONDS / nanoseconds));
}
