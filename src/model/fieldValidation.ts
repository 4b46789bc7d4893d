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
import {
  type Activation,
  type DrawnLogits,
  FIELD_KINDS,
  type Field,
  type FieldKind,
  LAMBDA_MAX,
  LAMBDA_MIN,
  type Logits,
  type LogitsSource,
  MAX_HIDDEN_LAYERS,
  MAX_LOGITS,
  MAX_WIDTH,
  type MlpField,
  QUANTITIES,
  type Quantity,
} from './field.ts';
import { logitCount } from './logits.ts';
import { PRESETS } from './network.ts';

const ACTIVATIONS: readonly Activation[] = ['relu', 'abs'];
const DRAWN_LOGITS_KEYS: readonly (keyof DrawnLogits)[] = ['count', 'seed'];
const LOGITS_KEYS: readonly (keyof Logits)[] = ['weight', 'bias'];

/** For each kind the field that has every parameter at its default. Frozen. */
export const DEFAULT_FIELDS: { readonly [K in FieldKind]: Field & { readonly kind: K } } =
  deepFreeze({
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
 * Turns unchecked JSON into a field. Missing parameters get the defaults of the kind;
 * explicit weights and biases are rounded to float32.
 *
 * @param path the input's name in messages.
 * @returns a field that shares nothing with the input.
 * @throws InvalidInputError that names the wrong part, what was received and what is expected.
 */
export function validateField(input: unknown, path = 'field'): Field {
  const given = readObject(input, path, 'an object {kind, …}');
  const kind = readOneOf(given.kind, `${path}.kind`, FIELD_KINDS);
  const defaults = DEFAULT_FIELDS[kind];
  rejectUnknownKeys(given, Object.keys(defaults), path, kind);
  const parameters: PlainObject = { ...defaults, ...given };
  switch (kind) {
    case 'lse':
    case 'gap':
      return { kind, lambda: readLambda(parameters, path), logits: readLogits(parameters, path) };
    case 'max':
      return { kind, logits: readLogits(parameters, path) };
    case 'softmax': {
      const lambda = readLambda(parameters, path);
      return { kind, lambda, ...readComponentAndLogits(parameters, path) };
    }
    case 'argmax':
      return { kind, ...readComponentAndLogits(parameters, path) };
    case 'sigmoid':
    case 'tanh': {
      const weight = readPair(parameters.weight, `${path}.weight`, readFloat32);
      return { kind, weight, bias: readFloat32(parameters.bias, `${path}.bias`) };
    }
    case 'mlp':
      return {
        kind,
        widths: readWidths(parameters.widths, `${path}.widths`),
        activation: readOneOf(parameters.activation, `${path}.activation`, ACTIVATIONS),
        seed: readSeed(parameters.seed, `${path}.seed`),
        outputBias: readOutputBias(parameters.outputBias, `${path}.outputBias`),
      };
  }
}

/** The field, if it is a network. @throws InvalidInputError */
export function requireNetwork(field: Field): MlpField {
  if (field.kind !== 'mlp') throw new InvalidInputError('field.kind', field.kind, "'mlp'");
  return field;
}

/** @throws InvalidInputError if the input is not one of QUANTITIES. */
export function validateQuantity(input: unknown, path = 'quantity'): Quantity {
  return readOneOf(input, path, QUANTITIES);
}

function readLambda({ lambda }: PlainObject, path: string): number {
  return readNumber(lambda, `${path}.lambda`, LAMBDA_MIN, LAMBDA_MAX);
}

function readComponentAndLogits(
  parameters: PlainObject,
  path: string,
): { component: number; logits: LogitsSource } {
  const logits = readLogits(parameters, path);
  const last = logitCount(logits) - 1;
  return { component: readInteger(parameters.component, `${path}.component`, 0, last), logits };
}

function readLogits(parameters: PlainObject, fieldPath: string): LogitsSource {
  const path = `${fieldPath}.logits`;
  if (parameters.logits === null) return null;
  const forms = 'null, {count, seed} or {weight, bias}';
  const given = readObject(parameters.logits, path, forms);
  if ('count' in given || 'seed' in given) {
    rejectUnknownKeys(given, DRAWN_LOGITS_KEYS, path, 'a random set of logits');
    const count = readInteger(given.count, `${path}.count`, 2, MAX_LOGITS);
    return { count, seed: 'seed' in given ? readSeed(given.seed, `${path}.seed`) : 0 };
  }
  rejectUnknownKeys(given, LOGITS_KEYS, path, 'an explicit set of logits');
  if (!('weight' in given)) throw new InvalidInputError(path, parameters.logits, forms);
  return readExplicitLogits(given, path);
}

function readExplicitLogits(given: PlainObject, path: string): Logits {
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
  return sizes.map((size, i) => {
    const sizePath = `${path}[${i}]`;
    if (i === 0) return readInteger(size, sizePath, 2, 2);
    if (i === sizes.length - 1) return readInteger(size, sizePath, 1, 1);
    return readInteger(size, sizePath, 1, MAX_WIDTH);
  });
}

function readOutputBias(input: unknown, path: string): number | null {
  return input === null ? null : readFloat32(input, path);
}
