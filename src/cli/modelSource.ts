import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { InvalidInputError } from '../input/invalidInput.ts';
import { parseNumber } from '../input/parseNumber.ts';
import { firstField } from '../model/firstField.ts';
import { type FirstLook, firstLook, lookAtInputs, lookAtSlice } from '../model/firstLook.ts';
import { listModel, type Model } from '../model/models.ts';
import { DEFAULT_READOUTS, READOUT_KINDS, type Readout } from '../model/readouts.ts';
import { validateSlice } from '../model/slice.ts';
import { withInput } from '../model/slices.ts';
import { ModelFileError } from '../models/modelFile.ts';
import { readModel } from '../models/readModel.ts';
import type { NamedFile } from '../models/readModelFile.ts';
import { wrong } from './arguments.ts';
import { beginsJson, parseJson } from './json.ts';
import { reading, UsageError } from './usageError.ts';

/** What a command says of a network in a file. */
export interface ModelArguments {
  /** Files with its data. */
  readonly data: readonly string[];
  /** null for the plane of its two most telling inputs. */
  readonly slice: string | null;
  /** null for the file's own ending, or its first output. */
  readonly readout: string | null;
  /** JSON of a part of a state, in which the network is shown; null for the default one. */
  readonly state: string | null;
}

export const NO_MODEL_ARGUMENTS: ModelArguments = {
  data: [],
  slice: null,
  readout: null,
  state: null,
};

const SLICE_HELP =
  'two inputs that vary, then values of others, e.g. 1,2;3=0.5, or JSON {origin, axis1, axis2}';

/**
 * The network of a file, and of files with its data.
 * @throws UsageError if a file cannot be read, or is no network that can be shown
 */
export function openModel(paths: readonly string[]): { model: Model; files: NamedFile[] } {
  const files = paths.map((path) => ({ name: basename(path), bytes: readBytes(path) }));
  try {
    const model = reading(files[0]!.name, () => readModel(files));
    listModel(model);
    return { model, files };
  } catch (error) {
    if (error instanceof ModelFileError) throw new UsageError(error.message);
    throw error;
  }
}

/** The state in which a command begins with a model. @throws UsageError */
export function stateOfModel(
  model: Model,
  { slice, readout }: Pick<ModelArguments, 'slice' | 'readout'>,
): object {
  const first = firstField(model);
  const look = readLook(slice, model);
  return {
    field: {
      ...first.field,
      slice: look.slice,
      ...(readout === null ? {} : { readout: readReadout(readout, model) }),
    },
    view: { center: look.center, halfWidth: look.halfWidth },
  };
}

/** A part of a state, itself or in a file, which is checked later. @throws UsageError */
export function readPatch(text: string | null): unknown {
  if (text === null) return {};
  const patch = readJson(text, '--state');
  if (patch === null) throw wrong('--state', text, 'JSON of a part of a state, or a file with it');
  return patch;
}

/**
 * A slice as the command line has it: SLICE_HELP, or a file with such JSON. Inputs are named as in the file, or counted from 1;
 * values are in the file's units. Inputs without a value stay in the middle of their range.
 * @throws UsageError
 */
export function readLook(text: string | null, { network, facts }: Model): FirstLook {
  const ranges = facts.inputs.map(({ range }) => range);
  if (text === null) return firstLook(network, ranges);
  return reading('--slice', () => {
    const json = readJson(text, 'slice');
    if (json !== null) {
      return lookAtSlice(network, validateSlice(json, 'slice', facts.inputs.length));
    }
    const [vary, ...fixed] = text.split(';');
    const [i, j] = readVarying(vary!, facts);
    const look = lookAtInputs(network, ranges, i, j);
    // Those that have their place already.
    const taken = [i, j];
    return fixed
      .filter((part) => part.trim() !== '')
      .reduce((seen, part) => withFixed(seen, part, taken, facts), look);
  });
}

/** A readout as JSON, or its kind; after a colon an output's name, or its number from 1. @throws UsageError */
export function readReadout(text: string, { network, facts }: Model): object {
  if (beginsJson(text)) return parseJson(text, '--readout') as object;
  const [kind, which, ...rest] = text.split(':');
  const found = READOUT_KINDS.find((one) => one === kind && one !== 'neuron');
  const expected = `JSON, or one of ${READOUT_KINDS.filter((one) => one !== 'neuron').join(', ')}, with an output after a colon where one is read, e.g. softmax:2`;
  if (found === undefined || rest.length > 0) throw wrong('--readout', text, expected);
  const readout: Readout = DEFAULT_READOUTS[found];
  if (which === undefined) return readout;
  if (!('index' in readout)) throw wrong('--readout', text, `${found} alone: it reads all outputs`);
  const { outputs } = network.layers.at(-1)!;
  const names = facts.outputNames ?? [];
  return { ...readout, index: find(which, outputs, names, '--readout', 'output') };
}

type Facts = Model['facts'];

function readVarying(text: string, { inputs }: Facts): readonly [number, number] {
  const names = inputs.map(({ name }) => name ?? '');
  const found = text.split(',').map((part) => find(part, inputs.length, names, 'slice', 'input'));
  if (inputs.length === 1 && found.length === 1) return [0, 0];
  if (found.length !== 2 || found[0] === found[1]) {
    throw new InvalidInputError('slice', text, SLICE_HELP);
  }
  return [found[0]!, found[1]!];
}

function withFixed(look: FirstLook, part: string, taken: number[], { inputs }: Facts): FirstLook {
  const [name, value, ...rest] = part.split('=');
  const number = parseNumber(value ?? '');
  if (rest.length > 0 || !Number.isFinite(number)) {
    throw new InvalidInputError('slice', part, 'INPUT=VALUE, e.g. 3=0.5');
  }
  const names = inputs.map((input) => input.name ?? '');
  const index = find(name!, inputs.length, names, 'slice', 'input');
  if (taken.includes(index) || look.slice === null) {
    throw new InvalidInputError('slice', part, 'an input that neither varies nor has a value');
  }
  taken.push(index);
  const { mean, scale } = inputs[index]!.unit ?? { mean: 0, scale: 1 };
  return { ...look, slice: withInput(look.slice, index, (number - mean) / scale) };
}

/** The position of what is called so, in any case of letters, or has this number, counted from 1. */
function find(
  text: string,
  count: number,
  names: readonly string[],
  path: string,
  what: string,
): number {
  const wanted = text.trim();
  const named = names.findIndex((name) => name.toLowerCase() === wanted.toLowerCase());
  if (wanted !== '' && named >= 0) return named;
  const number = Number(/^x?(\d+)$/.exec(wanted)?.[1]);
  if (number >= 1 && number <= count) return number - 1;
  const known = names.filter((name) => name !== '').slice(0, 10);
  const or = known.length > 0 ? `, or a name: ${known.join(', ')}` : '';
  throw new InvalidInputError(path, wanted, `an ${what} from 1 to ${count}${or}`);
}

/** JSON that is given itself or in a file; null for other text. */
function readJson(text: string, what: string): unknown {
  if (beginsJson(text)) return parseJson(text, what);
  if (!statSync(text, { throwIfNoEntry: false })?.isFile()) return null;
  return parseJson(readFileSync(text, 'utf8'), text);
}

function readBytes(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError(`${basename(path)} cannot be read: ${(error as Error).message}`);
  }
}
