import { InvalidInputError } from '../input/invalidInput.ts';
import {
  deepFreeze,
  type PlainObject,
  readArray,
  readFloat32,
  readInteger,
  readNumber,
  readObject,
  readOneOf,
  readPair,
  readSeed,
  rejectUnknownKeys,
} from '../input/plainJson.ts';
import type { Field, Vec2 } from './field.ts';
import { MAX_HIDDEN_LAYERS, MAX_WIDTH, type NetworkSource } from './networks.ts';
import { PRESETS } from './presets.ts';
import { LAMBDA_MAX, LAMBDA_MIN, type Readout } from './readouts.ts';
import { requireFewWeights } from './weightLimits.ts';

/**
 * The flat spelling of the fields that the first version knew: {kind: 'lse' | 'mlp' | …}. It is read for ever, in links,
 * patches and scripts, as a shorthand of {network, slice, readout}; nothing writes it.
 */
export type Shorthand =
  | { readonly kind: 'lse' | 'gap'; readonly lambda: number; readonly logits: ShortLogits }
  | { readonly kind: 'max'; readonly logits: ShortLogits }
  | {
      readonly kind: 'softmax';
      readonly lambda: number;
      readonly component: number;
      readonly logits: ShortLogits;
    }
  | { readonly kind: 'argmax'; readonly component: number; readonly logits: ShortLogits }
  | { readonly kind: 'sigmoid' | 'tanh'; readonly weight: Vec2; readonly bias: number }
  | {
      readonly kind: 'mlp';
      /** [2, …hidden, 1]; 1–16 hidden layers. */
      readonly widths: readonly number[];
      readonly activation: 'relu' | 'abs';
      readonly seed: number;
      readonly outputBias: number | null;
    };

/** The logits z of the plane: the identity, K affine functions drawn from a seed, or given ones. */
export type ShortLogits =
  | null
  | { readonly count: number; readonly seed: number }
  | { readonly weight: readonly Vec2[]; readonly bias: readonly number[] };

export type ShorthandKind = Shorthand['kind'];

export const SHORTHAND_KINDS: readonly ShorthandKind[] = [
  ...(['lse', 'max', 'gap', 'softmax', 'argmax', 'sigmoid', 'tanh', 'mlp'] as const),
];

export const MAX_LOGITS = 16;
const ACTIVATIONS = ['relu', 'abs'] as const;

/** For each kind the shorthand that has every parameter at its default. Frozen. */
export const DEFAULT_SHORTHANDS: {
  readonly [K in ShorthandKind]: Shorthand & { readonly kind: K };
} = deepFreeze({
  lse: { kind: 'lse', lambda: 1, logits: null },
  max: { kind: 'max', logits: null },
  gap: { kind: 'gap', lambda: 1, logits: null },
  softmax: { kind: 'softmax', lambda: 1, component: 0, logits: null },
  argmax: { kind: 'argmax', component: 0, logits: null },
  sigmoid: { kind: 'sigmoid', weight: [1, -1], bias: 0 },
  tanh: { kind: 'tanh', weight: [1, -1], bias: 0 },
  mlp: { kind: 'mlp', widths: PRESETS.shallow, activation: 'relu', seed: 0, outputBias: null },
});

/**
 * Turns an unchecked shorthand into a field. Missing parameters get the defaults of the kind; explicit weights and biases
 * are rounded to float32.
 *
 * @param path the input's name in messages.
 * @throws InvalidInputError that names the wrong part, what was received and what is expected.
 */
export function readShorthand(input: unknown, path: string): Field {
  return fieldOfShorthand(validateShorthand(input, path));
}

