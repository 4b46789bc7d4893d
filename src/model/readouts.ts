import { InvalidInputError } from '../input/invalidInput.ts';
import {
  type PlainObject,
  readInteger,
  readNumber,
  readObject,
  readOneOf,
  rejectUnknownKeys,
} from '../input/plainJson.ts';

/** A readout turns the outputs z of a network into the number that is shown. Each kind is one entry of READOUTS. */

/** Which output wins: the greatest or the least; of several equal ones the first, like np.argmax and np.argmin. */
export type Wins = 'greatest' | 'least';

export type Readout =
  /** z_index. */
  | { readonly kind: 'output'; readonly index: number }
  /** max_k z_k. */
  | { readonly kind: 'max' }
  /** (1/λ) log Σ_k exp(λ z_k). */
  | { readonly kind: 'lse'; readonly lambda: number }
  /** lse − max. */
  | { readonly kind: 'gap'; readonly lambda: number }
  /** softmax(λ z)_index. */
  | { readonly kind: 'softmax'; readonly index: number; readonly lambda: number }
  /** 1 where z_index wins, else 0. */
  | { readonly kind: 'argmax'; readonly index: number; readonly wins: Wins }
  /** The index of the output that wins, 0 … K − 1. */
  | { readonly kind: 'class'; readonly wins: Wins }
  /** How far the winner is ahead of the second, at least 0; 0 if there is no second. */
  | { readonly kind: 'margin'; readonly wins: Wins }
  /** sigmoid(z_index), tanh(z_index). */
  | { readonly kind: 'sigmoid' | 'tanh'; readonly index: number }
  /** A hidden neuron: layer 0 … (hidden layers − 1), before or after its activation. */
  | {
      readonly kind: 'neuron';
      readonly layer: number;
      readonly index: number;
      readonly stage: 'preactivation' | 'activation';
    };

export type ReadoutKind = Readout['kind'];

export const LAMBDA_MIN = 1e-3;
export const LAMBDA_MAX = 1e6;

export interface ReadoutTraits {
  readonly label: string;
  /** Whether it reads one output, or one neuron, and no other. */
  readonly ofOne: boolean;
  /** Whether its value is the number of an output or 0 and 1, so that it changes by jumps only. */
  readonly isIndex: boolean;
  /** Whether adding a number to all outputs changes nothing. */
  readonly ofDifferences: boolean;
  /** Whether it is affine wherever the outputs are and the same one wins. */
  readonly isPiecewiseLinear: boolean;
  /** Bounds of the value that are known without evaluating it, for K outputs; ±Infinity if none are. */
  bounds(readout: Readout, outputs: number): { readonly min: number; readonly max: number };
}

const unbounded = () => ({ min: -Infinity, max: Infinity });
const share = () => ({ min: 0, max: 1 });

/** Every readout, in the order in which a menu lists them. */
export const READOUTS: { readonly [K in ReadoutKind]: ReadoutTraits } = {
  output: {
    label: 'output',
    ofOne: true,
    isIndex: false,
    ofDifferences: false,
    isPiecewiseLinear: true,
    bounds: unbounded,
  },
  max: {
    label: 'maximum (λ → ∞)',
    ofOne: false,
    isIndex: false,
    ofDifferences: false,
    isPiecewiseLinear: true,
    bounds: unbounded,
  },
  lse: {
    label: 'log-sum-exp',
    ofOne: false,
    isIndex: false,
    ofDifferences: false,
    isPiecewiseLinear: false,
    bounds: unbounded,
  },
  gap: {
    label: 'gap: lse − max',
    ofOne: false,
    isIndex: false,
    ofDifferences: true,
    isPiecewiseLinear: false,
    bounds: (readout, outputs) => ({
      min: 0,
      max: Math.log(outputs) / (readout as { readonly lambda: number }).lambda,
    }),
  },
  softmax: {
    label: 'softmax',
    ofOne: false,
    isIndex: false,
    ofDifferences: true,
    isPiecewiseLinear: false,
    bounds: share,
  },
  argmax: {
    label: 'argmax (one-hot)',
    ofOne: false,
    isIndex: true,
    ofDifferences: true,
    isPiecewiseLinear: true,
    bounds: share,
  },
  class: {
    label: 'class that wins',
    ofOne: false,
    isIndex: true,
    ofDifferences: true,
    isPiecewiseLinear: true,
    bounds: (_, outputs) => ({ min: 0, max: outputs - 1 }),
  },
  margin: {
    label: 'margin of the winner',
    ofOne: false,
    isIndex: false,
    ofDifferences: true,
    isPiecewiseLinear: true,
    bounds: () => ({ min: 0, max: Infinity }),
  },
  sigmoid: {
    label: 'sigmoid',
    ofOne: true,
    isIndex: false,
    ofDifferences: false,
    isPiecewiseLinear: false,
    bounds: share,
  },
  tanh: {
    label: 'tanh',
    ofOne: true,
    isIndex: false,
    ofDifferences: false,
    isPiecewiseLinear: false,
    bounds: () => ({ min: -1, max: 1 }),
  },
  neuron: {
    label: 'hidden neuron',
    ofOne: true,
    isIndex: false,
    ofDifferences: false,
    isPiecewiseLinear: true,
    bounds: unbounded,
  },
};

