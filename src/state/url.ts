import { InvalidInputError } from '../input/invalidInput.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import { DEFAULT_DRAWN } from '../model/fieldValidation.ts';
import type { ModelSource } from '../model/networks.ts';
import { DEFAULT_READOUTS } from '../model/readouts.ts';
import { validateSlice } from '../model/slice.ts';
import { asInvalidInput, describeBroken } from './brokenLink.ts';
import { DEFAULT_STATE } from './defaults.ts';
import type { State } from './state.ts';
import {
  type Path,
  type Property,
  SPELLINGS,
  type Spelling,
  spellingOfText,
  VERSION,
  VERSION_PAIR,
} from './urlKeys.ts';
import { validateState } from './validate.ts';

/** As long as an address of Chromium may be. Explicit networks of a hundred thousand weights fit, and some ten thousand points. */
export const LINK_MAX = 2_097_152;

/** Pictures hold more than links: all points that a data set may have. */
export const TEXT_MAX = 67_108_864;

/** Of a key that does not exist, so many others are named. */
const KEYS_MAX = 12;

const WRITTEN = SPELLINGS[VERSION]!.properties;
const NETWORK_KEYS: ReadonlySet<string> = new Set(
  WRITTEN.filter(({ path }) => path[1] === 'network').map(({ key }) => key),
);
const ALWAYS_WRITTEN: ReadonlySet<string> = new Set([
  ...['network', 'layers', 'model'],
  ...['x', 'y', 'half'],
]);

/**
 * The state as the text of a URL's fragment, without '#': the version, the network's kind, the view,
 * and whatever differs from the defaults. `decodeState` is its inverse.
 */
export function encodeState(given: State): string {
  const start = startOfFile(given);
  // A run that begins with the network of a file cannot say its weights, so the link has the network beside it.
  const state = start === null ? given : { ...given, field: { ...given.field, network: start } };
  const defaults: State = { ...DEFAULT_STATE, field: defaultsFor(state.field) };
  const pairs = [VERSION_PAIR];
  for (const property of WRITTEN) {
    const { key, form } = property;
    // The run has it.
    if (state.run !== null && start === null && NETWORK_KEYS.has(key)) continue;
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

/** The network of a file with which a state's run begins; null without one. */
function startOfFile({ run }: State): ModelSource | null {
  const network = run?.recipe.network;
  return network?.kind === 'model' ? network : null;
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

/** Undoes percent-escapes, which mail programs and chats add. @throws InvalidInputError */
export function undoEscapes(text: string, key: string): string {
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
  if (version === undefined || !Object.hasOwn(SPELLINGS, version)) {
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
