import type { DataSet } from '../data/dataSet.ts';
import type { DataSpec, Split } from '../data/dataSpec.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { activationsOf, shapeOf } from '../model/drawnNetwork.ts';
import { DEFAULT_DRAWN } from '../model/fieldValidation.ts';
import { type FirstLook, lookAtPoints } from '../model/firstLook.ts';
import type { NetworkSource } from '../model/networks.ts';
import type { State } from './state.ts';

/** Steps of a run that a person begins: a few minutes of small networks. */
const STEPS = 5000;
const RATE = 0.01;
/** The hidden layers of a network that has none. */
const FIRST_HIDDEN = [8, 8];
/** Runs on the digits begin as those of the course: full batches of unscaled pixels, and a quarter of the digits for testing. */
const OF_DIGITS = { kind: 'sgd', learningRate: RATE };
/** Of the course's table; and with hidden layers so many that twelve seeds of twelve are right in 0.94 to 0.97 of the test. */
const STEPS_OF_DIGITS = { affine: 501, hidden: 1001 };
export const DIGITS_SPLIT: Split = { testSize: 0.25, seed: 123 };
/** The view holds all points, and some room around them. */
const MARGIN = 1.2;

/**
 * The patch of a state in which its network begins to learn from data. A drawn network gets the inputs and outputs that the data
 * need; one whose weights are given must have them.
 * @param hidden widths of the hidden layers of a new network; null for the state's network
 */
export function beginTraining(
  state: State,
  spec: DataSpec,
  set: DataSet,
  hidden: readonly number[] | null = null,
): object {
  const isClasses = set.task === 'classification';
  const isDigits = spec.kind === 'digits';
  const network = hidden ? { ...DEFAULT_DRAWN, widths: [1, ...hidden, 1] } : state.field.network;
  const recipe = {
    data: spec,
    loss: isClasses ? 'crossEntropy' : 'meanSquaredError',
    ...(isDigits ? planOfDigits(network, set) : planFor(network, set)),
  };
  const readout = isClasses ? { kind: 'class' } : { kind: 'output', index: 0 };
  const { slice, ...view } = lookAtData(set);
  return {
    run: { recipe, step: 0 },
    field: { slice, readout },
    quantity: 'value',
    shade: isClasses,
    boundaries: isClasses,
    learnt: set.grays !== undefined,
    // Those of a whole layer would hide the classes.
    ...(isDigits ? { hinges: false } : {}),
    projection: { kind: 'plane' },
    view,
  };
}

function planFor(network: NetworkSource, set: DataSet): object {
  const optimizer = { kind: 'adam', learningRate: RATE };
  return { network: networkFor(network, set), optimizer, steps: STEPS };
}

function planOfDigits(network: NetworkSource, set: DataSet): object {
  const steps = STEPS_OF_DIGITS[shapeOf(network).hidden.length > 0 ? 'hidden' : 'affine'];
  return { network: networkOfDigits(network, set), optimizer: OF_DIGITS, steps };
}

function networkFor(network: NetworkSource, set: DataSet): object {
  if (network.kind === 'explicit' || network.kind === 'model') return network;
  const { hidden } = shapeOf(network);
  const activation = activationsOf(network);
  const drawn = network.kind === 'drawn' ? network : DEFAULT_DRAWN;
  return {
    ...drawn,
    outputBias: null,
    widths: [set.inputs, ...(hidden.length > 0 ? hidden : FIRST_HIDDEN), set.outputs],
    activation: hidden.length > 0 ? activation : 'relu',
  };
}

/** Without hidden layers it starts from zeros, as logistic regression does, else from Xavier's uniform weights. */
function networkOfDigits(network: NetworkSource, set: DataSet): object {
  if (network.kind === 'explicit' || network.kind === 'model') return network;
  const { hidden } = shapeOf(network);
  const initialization = hidden.length === 0 ? 'zeros' : 'xavierUniform';
  return {
    ...networkFor(network, set),
    widths: [set.inputs, ...hidden, set.outputs],
    initialization,
  };
}

/** The points of two inputs, or the plane of their main directions; that of the first two inputs if the points span none. */
export function lookAtData({ inputs, train: { count, x } }: DataSet): FirstLook {
  if (inputs > 2) {
    try {
      const look = lookAtPoints({ rows: count, columns: inputs, values: x });
      return { ...look, halfWidth: round(look.halfWidth) };
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
    }
  }
  const sides = [0, 1].map((axis) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = axis % inputs; i < x.length; i += inputs) {
      least = Math.min(least, x[i]!);
      most = Math.max(most, x[i]!);
    }
    return { middle: Number(((least + most) / 2).toPrecision(2)), half: (most - least) / 2 };
  });
  const halfWidth = round(Math.max(...sides.map(({ half }) => half)));
  return { slice: null, center: [sides[0]!.middle, inputs > 1 ? sides[1]!.middle : 0], halfWidth };
}

/** To two digits. A single point has a view, too. */
function round(reach: number): number {
  return Number((MARGIN * reach).toPrecision(2)) || 1;
}
