import { InvalidInputError } from '../input/invalidInput.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import { DEFAULT_DRAWN } from '../model/fieldValidation.ts';
import { DEFAULT_READOUTS } from '../model/readouts.ts';
import { validateSlice } from '../model/slice.ts';
import { dataForm } from './dataForm.ts';
import { DEFAULT_STATE } from './defaults.ts';
import { modelForm, shownModel } from './modelForm.ts';
import { plainForm } from './plainForm.ts';
import { sliceForm } from './sliceForm.ts';
import type { State } from './state.ts';
import {
  activationForm,
  autoForm,
  flagForm,
  layersForm,
  listForm,
  normForm,
  nullableForm,
  numberForm,
  projectionForm,
  rangeForm,
  readLogits,
  selectionForm,
  type UrlForm,
  wordForm,
} from './urlValues.ts';
import { validateState } from './validate.ts';
import { writtenRun } from './writtenRun.ts';

const VERSION = '2';
/** Of links in which a field is a shorthand (model/shorthand.ts). */
const SHORTHAND_VERSION = '1';
/** Explicit networks of some thousand weights and slices of all inputs fit; anything longer is not a link of this page. */
export const TEXT_MAX = 262_144;

/** The pair with which a link begins, and those of older links that are read. */
export const VERSION_PAIR = `v=${VERSION}`;
const VERSION_PAIRS = [VERSION_PAIR, `v=${SHORTHAND_VERSION}`];

/** The version of a link by its first pair; null if there is none that is known. */
export function versionPairOf(head: string): string | null {
  const [first] = head.split('&');
  return VERSION_PAIRS.find((pair) => pair === first) ?? null;
}

/** The place of a URL key in the state: names, and positions in arrays. */
type Path = readonly (string | number)[];

interface Property {
  readonly key: string;
  readonly path: Path;
  readonly form: UrlForm;
  /** What is written, if that is not what the state has at the path; undefined if there is nothing. */
  readonly written?: (state: State) => unknown;
}

/** One row per key: its name in the URL, its place in the state, its spelling. Written in this order. */
const FIELD_PROPERTIES: readonly Property[] = [
  { key: 'network', path: ['field', 'network', 'kind'], form: wordForm },
  { key: 'widths', path: ['field', 'network', 'widths'], form: listForm('-') },
  { key: 'activation', path: ['field', 'network', 'activation'], form: activationForm },
  { key: 'seed', path: ['field', 'network', 'seed'], form: numberForm },
  {
    key: 'outputBias',
    path: ['field', 'network', 'outputBias'],
    form: nullableForm('drawn', numberForm),
  },
  { key: 'layers', path: ['field', 'network', 'layers'], form: layersForm },
  { key: 'model', path: ['field', 'network', 'id'], form: modelForm, written: shownModel },
  { key: 'slice', path: ['field', 'slice'], form: nullableForm('none', sliceForm) },
  { key: 'readout', path: ['field', 'readout', 'kind'], form: wordForm },
  { key: 'layer', path: ['field', 'readout', 'layer'], form: numberForm },
  { key: 'index', path: ['field', 'readout', 'index'], form: numberForm },
  { key: 'stage', path: ['field', 'readout', 'stage'], form: wordForm },
  { key: 'lambda', path: ['field', 'readout', 'lambda'], form: numberForm },
  { key: 'wins', path: ['field', 'readout', 'wins'], form: wordForm },
];

/** The same of a shorthand, which is only read. */
const SHORTHAND_PROPERTIES: readonly Property[] = [
  { key: 'field', path: ['field', 'kind'], form: wordForm },
  { key: 'widths', path: ['field', 'widths'], form: listForm('-') },
  { key: 'activation', path: ['field', 'activation'], form: wordForm },
  { key: 'seed', path: ['field', 'seed'], form: numberForm },
  { key: 'outputBias', path: ['field', 'outputBias'], form: nullableForm('drawn', numberForm) },
  { key: 'lambda', path: ['field', 'lambda'], form: numberForm },
  { key: 'component', path: ['field', 'component'], form: numberForm },
  {
    key: 'logits',
    path: ['field', 'logits'],
    form: nullableForm('identity', { write: String, read: readLogits }),
  },
  { key: 'weight', path: ['field', 'weight'], form: listForm(',') },
  { key: 'bias', path: ['field', 'bias'], form: numberForm },
];

