import { InvalidInputError } from '../input/invalidInput.ts';
import { readInteger } from '../input/plainJson.ts';
import type { State } from '../state/state.ts';
import { decodeState, encodeState } from '../state/url.ts';
import { flagForm, numberForm, type UrlForm } from '../state/urlValues.ts';
import type { Figure, FigureControl, FigureSettings } from './figure.ts';
import { findFigure } from './figures.ts';
import { initialSettings, readSettings } from './settings.ts';

const VERSION = 'v=1';
const PANEL_KEY = 'panel';

/** A figure, as links and exported pictures hold it. */
export interface FigureLink {
  readonly figure: Figure;
  readonly settings: FigureSettings;
  /** The field panels that a person has changed, by their position among all panels. */
  readonly changed: ReadonlyMap<number, State>;
}

/** Whether a fragment, without '#', is meant to be a figure's. */
export function isFigureLink(text: string): boolean {
  return /(?:^|&)figure=/.test(text);
}

/**
 * The text of a URL's fragment, without '#': v=1, the figure's id, the settings that are not the
 * initial ones, and for each field panel that was changed `panel=` with its number from 1, followed
 * by the pairs of its state. `decodeFigure` is its inverse.
 */
export function encodeFigure({ figure, settings, changed }: FigureLink): string {
  const first = initialSettings(figure);
  const pairs = [VERSION, `figure=${figure.id}`];
  for (const control of figure.controls) {
    const { name } = control;
    const form = formOf(control);
    if (settings[name] !== first[name]) pairs.push(`${name}=${form.write(settings[name])}`);
  }
  for (const [i, state] of [...changed].sort(([a], [b]) => a - b)) {
    pairs.push(`${PANEL_KEY}=${i + 1}`, encodeState(state).replace(`${VERSION}&`, ''));
  }
  return pairs.join('&');
}

/**
 * Reads what encodeFigure wrote, or what a person typed in the same form. Never throws: broken text
 * gives null and a sentence for people.
 *
 * @param text with or without its leading '#'.
 * @param source where the text comes from, as the sentence names it.
 */
export function decodeFigure(
  text: string,
  source = 'The link',
): { link: FigureLink | null; problem: string | null } {
  const body = text.replace(/^#/, '');
  const [head, ...panels] = body.split(new RegExp(`&(?=${PANEL_KEY}=)`));
  try {
    const { figure, settings } = readHead(head!);
    const changed = new Map(panels.map((panel) => readPanel(panel, figure, settings)));
    return { link: { figure, settings, changed }, problem: null };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { link: null, problem: `${source} is broken: ${error.message}.` };
  }
}

function readHead(head: string): { figure: Figure; settings: FigureSettings } {
  const [version, ...pieces] = head.split('&');
  if (version !== VERSION) throw new InvalidInputError('v', version, `${VERSION} at first`);
  const pairs = pieces.map((piece) => {
    const equals = piece.indexOf('=');
    if (equals < 0) throw new InvalidInputError('part', piece, 'key=value');
    return [piece.slice(0, equals), piece.slice(equals + 1)] as const;
  });
  const ids = pairs.filter(([key]) => key === 'figure').map(([, id]) => id);
  const figure = findFigure(ids.length === 1 ? ids[0] : ids.join(' and '));
  const given: Record<string, unknown> = {};
  for (const [key, value] of pairs) {
    if (key === 'figure') continue;
    const control = figure.controls.find(({ name }) => name === key);
    if (Object.hasOwn(given, key)) throw new InvalidInputError(key, value, 'each key once');
    given[key] = control ? formOf(control).read(value, key) : value;
  }
  return { figure, settings: readSettings(figure, given) };
}

function readPanel(text: string, figure: Figure, settings: FigureSettings): [number, State] {
  const [mark, ...pairs] = text.split('&');
  const number = Number(mark!.slice(PANEL_KEY.length + 1));
  const panels = figure.panels(settings);
  const i = readInteger(number, PANEL_KEY, 1, panels.length) - 1;
  if (panels[i]!.kind !== 'field') {
    throw new InvalidInputError(PANEL_KEY, number, 'a panel that shows a field');
  }
  const { state, problem } = decodeState([VERSION, ...pairs].join('&'));
  if (problem !== null) {
    throw new InvalidInputError(`${PANEL_KEY}=${number}`, pairs.join('&'), 'a state');
  }
  return [i, state];
}

function formOf({ kind }: FigureControl): UrlForm {
  return kind === 'switch' ? flagForm : numberForm;
}
