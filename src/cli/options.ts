import type { ParseArgsConfig } from 'node:util';
import type { SizeRequest } from '../drawing/pictureSize.ts';
import type { Quantity } from '../model/field.ts';
import { QUANTITIES } from '../model/quantities.ts';
import { GRID_SIDE_MAX } from '../reference/gridRequest.ts';
import { assertNone, missing, parse, readInterval, wrong } from './arguments.ts';
import type { ModelArguments } from './modelSource.ts';
import {
  COMMON,
  type PageOptions,
  pageOptions,
  QUIET,
  readPictureSize,
  SIZE,
} from './pageOptions.ts';
import { parseRegions, type RegionsCommand } from './regionsOptions.ts';
import { parseTrain, type TrainCommand } from './trainOptions.ts';
import { UsageError } from './usageError.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface RenderCommand extends PageOptions, ModelArguments {
  readonly kind: 'render';
  /** A state, the file of a network (see stateSource.ts) or a figure's name. */
  readonly source: string;
  /** null for a name after what is drawn. */
  readonly output: string | null;
  readonly size: SizeRequest;
}

/** All figures, into a directory. */
export interface RenderAllCommand extends PageOptions {
  readonly kind: 'renderAll';
  readonly output: string;
  /** Of each of them. */
  readonly size: SizeRequest;
}

export interface SampleCommand extends PageOptions, ModelArguments {
  readonly kind: 'sample';
  readonly source: string;
  readonly output: string;
  /** null for the square centre ± half-width of the state's view. */
  readonly x: readonly [number, number] | null;
  readonly y: readonly [number, number] | null;
  /** null for as many as the state's grid has. */
  readonly size: Size | null;
  /** null for the state's. */
  readonly quantity: Quantity | null;
}

/** The shape of the network in a file. */
export interface InspectCommand {
  readonly kind: 'inspect';
  /** The model, then files with its data; one at least. */
  readonly paths: readonly string[];
  /** null for the plane of the two most telling inputs. */
  readonly slice: string | null;
}

export type CommandName = 'render' | 'sample' | 'inspect' | 'regions' | 'train' | 'figures';

export type Command =
  | RenderCommand
  | RenderAllCommand
  | SampleCommand
  | InspectCommand
  | RegionsCommand
  | TrainCommand
  | { readonly kind: 'figures' }
  | { readonly kind: 'help'; readonly about: CommandName | null }
  | { readonly kind: 'version' };

const NAMES: readonly CommandName[] = [
  'render',
  'sample',
  'inspect',
  'regions',
  'train',
  'figures',
];
/** The files that are written if none is named. */
const GRID_FILE = 'reluscope.npy';
const FIGURES_DIRECTORY = 'figures';

