import { InvalidInputError } from '../input/invalidInput.ts';
import { readInteger } from '../input/plainJson.ts';
import { COLUMNS_MAX, DEFAULT_SHEET, PANELS_MAX, type Sheet, sheetOf } from './sheet.ts';
import type { State } from './state.ts';
import { decodeState, encodeState } from './url.ts';
import { numberForm } from './urlValues.ts';

const VERSION = 'v=1';
/** Begins a panel: the pairs up to the next such key are its state. */
const PANEL_KEY = 'panel';
const KEYS = ['columns', 'link', 'active'] as const;
type Key = (typeof KEYS)[number];

/**
 * The sheet as the text of a URL's fragment, without '#'. One panel is written as its state alone
 * (`encodeState`); several as v=1, the settings of the page, and then `panel=1` with the pairs of
 * the first state, `panel=2` with those of the second, and so on. `decodeSheet` is its inverse.
 */
export function encodeSheet(sheet: Sheet): string {
  const { panels, columns, linkedViews, sharedRange, active } = sheet;
  const isPlain = panels.length === 1 && columns === null && !linkedViews && !sharedRange;
  if (isPlain) return encodeState(panels[0]!);
  const links = [linkedViews ? ['views'] : [], sharedRange ? ['range'] : []].flat();
  const pairs = [VERSION];
  if (columns !== null) pairs.push(`columns=${columns}`);
  if (links.length > 0) pairs.push(`link=${links.join(',')}`);
  if (active > 0) pairs.push(`active=${active + 1}`);
  panels.forEach((state, i) => {
    pairs.push(`${PANEL_KEY}=${i + 1}`, encodeState(state).replace(`${VERSION}&`, ''));
  });
  return pairs.join('&');
}

/**
 * Reads what encodeSheet or encodeState wrote, or what a person typed in the same form. Never
 * throws: broken text gives the default sheet and a sentence for people.
 *
 * @param text with or without its leading '#' or '?'.
 */
export function decodeSheet(text: string): { sheet: Sheet; problem: string | null } {
  const body = text.replace(/^[#?]/, '');
  const [head, ...panels] = body.split(new RegExp(`&(?=${PANEL_KEY}=)`));
  if (panels.length === 0) {
    const { state, problem } = decodeState(body);
    return { sheet: sheetOf(state), problem };
  }
  try {
    return { sheet: readSheet(head!, panels), problem: null };
  } catch (error) {
    if (error instanceof BrokenPanel) return { sheet: DEFAULT_SHEET, problem: error.message };
    if (!(error instanceof InvalidInputError)) throw error;
    return { sheet: DEFAULT_SHEET, problem: `The link is broken: ${error.message}.` };
  }
}

/** An error whose message says which panel of the link is broken, and how. */
class BrokenPanel extends Error {}

function readSheet(head: string, panels: readonly string[]): Sheet {
  if (panels.length > PANELS_MAX) {
    throw new InvalidInputError('panels', panels.length, `at most ${PANELS_MAX}`);
  }
  const pairs = readHead(head);
  return {
    panels: panels.map((text, i) => readPanel(text, i + 1)),
    columns: readCount(pairs, 'columns', COLUMNS_MAX),
    ...readLinks(pairs.get('link')),
    active: (readCount(pairs, 'active', panels.length) ?? 1) - 1,
  };
}

function readHead(head: string): ReadonlyMap<Key, string> {
  const [version, ...pieces] = head.split('&');
  if (version !== VERSION) throw new InvalidInputError('v', version, `${VERSION} at first`);
  const pairs = new Map<Key, string>();
  for (const piece of pieces) {
    const [name, ...rest] = piece.split('=');
    const key = KEYS.find((known) => known === name);
    if (key === undefined || rest.length !== 1) {
      const expected = `one of ${KEYS.join(', ')} with its value, before panel=1`;
      throw new InvalidInputError('key', piece, expected);
    }
    if (pairs.has(key)) throw new InvalidInputError(key, piece, 'each key once');
    pairs.set(key, rest[0]!);
  }
  return pairs;
}

function readCount(pairs: ReadonlyMap<Key, string>, key: Key, max: number): number | null {
  const text = pairs.get(key);
  return text === undefined ? null : readInteger(numberForm.read(text, key), key, 1, max);
}

function readLinks(text: string | undefined): Pick<Sheet, 'linkedViews' | 'sharedRange'> {
  // Mail programs and chats escape the comma.
  const words = text === undefined ? [] : text.replace(/%2c/i, ',').split(',');
  if (words.some((word, i) => !['views', 'range'].includes(word) || words.indexOf(word) !== i)) {
    throw new InvalidInputError('link', text, 'views, range or views,range');
  }
  return { linkedViews: words.includes('views'), sharedRange: words.includes('range') };
}

function readPanel(text: string, number: number): State {
  const [mark, ...pairs] = text.split('&');
  if (mark !== `${PANEL_KEY}=${number}`) {
    throw new InvalidInputError(PANEL_KEY, mark, `${PANEL_KEY}=${number}: panels count from 1`);
  }
  const { state, problem } = decodeState(
    [VERSION, ...pairs].join('&'),
    `Panel ${number} of the link`,
  );
  if (problem !== null) throw new BrokenPanel(problem);
  return state;
}
