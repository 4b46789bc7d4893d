import type { Activation } from '../../model/activations.ts';
import type { FullNetwork, NetworkLayer } from '../../model/networks.ts';
import { ModelFileError } from '../modelFile.ts';
import type { Budget } from './budget.ts';
import { sizeOf } from './tensor.ts';
import { type Flow, flowOf } from './values.ts';

/** Σ over terms (output, input, weight) of a linear map; a pair may come more than once. */
export type LinearTerms = (visit: (output: number, input: number, weight: number) => void) => void;

/** A linear map that is not in a layer yet; y of the flow are its outputs. */
interface OpenMap {
  readonly outputs: number;
  /** [outputs, width] */
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/**
 * The layers that a chain of operations makes. What works by elements is gathered in the flow and multiplied into the
 * rows of the matrix before it, or the columns of the one after it. Two matrices that follow each other stay two layers,
 * the first with the identity: their product would be rounded, and could be much larger.
 */
export class LayerStack {
  readonly #layers: NetworkLayer[] = [];
  readonly #budget: Budget;
  /** Outputs of the last layer. */
  #width: number;
  #open: OpenMap | null = null;

  constructor(inputs: number, budget: Budget) {
    this.#width = inputs;
    this.#budget = budget;
  }

  /** The flow after a linear map. */
  multiply(flow: Flow, shape: readonly number[], terms: LinearTerms): Flow {
    const before = this.#open ? this.activate(flow, 'identity') : flow;
    const outputs = sizeOf(shape);
    const width = this.#width;
    this.#budget.takeWeights(outputs * (width + 1));
    const weight = new Float64Array(outputs * width);
    const bias = new Float64Array(outputs);
    const { source, scale, shift } = before;
    terms((output, input, factor) => {
      weight[output * width + source[input]!]! += factor * scale[input]!;
      bias[output]! += factor * shift[input]!;
    });
    this.#open = { outputs, weight, bias };
    return flowOf(shape);
  }

  /** The flow after a layer with what came so far and the activation. */
  activate(flow: Flow, activation: Activation): Flow {
    const { weight, bias } = this.#open ? this.#rows(this.#open, flow) : this.#diagonal(flow);
    const [inputs, outputs] = [this.#width, bias.length];
    this.#layers.push({
      inputs,
      outputs,
      weight: shortest(weight),
      bias: shortest(bias),
      activation,
    });
    this.#open = null;
    this.#width = outputs;
    return flowOf(flow.shape);
  }

  /** The network whose outputs are the flow. */
  finish(flow: Flow): FullNetwork {
    this.activate(flow, 'identity');
    return { layers: this.#layers };
  }

  #rows(open: OpenMap, { source, scale, shift }: Flow): Pick<OpenMap, 'weight' | 'bias'> {
    const width = this.#width;
    // Rows that a broadcast repeats.
    this.#budget.takeWeights(Math.max(0, source.length - open.outputs) * (width + 1));
    this.#budget.takeSteps(source.length * width);
    const weight = new Float64Array(source.length * width);
    const bias = new Float64Array(source.length);
    source.forEach((row, i) => {
      for (let j = 0; j < width; j += 1) {
        weight[i * width + j] = open.weight[row * width + j]! * scale[i]!;
      }
      bias[i] = open.bias[row]! * scale[i]! + shift[i]!;
    });
    return { weight, bias };
  }

  #diagonal({ source, scale, shift }: Flow): Pick<OpenMap, 'weight' | 'bias'> {
    const width = this.#width;
    this.#budget.takeWeights(source.length * (width + 1));
    const weight = new Float64Array(source.length * width);
    source.forEach((column, i) => {
      weight[i * width + column] = scale[i]!;
    });
    return { weight, bias: shift.slice() };
  }
}

/** In float32 if that loses nothing. */
function shortest(numbers: Float64Array): Float32Array | Float64Array {
  const rounded = new Float32Array(numbers);
  let isSame = true;
  for (let i = 0; i < numbers.length; i += 1) {
    if (!Number.isFinite(rounded[i]!)) {
      throw new ModelFileError('The weights become larger than float32 numbers can be.');
    }
    isSame &&= rounded[i] === numbers[i];
  }
  return isSame ? rounded : numbers;
}