function validateShorthand(input: unknown, path: string): Shorthand {
  const given = readObject(input, path, 'an object {kind, …}');
  const kind = readOneOf(given.kind, `${path}.kind`, SHORTHAND_KINDS);
  const defaults = DEFAULT_SHORTHANDS[kind];
  rejectUnknownKeys(given, Object.keys(defaults), path, kind);
  const parameters: PlainObject = { ...defaults, ...given };
  const lambda = () => readNumber(parameters.lambda, `${path}.lambda`, LAMBDA_MIN, LAMBDA_MAX);
  const component = (logits: ShortLogits) =>
    readInteger(parameters.component, `${path}.component`, 0, logitCount(logits) - 1);
  switch (kind) {
    case 'lse':
    case 'gap':
      return { kind, lambda: lambda(), logits: readLogits(parameters, path) };
    case 'max':
      return { kind, logits: readLogits(parameters, path) };
    case 'softmax': {
      const checked = lambda();
      const logits = readLogits(parameters, path);
      return { kind, lambda: checked, component: component(logits), logits };
    }
    case 'argmax': {
      const logits = readLogits(parameters, path);
      return { kind, component: component(logits), logits };
    }
    case 'sigmoid':
    case 'tanh': {
      const weight = readPair(parameters.weight, `${path}.weight`, readFloat32);
      return { kind, weight, bias: readFloat32(parameters.bias, `${path}.bias`) };
    }
    case 'mlp': {
      const { outputBias } = parameters;
      return {
        kind,
        widths: readWidths(parameters.widths, `${path}.widths`),
        activation: readOneOf(parameters.activation as string, `${path}.activation`, ACTIVATIONS),
        seed: readSeed(parameters.seed, `${path}.seed`),
        outputBias: outputBias === null ? null : readFloat32(outputBias, `${path}.outputBias`),
      };
    }
  }
}

/** The field that a valid shorthand stands for. */
export function fieldOfShorthand(short: Shorthand): Field {
  switch (short.kind) {
    case 'lse':
    case 'gap':
      return fieldOf(short.logits, { kind: short.kind, lambda: short.lambda });
    case 'max':
      return fieldOf(short.logits, { kind: 'max' });
    case 'softmax': {
      const { component: index, lambda, logits } = short;
      return fieldOf(logits, { kind: 'softmax', index, lambda });
    }
    case 'argmax':
      return fieldOf(short.logits, { kind: 'argmax', index: short.component, wins: 'greatest' });
    case 'sigmoid':
    case 'tanh': {
      const { kind, weight, bias } = short;
      return fieldOf({ weight: [weight], bias: [bias] }, { kind, index: 0 });
    }
    case 'mlp': {
      const { kind: _, ...drawn } = short;
      const readout = { kind: 'output', index: 0 } as const;
      return { network: { kind: 'drawn', ...drawn }, slice: null, readout };
    }
  }
}

function fieldOf(logits: ShortLogits, readout: Readout): Field {
  return { network: networkOfLogits(logits), slice: null, readout };
}

function networkOfLogits(logits: ShortLogits): NetworkSource {
  if (logits === null) return { kind: 'identity' };
  if ('count' in logits) {
    const { count, seed } = logits;
    return { kind: 'drawn', widths: [2, count], activation: 'relu', seed, outputBias: null };
  }
  return { kind: 'explicit', layers: [{ ...logits, activation: 'identity' }] };
}

/** The shorthand that stands for a field; null if there is none. */
export function shorthandOf({ network, slice, readout }: Field): Shorthand | null {
  if (slice !== null) return null;
  if (readout.kind === 'output') return shortNetwork(network);
  if (readout.kind === 'sigmoid' || readout.kind === 'tanh') {
    if (network.kind !== 'explicit' || network.layers.length > 1) return null;
    const [{ weight, bias }] = network.layers as [(typeof network.layers)[0]];
    if (bias.length > 1 || weight[0]!.length !== 2) return null;
    return { kind: readout.kind, weight: weight[0] as unknown as Vec2, bias: bias[0]! };
  }
  const logits = shortLogits(network);
  if (logits === undefined) return null;
  switch (readout.kind) {
    case 'lse':
    case 'gap':
    case 'max':
      return { ...readout, logits } as Shorthand;
    case 'softmax':
      return { kind: 'softmax', lambda: readout.lambda, component: readout.index, logits };
    case 'argmax':
      if (readout.wins === 'least') return null;
      return { kind: 'argmax', component: readout.index, logits };
    default:
      return null;
  }
}