export const READOUT_KINDS = Object.keys(READOUTS) as readonly ReadoutKind[];

export const WINS: readonly Wins[] = ['greatest', 'least'];

/** Which output wins in a readout: the greatest, unless it says otherwise. */
export function winsOf(readout: Readout): Wins {
  return 'wins' in readout ? readout.wins : 'greatest';
}

const STAGES = ['preactivation', 'activation'] as const;

/** What a readout of a kind is if nothing else is given. */
export const DEFAULT_READOUTS: { readonly [K in ReadoutKind]: Readout & { readonly kind: K } } = {
  output: { kind: 'output', index: 0 },
  max: { kind: 'max' },
  lse: { kind: 'lse', lambda: 1 },
  gap: { kind: 'gap', lambda: 1 },
  softmax: { kind: 'softmax', index: 0, lambda: 1 },
  argmax: { kind: 'argmax', index: 0, wins: 'greatest' },
  class: { kind: 'class', wins: 'greatest' },
  margin: { kind: 'margin', wins: 'greatest' },
  sigmoid: { kind: 'sigmoid', index: 0 },
  tanh: { kind: 'tanh', index: 0 },
  neuron: { kind: 'neuron', layer: 0, index: 0, stage: 'activation' },
};

/**
 * @param hidden widths of the hidden layers
 * @param outputs K
 * @throws InvalidInputError that names the wrong part, e.g. an index beyond K − 1.
 */
export function validateReadout(
  input: unknown,
  path: string,
  hidden: readonly number[],
  outputs: number,
): Readout {
  const given = readObject(input, path, 'an object {kind, …}');
  const kind = readOneOf(given.kind, `${path}.kind`, READOUT_KINDS);
  if (kind === 'neuron' && hidden.length === 0) {
    throw new InvalidInputError(`${path}.kind`, kind, 'another readout: there is no hidden layer');
  }
  const defaults: PlainObject = DEFAULT_READOUTS[kind];
  rejectUnknownKeys(given, Object.keys(defaults), path, kind);
  const all: PlainObject = { ...defaults, ...given };
  const read: Record<string, () => unknown> = {
    kind: () => kind,
    lambda: () => readNumber(all.lambda, `${path}.lambda`, LAMBDA_MIN, LAMBDA_MAX),
    wins: () => readOneOf(all.wins as string, `${path}.wins`, WINS),
    stage: () => readOneOf(all.stage as string, `${path}.stage`, STAGES),
    layer: () => readInteger(all.layer, `${path}.layer`, 0, hidden.length - 1),
    index: () => {
      const count = kind === 'neuron' ? hidden[all.layer as number] : outputs;
      return readInteger(all.index, `${path}.index`, 0, (count ?? 1) - 1);
    },
  };
  // In the order of the defaults, so that a layer is checked before the index within it.
  return Object.fromEntries(Object.keys(defaults).map((key) => [key, read[key]!()])) as Readout;
}