const COMMON_PROPERTIES: readonly Property[] = [
  { key: 'x', path: ['view', 'center', 0], form: numberForm },
  { key: 'y', path: ['view', 'center', 1], form: numberForm },
  { key: 'dx', path: ['view', 'centerLow', 0], form: numberForm },
  { key: 'dy', path: ['view', 'centerLow', 1], form: numberForm },
  { key: 'half', path: ['view', 'halfWidth'], form: numberForm },
  { key: 'projection', path: ['projection'], form: projectionForm },
  { key: 'frame', path: ['frame'], form: wordForm },
  { key: 'grid', path: ['gridSamples'], form: numberForm },
  { key: 'quantity', path: ['quantity'], form: wordForm },
  { key: 'map', path: ['colormap'], form: wordForm },
  { key: 'range', path: ['range'], form: rangeForm },
  { key: 'norm', path: ['norm'], form: normForm },
  { key: 'filled', path: ['contours', 'filled'], form: flagForm },
  { key: 'lines', path: ['contours', 'lines'], form: flagForm },
  { key: 'levels', path: ['contours', 'count'], form: numberForm },
  { key: 'hinges', path: ['hinges'], form: flagForm },
  { key: 'boundaries', path: ['boundaries'], form: flagForm },
  { key: 'shade', path: ['shade'], form: flagForm },
  { key: 'edges', path: ['edges'], form: flagForm },
  { key: 'selected', path: ['selection'], form: nullableForm('none', selectionForm) },
  { key: 'data', path: ['data'], form: nullableForm('none', dataForm) },
  { key: 'dataPoints', path: ['dataPoints'], form: flagForm },
  // Only read: the exercise's points are a data set now.
  { key: 'points', path: ['points'], form: wordForm },
  { key: 'run', path: ['run'], form: nullableForm('none', plainForm), written: writtenRun },
  { key: 'image', path: ['image'], form: wordForm },
  { key: 'diagram', path: ['diagram'], form: flagForm },
  { key: 'learnt', path: ['learnt'], form: flagForm },
  { key: 'supersampling', path: ['supersampling'], form: autoForm(numberForm) },
];

const PROPERTIES = [...FIELD_PROPERTIES, ...COMMON_PROPERTIES];
const NETWORK_KEYS: ReadonlySet<string> = new Set(
  FIELD_PROPERTIES.filter(({ path }) => path[1] === 'network').map(({ key }) => key),
);
const ALWAYS_WRITTEN: ReadonlySet<string> = new Set([
  ...['network', 'layers', 'model'],
  ...['x', 'y', 'half'],
]);

/** How a version of links spells a state, and what it leaves out. */
interface Spelling {
  readonly properties: readonly Property[];
  readonly keys: readonly string[];
  /** A new one: what a text says is written into it. */
  readonly field: () => object;
}

function spellingOf(properties: readonly Property[], field: Spelling['field']): Spelling {
  const all = [...properties, ...COMMON_PROPERTIES];
  return { properties: all, keys: ['v', ...all.map(({ key }) => key)], field };
}

const SPELLINGS: Readonly<Record<string, Spelling>> = {
  [VERSION]: spellingOf(FIELD_PROPERTIES, () => ({
    network: { kind: DEFAULT_DRAWN.kind },
    readout: { kind: DEFAULT_READOUTS.output.kind },
  })),
  [SHORTHAND_VERSION]: spellingOf(SHORTHAND_PROPERTIES, () => ({ kind: 'mlp' })),
};

/**
 * The state as the text of a URL's fragment, without '#': the version, the network's kind, the view,
 * and whatever differs from the defaults. `decodeState` is its inverse.
 */
export function encodeState(state: State): string {
  const defaults: State = { ...DEFAULT_STATE, field: defaultsFor(state.field) };
  const pairs = [VERSION_PAIR];
  for (const property of PROPERTIES) {
    const { key, form } = property;
    // The run has it.
    if (state.run !== null && NETWORK_KEYS.has(key)) continue;
    const value = spelledValue(property, state);
    if (value === undefined) continue;
    const text = form.write(value);
    const isDefault =
      key === 'readout'
        ? text === DEFAULT_READOUTS.output.kind
        : text === form.write(spelledValue(property, defaults));
    if (ALWAYS_WRITTEN.has(key) || !isDefault) {
      pairs.push(`${key}=${text}`);
    }
  }
  return pairs.join('&');
}

/** What a link leaves out of a field with this network and kind of readout. */
function defaultsFor({ network, readout }: Field): Field {
  return {
    network: network.kind === 'drawn' ? DEFAULT_DRAWN : network,
    slice: validateSlice(null, 'slice', shapeOf(network).inputs),
    readout: DEFAULT_READOUTS[readout.kind],
  };
}

/**
 * Reads what encodeState wrote, or what a person typed in the same form; a missing key gets its
 * default. Never throws: partly broken text keeps the rest, with a sentence for people that
 * names the ignored keys, what was received and what is expected.
 *
 * @param text with or without its leading '#' or '?'.
 * @param source where the text comes from, as the sentence names it.
 */
