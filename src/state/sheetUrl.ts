import { InvalidInputError } from '../input/invalidInput.ts';
import { readInteger } from '../input/plainJson.ts';
import { describeBroken } from './brokenLink.ts';
import { shortenRepeatedModels } from './linkedModels.ts';
import { COLUMNS_MAX, PANELS_MAX, type Sheet, sheetOf } from './sheet.ts';
import { decodeState, encodeState } from './url.ts';
import { VERSION_PAIR, versionIn } from './urlKeys.ts';
import { numberForm } from './urlValues.ts';

/** Begins a panel: the pairs up to the next such key are its state. */
const PANEL_KEY = 'panel';
const KEYS = ['columns', 'link', 'active'] as const;
type Key = (typeof KEYS)[number];

/**
 * The sheet as the text of a URL's fragment, without '#'. One panel is written as its state alone
 * (`encodeState`); several as v=2, the settings of the page, and then `panel=1` with the pairs of
 * the first state, `panel=2` with those of the second, and so on. `decodeSheet` is its inverse.
 */
export function encodeSheet(sheet: Sheet): string {
  const { panels, columns, linkedViews, sharedRange, active } = sheet;
  const isPlain = panels.length === 1 && columns === null && !linkedViews && !sharedRange;
  if (isPlain) return encodeState(panels[0]!);
  const links = [linkedViews ? ['views'] : [], sharedRange ? ['range'] : []].flat();
  const pairs = [VERSION_PAIR];
  if (columns !== null) pairs.push(`columns=${columns}`);
  if (links.length > 0) pairs.push(`link=${links.join(',')}`);
  if (active > 0) pairs.push(`active=${active + 1}`);
  panels.forEach((state, i) => {
    pairs.push(`${PANEL_KEY}=${i + 1}`, encodeState(state).replace(`${VERSION_PAIR}&`, ''));
  });
  return shortenRepeatedModels(pairs.join('&'));
}

/**
 * Reads what encodeSheet or encodeState wrote, or what a person typed in the same form. Never
 * throws: partly broken text keeps the rest, with a sentence for people.
 *
 * @param text with or without its leading '#' or '?'.
 * @param source what the text is, for messages
 */
export function decodeSheet(
  text: string,
  source = 'The link',
): { sheet: Sheet; problem: string | null } {
  const body = text.replace(/^[#?]/, '');
  const [head, ...panels] = body.split(new RegExp(`&(?=${PANEL_KEY}=)`));
  if (panels.length === 0) {
    const { state, problem } = decodeState(body, source);
    return { sheet: sheetOf(state), problem };
  }
  const dropped: InvalidInputError[] = [];
  if (panels.length > PANELS_MAX) {
    dropped.push(new InvalidInputError('panels', panels.length, `at most ${PANELS_MAX}`));
  }
  const pairs = readHead(head!, dropped);
  const decoded = panels
    .slice(0, PANELS_MAX)
    .map((panel, i) =>
      decodePanel(panel, i + 1, versionIn(head!) ?? VERSION_PAIR, source, dropped),
    );
  const keep = <T>(read: () => T, otherwise: T): T => readOr(read, otherwise, dropped);
  const count = decoded.length;
  const sheet: Sheet = {
    panels: decoded.map(({ state }) => state),
    columns: keep(() => readCount(pairs, 'columns', COLUMNS_MAX), null),
    ...keep(() => readLinks(pairs.get('link')), { linkedViews: false, sharedRange: false }),
    active: keep(() => (readCount(pairs, 'active', count) ?? 1) - 1, 0),
  };
  const ofSheet = dropped.length > 0 ? [describeBroken(source, dropped)] : [];
  const ofPanels = decoded.flatMap(({ problem }) => problem ?? []);
  const [first = null, ...more] = [...ofSheet, ...ofPanels];
  const rest =
    more.length > 0
      ? ` ${more.length} other ${more.length === 1 ? 'part is' : 'parts are'} broken too.`
      : '';
  return { sheet, problem: first && first + rest };
}

/** The result of `read`, or else `otherwise`. @param dropped collects the errors */
function readOr<T>(read: () => T, otherwise: T, dropped: InvalidInputError[]): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    dropped.push(error);
    return otherwise;
  }
}

function readHead(head: string, dropped: InvalidInputError[]): ReadonlyMap<Key, string> {
  const pieces = head.split('&');
  if (versionIn(head) === null) {
    const first = pieces.find((piece) => piece.startsWith('v=')) ?? pieces[0]!;
    dropped.push(new InvalidInputError('v', first, `${VERSION_PAIR} at the start`));
  }
  const pairs = new Map<Key, string>();
  for (const piece of pieces.filter((other) => !other.startsWith('v='))) {
    readOr(() => addPair(pairs, piece), undefined, dropped);
  }
  return pairs;
}

function addPair(pairs: Map<Key, string>, piece: string): void {
  const [name, ...rest] = piece.split('=');
  const key = KEYS.find((known) => known === name);
  if (key === undefined || rest.length !== 1) {
    const expected = `one of ${KEYS.join(', ')} with its value, before panel=1`;
    throw new InvalidInputError('key', piece, expected);
  }
  if (pairs.has(key)) throw new InvalidInputError(key, piece, 'each key once');
  pairs.set(key, rest[0]!);
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

function decodePanel(
  text: string,
  number: number,
  version: string,
  source: string,
  dropped: InvalidInputError[],
) {
  const [mark, ...pairs] = text.split('&');
  if (mark !== `${PANEL_KEY}=${number}`) {
    const expected = `${PANEL_KEY}=${number}: panels count from 1`;
    dropped.push(new InvalidInputError(PANEL_KEY, mark, expected));
  }
  return decodeState(
    [version, ...pairs].join('&'),
    `Panel ${number} of ${source[0]!.toLowerCase()}${source.slice(1)}`,
  );
}
