import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { findFigure } from '../figures/figures.ts';
import { decodeFigure, isFigureLink } from '../figures/figureUrl.ts';
import { readPngState } from '../formats/pngMetadata.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { DEFAULT_STATE } from '../state/defaults.ts';
import { applyPatch } from '../state/patch.ts';
import { type Sheet, sheetOf, validateSheet } from '../state/sheet.ts';
import { decodeSheet, encodeSheet } from '../state/sheetUrl.ts';
import type { State } from '../state/state.ts';
import { reading, UsageError } from './usageError.ts';

/**
 * What a person wants to see; if there are several panels, `state` is the active one's. `hash` is its form in
 * the page's address, without '#'.
 */
export type Source =
  | { readonly kind: 'state'; readonly state: State; readonly hash: string }
  /** A figure as a link holds it, or by its name alone. */
  | { readonly kind: 'figure'; readonly id: string; readonly hash: string | null };

/** Reluscope writes no larger file. */
const BYTES_MAX = 2 ** 30;
const PNG_SIGNATURE = '\x89PNG';

/**
 * Reads a state from inline JSON, a link or its fragment, a JSON file or an exported PNG; any other word is
 * read as a figure's name.
 *
 * @throws UsageError that says what was received and what is expected.
 */
export function readSource(text: string): Source {
  if (text.trimStart().startsWith('{')) return stateOf(parsePatch(text, 'the JSON'));
  if (/^(https?:|#|v=|figure=)/i.test(text)) return readLink(text);
  const stats = statSync(text, { throwIfNoEntry: false });
  if (stats) return readFile(text, stats);
  if (/^[\w-]+$/.test(text)) return { kind: 'figure', id: readFigure(text), hash: null };
  throw new UsageError(
    `no such file: '${text}'; expected a file, JSON, a link or the name of a figure`,
  );
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
  if (hash < 0 && !/^(v|figure)=/i.test(text)) {
    throw new UsageError(`received '${text}', expected a link with a state, '…#v=1&…'`);
  }
  return decode(text.slice(hash + 1), 'The link');
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
  return isPng ? readPng(bytes, name) : stateOf(parsePatch(bytes.toString('utf8'), name));
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
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`cannot parse ${name}: ${(error as Error).message}`);
  }
  return reading(name, () => {
    if (hasKeys(json, ['panels'])) return validateSheet(json);
    const patch = hasKeys(json, ['layers', 'state']) ? json.state : json;
    return sheetOf(applyPatch(DEFAULT_STATE, patch));
  });
}

function hasKeys<K extends string>(
  json: unknown,
  keys: readonly K[],
): json is Readonly<Record<K, unknown>> {
  return typeof json === 'object' && json !== null && keys.every((key) => key in json);
}