const INSPECT = {
  ...QUIET,
  slice: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

const MODEL = {
  slice: { type: 'string' },
  readout: { type: 'string' },
  state: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

const RENDER = {
  ...COMMON,
  ...MODEL,
  output: { type: 'string', short: 'o' },
  figure: { type: 'string' },
  ...SIZE,
} as const satisfies ParseArgsConfig['options'];

const SAMPLE = {
  ...COMMON,
  ...MODEL,
  output: { type: 'string', short: 'o' },
  x: { type: 'string' },
  y: { type: 'string' },
  size: { type: 'string' },
  quantity: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

/**
 * Reads a command line.
 *
 * @param args without node and the program.
 * @throws UsageError that says what was received and what is expected.
 */
export function parseCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h')
    return { kind: 'help', about: null };
  if (name === '--version' || name === '-v') return { kind: 'version' };
  if (name === 'help') return { kind: 'help', about: rest.length > 0 ? readName(rest[0]!) : null };
  switch (readName(name)) {
    case 'render':
      return parseRender(rest);
    case 'sample':
      return parseSample(rest);
    case 'inspect':
      return parseInspect(rest);
    case 'regions':
      return parseRegions(rest) ?? { kind: 'help', about: 'regions' };
    case 'train':
      return parseTrain(rest) ?? { kind: 'help', about: 'train' };
    case 'figures':
      return parseFigures(rest);
  }
}

function readName(name: string): CommandName {
  const found = NAMES.find((candidate) => candidate === name);
  if (found) return found;
  const what = name.startsWith('-') ? 'option' : 'command';
  throw new UsageError(
    `received the ${what} '${name}', expected one of ${NAMES.join(', ')}, --help, --version`,
  );
}

function parseRender(args: readonly string[]): Command {
  const { values, positionals } = parse('render', args, RENDER);
  if (values.help) return { kind: 'help', about: 'render' };
  const [source = null, ...data] = positionals;
  const { figure = null } = values;
  if (source !== null && figure !== null) {
    throw new UsageError(
      `render: received '${source}' and --figure ${figure}, expected only one of them`,
    );
  }
  const named = figure ?? source;
  if (named === null) throw missing('render', 'a state or a figure', "'#v=1&field=lse'");
  const common = { ...pageOptions(values), size: readPictureSize('render', values) };
  const options = modelOptions(values);
  if (figure !== null && (options.slice ?? options.readout ?? options.state) !== null) {
    throw new UsageError(
      `render: received --figure ${figure} with --slice, --readout or --state, expected the file of a network`,
    );
  }
  if (figure === 'all') {
    return { kind: 'renderAll', output: values.output ?? FIGURES_DIRECTORY, ...common };
  }
  const output = readOutput(values.output, '.png');
  return { kind: 'render', source: named, data, ...options, output, ...common };
}

function parseSample(args: readonly string[]): Command {
  const { values, positionals } = parse('sample', args, SAMPLE);
  if (values.help) return { kind: 'help', about: 'sample' };
  const [source, ...data] = positionals;
  if (source === undefined) throw missing('sample', 'a state', "'#v=1&field=lse'");
  return {
    kind: 'sample',
    source,
    data,
    ...modelOptions(values),
    output: readOutput(values.output, '.npy') ?? GRID_FILE,
    x: values.x === undefined ? null : readInterval(values.x, '--x'),
    y: values.y === undefined ? null : readInterval(values.y, '--y'),
    size: values.size === undefined ? null : readGridSize(values.size),
    quantity: values.quantity === undefined ? null : readQuantity(values.quantity),
    ...pageOptions(values),
  };
}

function parseInspect(args: readonly string[]): Command {
  const { values, positionals } = parse('inspect', args, INSPECT);
  if (values.help) return { kind: 'help', about: 'inspect' };
  if (positionals.length === 0) throw missing('inspect', 'a file', 'network.onnx');
  return { kind: 'inspect', paths: positionals, slice: values.slice ?? null };
}

function parseFigures(args: readonly string[]): Command {
  const { values, positionals } = parse('figures', args, QUIET);
  if (values.help) return { kind: 'help', about: 'figures' };
  assertNone('figures', positionals);
  return { kind: 'figures' };
}

function modelOptions(values: {
  slice?: string;
  readout?: string;
  state?: string;
}): Omit<ModelArguments, 'data'> {
  const { slice = null, readout = null, state = null } = values;
  return { slice, readout, state };
}

function readOutput(text: string | undefined, ending: '.png' | '.npy'): string | null {
  if (text === undefined) return null;
  if (text.toLowerCase().endsWith(ending)) return text;
  throw wrong('-o', text, `a file whose name ends with ${ending}`);
}

function readGridSize(text: string): Size {
  const [width, height] = (/^(\d+)[x×](\d+)$/.exec(text) ?? []).slice(1).map(Number);
  if (width === undefined || height === undefined || width < 1 || height < 1) {
    throw wrong('--size', text, 'WIDTHxHEIGHT, e.g. 500x500');
  }
  if (width > GRID_SIDE_MAX || height > GRID_SIDE_MAX) {
    throw wrong('--size', text, `sides of at most ${GRID_SIDE_MAX}`);
  }
  return { width, height };
}

function readQuantity(text: string): Quantity {
  const found = QUANTITIES.find((quantity) => quantity === text);
  if (!found) throw wrong('--quantity', text, `one of ${QUANTITIES.join(', ')}`);
  return found;
}
