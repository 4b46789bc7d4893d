import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { findFigure } from '../figures/figures.ts';
import { decodeFigure, isFigureLink } from '../figures/figureUrl.ts';
import { readPngState } from '../formats/pngMetadata.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import type { NamedFile } from '../models/readModelFile.ts';
import { DEFAULT_STATE } from '../state/defaults.ts';
import { mendLink } from '../state/mendedLink.ts';
import { applyPatch } from '../state/patch.ts';
import { type Sheet, sheetOf, validateSheet } from '../state/sheet.ts';
import { decodeSheet, encodeSheet } from '../state/sheetUrl.ts';
import type { State } from '../state/state.ts';
import { beginsJson, parseJson } from './json.ts';
import {
  type ModelArguments,
  NO_MODEL_ARGUMENTS,
  openModel,
  readPatch,
  stateOfModel,
} from './modelSource.ts';
import { reading, UsageError } from './usageError.ts';

/**
 * What a person wants to see; if there are several panels, `state` is the active one's. `hash` is its form in
 * the page's address, without '#'.
 */
export type Source =
  | { readonly kind: 'state'; readonly state: State; readonly hash: string }
  /** The network in files, which the page gets before the state. */
  | { readonly kind: 'model'; readonly state: State; readonly files: readonly NamedFile[] }
  /** A figure as a link holds it, or by its name alone. */
  | { readonly kind: 'figure'; readonly id: string; readonly hash: string | null };

/** Reluscope writes no larger file. */
const BYTES_MAX = 2 ** 30;
const PNG_SIGNATURE = '\x89PNG';
/** Members of JSON that holds states. */
const STATE_KEYS = ['panels', 'state'];
const START_BYTES = 64;

/**
 * Reads a state from inline JSON, a link or its fragment, a JSON file or an exported PNG, or a network from a file of any
 * other kind; any other word is read as a figure's name.
 *
 * @throws UsageError that says what was received and what is expected.
 */
export function readSource(
  text: string,
  { data, slice, readout, state: patch }: ModelArguments = NO_MODEL_ARGUMENTS,
): Source {
  const stats = isInline(text) ? undefined : statSync(text, { throwIfNoEntry: false });
  if (stats && (data.length > 0 || isModel(text, stats))) {
    const { model, files } = openModel([text, ...data]);
    const first = stateOfModel(model, { slice, readout });
    const state = reading(text, () =>
      applyPatch(applyPatch(DEFAULT_STATE, first), readPatch(patch)),
    );
    return { kind: 'model', state, files };
  }
  const options = [
    ...data,
    ...(slice === null ? [] : ['--slice']),
    ...(readout === null ? [] : ['--readout']),
    ...(patch === null ? [] : ['--state']),
  ];
  if (options.length > 0) {
    throw new UsageError(
      `received '${text}' and ${options.join(', ')}, expected the file of a network with them`,
    );
  }
  if (beginsJson(text)) return stateOf(parsePatch(text, 'the JSON'));
  if (isInline(text)) return readLink(text);
  if (stats) return readFile(text, stats);
  if (/^[\w-]+$/.test(text)) return { kind: 'figure', id: readFigure(text), hash: null };
  throw new UsageError(
    `no such file: '${text}'; expected a file, JSON, a link or the name of a figure`,
  );
}

/** Whether it is JSON, a link or a fragment itself. */
function isInline(text: string): boolean {
  return beginsJson(text) || /^(https?:|#|v=|figure=)/i.test(text);
}

/** Whether a file holds a network, and neither a picture nor JSON of a state. */
function isModel(path: string, stats: { isFile(): boolean; size: number }): boolean {
  if (!stats.isFile() || stats.size > BYTES_MAX) return false;
  const start = readStart(path);
  if (start.startsWith(PNG_SIGNATURE)) return false;
  if (!/^\s*[[{]/.test(start.replace(/^\xef\xbb\xbf/, ''))) return true;
  const json = tryJson(readFileSync(path, 'utf8'));
  const keys = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  return keys.length > 0 && !keys.some((key) => key in DEFAULT_STATE || STATE_KEYS.includes(key));
}

/** A figure's name, checked. */
function readFigure(id: string): string {
  try {
    return findFigure(id).id;
  } catch (error) {
    if (error instanceof InvalidInputError) throw new UsageError(error.message);
    throw error;
  }
}

function stateOf(sheet: Sheet): Source {
  return { kind: 'state', state: sheet.panels[sheet.active]!, hash: encodeSheet(sheet) };
}

function readLink(text: string): Source {
  const hash = text.indexOf('#');
  if (hash < 0 && !/^(v|figure)(=|%3d)/i.test(text)) {
    throw new UsageError(`received '${text}', expected a link with a state, '…#v=1&…'`);
  }
  return decode(mendLink(text.slice(hash + 1)), 'The link');
}

/** @param hash what follows the '#' of a link */
function decode(hash: string, source: string): Source {
  if (isFigureLink(hash)) {
    const { link, problem } = decodeFigure(hash, source);
    if (link === null) throw new UsageError(problem ?? `${source} is broken`);
    return { kind: 'figure', id: link.figure.id, hash };
  }
  const { sheet, problem } = decodeSheet(hash, source);
  if (problem !== null) throw new UsageError(problem);
  return stateOf(sheet);
}

function readFile(path: string, stats: { isFile(): boolean; size: number }): Source {
  const name = basename(path);
  if (!stats.isFile()) throw new UsageError(`received '${path}', which is not a file`);
  if (stats.size > BYTES_MAX) {
    throw new UsageError(`${name}: received ${stats.size} bytes, expected at most ${BYTES_MAX}`);
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${(error as Error).message}`);
  }
  const isPng = bytes.toString('latin1', 0, PNG_SIGNATURE.length) === PNG_SIGNATURE;
  if (isPng) return readPng(bytes, name);
  const text = bytes.toString('utf8');
  if (!holdsItsModel(tryJson(text))) return stateOf(parsePatch(text, name));
  // The network of the state is the one beside it.
  const { files } = openModel([path]);
  const sheet = parsePatch(text, name);
  return { kind: 'model', state: sheet.panels[sheet.active]!, files };
}

function readPng(bytes: Uint8Array, name: string): Source {
  const text = reading(name, () => readPngState(bytes));
  if (text === null) {
    throw new UsageError(`${name} was not saved by Reluscope, or its metadata has been removed`);
  }
  return decode(text, `The state in ${name}`);
}

/** A part of a state, panels, or the page's JSON export: a network with its state. */
function parsePatch(text: string, name: string): Sheet {
  const json = parseJson(text, name);
  return reading(name, () => {
    if (hasKeys(json, ['panels'])) return validateSheet(json);
    const patch = hasKeys(json, ['layers', 'state']) ? json.state : json;
    return sheetOf(applyPatch(DEFAULT_STATE, patch));
  });
}

/** Whether JSON is the page's export of a network from a file. */
function holdsItsModel(json: unknown): boolean {
  const { field } = hasKeys(json, ['layers', 'state']) ? (json.state as Partial<State>) : {};
  return field?.network?.kind === 'model';
}

/** null for what is no JSON. */
function tryJson(text: string): unknown {
  try {
    return parseJson(text, 'the file');
  } catch {
    return null;
  }
}

function readStart(path: string): string {
  const bytes = Buffer.alloc(START_BYTES);
  const file = openSync(path, 'r');
  try {
    return bytes.toString('latin1', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function hasKeys<K extends string>(
  json: unknown,
  keys: readonly K[],
): json is Readonly<Record<K, unknown>> {
  return typeof json === 'object' && json !== null && keys.every((key) => key in json);
}