function shortNetwork(network: NetworkSource): Shorthand | null {
  if (network.kind !== 'drawn') return null;
  const { widths, activation, seed, outputBias } = network;
  const known = ACTIVATIONS.find((name) => name === activation);
  const isShort = widths[0] === 2 && widths.at(-1) === 1 && widths.length > 2;
  if (!isShort || known === undefined) return null;
  return { kind: 'mlp', widths, activation: known, seed, outputBias };
}

/** undefined if the network is no set of logits of the plane. */
function shortLogits(network: NetworkSource): ShortLogits | undefined {
  if (network.kind === 'identity') return null;
  if (network.kind === 'drawn') {
    const { widths, seed, outputBias } = network;
    const count = widths[1]!;
    const isShort = widths.length === 2 && widths[0] === 2 && count >= 2 && count <= MAX_LOGITS;
    return isShort && outputBias === null ? { count, seed } : undefined;
  }
  if (network.kind === 'model') return undefined;
  const { layers } = network;
  const { weight, bias } = layers[0]!;
  const isShort =
    layers.length === 1 && weight[0]!.length === 2 && bias.length >= 2 && bias.length <= MAX_LOGITS;
  return isShort ? { weight: weight as unknown as readonly Vec2[], bias } : undefined;
}

/** K, the number of logits. */
export function logitCount(logits: ShortLogits): number {
  if (logits === null) return 2;
  return 'count' in logits ? logits.count : logits.bias.length;
}

function readLogits(parameters: PlainObject, fieldPath: string): ShortLogits {
  const path = `${fieldPath}.logits`;
  if (parameters.logits === null) return null;
  const forms = 'null, {count, seed} or {weight, bias}';
  const given = readObject(parameters.logits, path, forms);
  if ('count' in given || 'seed' in given) {
    rejectUnknownKeys(given, ['count', 'seed'], path, 'a random set of logits');
    const count = readInteger(given.count, `${path}.count`, 2, MAX_LOGITS);
    return { count, seed: 'seed' in given ? readSeed(given.seed, `${path}.seed`) : 0 };
  }
  rejectUnknownKeys(given, ['weight', 'bias'], path, 'an explicit set of logits');
  if (!('weight' in given)) throw new InvalidInputError(path, parameters.logits, forms);
  return readExplicitLogits(given, path);
}

function readExplicitLogits(given: PlainObject, path: string): ShortLogits {
  const rows = `2 to ${MAX_LOGITS} rows [w₁, w₂]`;
  const weight = readArray(given.weight, `${path}.weight`, [2, MAX_LOGITS], rows).map((row, k) =>
    readPair(row, `${path}.weight[${k}]`, readFloat32),
  );
  const count = weight.length;
  const oneEach = `${count} numbers, one for each row of the weight`;
  const bias = 'bias' in given ? given.bias : weight.map(() => 0);
  return {
    weight,
    bias: readArray(bias, `${path}.bias`, [count, count], oneEach).map((value, k) =>
      readFloat32(value, `${path}.bias[${k}]`),
    ),
  };
}

function readWidths(input: unknown, path: string): readonly number[] {
  const expected = `[2, …hidden, 1] with 1 to ${MAX_HIDDEN_LAYERS} hidden layers`;
  const sizes = readArray(input, path, [3, MAX_HIDDEN_LAYERS + 2], expected);
  const widths = sizes.map((size, i) => {
    const sizePath = `${path}[${i}]`;
    if (i === 0) return readInteger(size, sizePath, 2, 2);
    if (i === sizes.length - 1) return readInteger(size, sizePath, 1, 1);
    return readInteger(size, sizePath, 1, MAX_WIDTH);
  });
  requireFewWeights(widths, path);
  return widths;
}