export function decodeState(
  text: string,
  source = 'The link',
): { state: State; problem: string | null } {
  const body = text.replace(/^[#?]/, '');
  if (body === '') return { state: DEFAULT_STATE, problem: null };
  if (body.length > TEXT_MAX) {
    const received = `${body.length} characters`;
    const tooLong = new InvalidInputError('length', received, `at most ${TEXT_MAX} characters`);
    return { state: DEFAULT_STATE, problem: describeBroken(source, [tooLong], false) };
  }
  const dropped: InvalidInputError[] = [];
  const spelling = spellingOfText(body);
  const state = readKept(splitPairs(body, spelling, dropped), spelling, dropped);
  return { state, problem: dropped.length > 0 ? describeBroken(source, dropped) : null };
}

/** Beside the first thing left out, of which a sentence says all, so many are named, in so many characters. */
const NAMES_MAX = 3;
const NAME_LENGTH_MAX = 20;
/** Of a key that does not exist, so many others are named. */
const KEYS_MAX = 12;

/** A sentence about what was left out, of which there is something. @param isKept whether there is a rest */
export function describeBroken(
  source: string,
  [first, ...more]: readonly InvalidInputError[],
  isKept = true,
): string {
  const names = more.slice(0, NAMES_MAX).map(({ path, received }) => {
    const name = path === 'key' || path === 'part' ? received : path;
    return name.length > NAME_LENGTH_MAX ? `${name.slice(0, NAME_LENGTH_MAX)}…` : name;
  });
  if (more.length > NAMES_MAX) names.push(`${more.length - NAMES_MAX} more`);
  const others = names.length > 0 ? `; also ${names.join(', ')}` : '';
  return `${source} is broken: ${first!.message}${others}.${isKept ? ' The rest is kept.' : ''}`;
}

/** By the version; a text without one that names a kind of field is a shorthand. */
function spellingOfText(body: string): Spelling {
  const isShort = /(^|&)v=1(&|$)/.test(body) || (!/(^|&)v=/.test(body) && /(^|&)field=/.test(body));
  return SPELLINGS[isShort ? SHORTHAND_VERSION : VERSION]!;
}

/** The pairs that have the form of one, each key once. @param dropped takes what is wrong with others */
function splitPairs(
  body: string,
  spelling: Spelling,
  dropped: InvalidInputError[],
): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const piece of body.split('&')) {
    try {
      const [key, value] = splitPair(piece, spelling);
      if (pairs.has(key)) throw new InvalidInputError(key, piece, 'each key once');
      pairs.set(key, value);
    } catch (error) {
      dropped.push(asInvalidInput(error));
    }
  }
  return pairs;
}

function splitPair(piece: string, { keys }: Spelling): [key: string, value: string] {
  const equals = piece.indexOf('=');
  if (equals < 0) throw new InvalidInputError('part', piece, 'key=value');
  const key = undoEscapes(piece.slice(0, equals), 'key');
  if (!keys.includes(key)) {
    const more = keys.length > KEYS_MAX ? ` and ${keys.length - KEYS_MAX} more` : '';
    throw new InvalidInputError('key', key, `one of ${keys.slice(0, KEYS_MAX).join(', ')}${more}`);
  }
  return [key, undoEscapes(piece.slice(equals + 1), key)];
}

/** Undoes percent-escapes, which mail programs and chats add. */
function undoEscapes(text: string, key: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new InvalidInputError(key, text, 'valid percent-escapes');
  }
}

/** The state of as many of the pairs as make one. @param dropped takes what is wrong with others */
function readKept(
  pairs: Map<string, string>,
  spelling: Spelling,
  dropped: InvalidInputError[],
): State {
  const version = pairs.get('v');
  if (version === undefined || SPELLINGS[version] === undefined) {
    dropped.push(new InvalidInputError('v', version, `the version ${VERSION}`));
  }
  for (;;) {
    try {
      return readState(pairs, spelling);
    } catch (error) {
      const wrong = asInvalidInput(error);
      const key = findKey(wrong.path, spelling);
      dropped.push(wrong.at(key));
      if (!pairs.delete(key)) return DEFAULT_STATE;
    }
  }
}

function readState(pairs: ReadonlyMap<string, string>, { properties, field }: Spelling): State {
  const draft: Record<string, unknown> = {
    field: field(),
    view: { ...DEFAULT_STATE.view, center: [0, 0], centerLow: [0, 0] },
  };
  for (const { key, path, form } of properties) {
    const text = pairs.get(key);
    if (text !== undefined) setAt(draft, path, form.read(text, key));
  }
  return validateState(draft);
}

/** @throws any other error */
function asInvalidInput(error: unknown): InvalidInputError {
  if (error instanceof InvalidInputError) return error;
  throw error;
}

/** The key of the URL that an error of validation is about. */
function findKey(errorPath: string, { keys, properties }: Spelling): string {
  if (keys.includes(errorPath)) return errorPath;
  const property = properties.find(({ path }) => errorPath.startsWith(printPath(path)));
  return property?.key ?? errorPath;
}

/** In the spelling of validation, e.g. view.center[0]. */
function printPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

function spelledValue({ path, written }: Property, state: State): unknown {
  return written ? written(state) : getAt(state, path);
}

function getAt(state: State, path: Path): unknown {
  return path.reduce<unknown>(
    (part, step) => (part as Record<string | number, unknown>)[step],
    state,
  );
}

/** Sets a value in the draft, and creates the objects on the way to it. The path comes from the table. */
function setAt(draft: Record<string | number, unknown>, path: Path, value: unknown): void {
  let part = draft;
  for (const step of path.slice(0, -1)) {
    part[step] ??= {};
    part = part[step] as Record<string | number, unknown>;
  }
  part[path.at(-1)!] = value;
}
