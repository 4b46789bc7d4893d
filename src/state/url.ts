import { InvalidInputError } from '../input/invalidInput.ts';
import { DEFAULT_FIELDS } from '../model/fieldValidation.ts';
import { DEFAULT_STATE } from './defaults.ts';
import type { State } from './state.ts';
import {
  autoForm,
  flagForm,
  listForm,
  logitsForm,
  normForm,
  nullableForm,
  numberForm,
  projectionForm,
  rangeForm,
  selectionForm,
  type UrlForm,
  wordForm,
} from './urlValues.ts';
import { validateState } from './validate.ts';

const VERSION = '1';
/** Several times the length of the longest state; anything longer is not a link of this page. */
const TEXT_MAX = 16384;

/** The place of a URL key in the state: names, and positions in arrays. */
type Path = readonly (string | number)[];

/** One row per key: its name in the URL, its place in the state, its spelling. Written in this order. */
const PROPERTIES: readonly { readonly key: string; readonly path: Path; readonly form: UrlForm }[] =
  [
    { key: 'field', path: ['field', 'kind'], form: wordForm },
    { key: 'widths', path: ['field', 'widths'], form: listForm('-') },
    { key: 'activation', path: ['field', 'activation'], form: wordForm },
    { key: 'seed', path: ['field', 'seed'], form: numberForm },
    { key: 'outputBias', path: ['field', 'outputBias'], form: nullableForm('drawn', numberForm) },
    { key: 'lambda', path: ['field', 'lambda'], form: numberForm },
    { key: 'component', path: ['field', 'component'], form: numberForm },
    { key: 'logits', path: ['field', 'logits'], form: nullableForm('identity', logitsForm) },
    { key: 'weight', path: ['field', 'weight'], form: listForm(',') },
    { key: 'bias', path: ['field', 'bias'], form: numberForm },
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
    { key: 'edges', path: ['edges'], form: flagForm },
    { key: 'selected', path: ['selection'], form: nullableForm('none', selectionForm) },
    { key: 'points', path: ['points'], form: wordForm },
    { key: 'supersampling', path: ['supersampling'], form: autoForm(numberForm) },
  ];

const ALWAYS_WRITTEN: ReadonlySet<string> = new Set(['field', 'x', 'y', 'half']);
const KEYS = ['v', ...PROPERTIES.map(({ key }) => key)];

/**
 * The state as the text of a URL's fragment, without '#': the version, the field's kind, the view,
 * and whatever differs from the defaults. `decodeState` is its inverse.
 */
export function encodeState(state: State): string {
  const defaults: State = { ...DEFAULT_STATE, field: DEFAULT_FIELDS[state.field.kind] };
  const pairs = [`v=${VERSION}`];
  for (const { key, path, form } of PROPERTIES) {
    const value = getAt(state, path);
    if (value === undefined) continue;
    const text = form.write(value);
    if (ALWAYS_WRITTEN.has(key) || text !== form.write(getAt(defaults, path))) {
      pairs.push(`${key}=${text}`);
    }
  }
  return pairs.join('&');
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
  const state = readKept(splitPairs(body, dropped), dropped);
  return { state, problem: dropped.length > 0 ? describeBroken(source, dropped) : null };
}

/** Beside the first thing left out, of which a sentence says all, so many are named, in so many characters. */
const NAMES_MAX = 3;
const NAME_LENGTH_MAX = 20;

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

/** The pairs that have the form of one, each key once. @param dropped takes what is wrong with others */
function splitPairs(body: string, dropped: InvalidInputError[]): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const piece of body.split('&')) {
    try {
      const [key, value] = splitPair(piece);
      if (pairs.has(key)) throw new InvalidInputError(key, piece, 'each key once');
      pairs.set(key, value);
    } catch (error) {
      dropped.push(asInvalidInput(error));
    }
  }
  return pairs;
}

function splitPair(piece: string): [key: string, value: string] {
  const equals = piece.indexOf('=');
  if (equals < 0) throw new InvalidInputError('part', piece, 'key=value');
  const key = undoEscapes(piece.slice(0, equals), 'key');
  if (!KEYS.includes(key)) {
    throw new InvalidInputError('key', key, `one of ${KEYS.join(', ')}`);
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
function readKept(pairs: Map<string, string>, dropped: InvalidInputError[]): State {
  if (pairs.get('v') !== VERSION) {
    dropped.push(new InvalidInputError('v', pairs.get('v'), `the version ${VERSION}`));
  }
  for (;;) {
    try {
      return readState(pairs);
    } catch (error) {
      const wrong = asInvalidInput(error);
      const key = findKey(wrong.path);
      dropped.push(wrong.at(key));
      if (!pairs.delete(key)) return DEFAULT_STATE;
    }
  }
}

function readState(pairs: ReadonlyMap<string, string>): State {
  const draft: Record<string, unknown> = {
    field: { kind: DEFAULT_STATE.field.kind },
    view: { ...DEFAULT_STATE.view, center: [0, 0], centerLow: [0, 0] },
  };
  for (const { key, path, form } of PROPERTIES) {
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
function findKey(errorPath: string): string {
  if (KEYS.includes(errorPath)) return errorPath;
  const property = PROPERTIES.find(({ path }) => errorPath.startsWith(printPath(path)));
  return property?.key ?? errorPath;
}

/** In the spelling of validation, e.g. view.center[0]. */
function printPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
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
