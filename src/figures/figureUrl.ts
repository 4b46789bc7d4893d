import { InvalidInputError } from '../input/invalidInput.ts';
import { readInteger } from '../input/plainJson.ts';
import { describeBroken } from '../state/brokenLink.ts';
import type { State } from '../state/state.ts';
import { decodeState, encodeState, undoEscapes } from '../state/url.ts';
import { VERSION_PAIR, versionIn } from '../state/urlKeys.ts';
import { flagForm, numberForm, type UrlForm } from '../state/urlValues.ts';
import type { Figure, FigureControl, FigureSettings } from './figure.ts';
import { findFigure } from './figures.ts';
import { initialSettings, readSettings } from './settings.ts';

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
 * The text of a URL's fragment, without '#': v=2, the figure's id, the settings that are not the
 * initial ones, and for each field panel that was changed `panel=` with its number from 1, followed
 * by the pairs of its state. `decodeFigure` is its inverse.
 */
export function encodeFigure({ figure, settings, changed }: FigureLink): string {
  const first = initialSettings(figure);
  const pairs = [VERSION_PAIR, `figure=${figure.id}`];
  for (const control of figure.controls) {
    const { name } = control;
    const form = formOf(control);
    if (settings[name] !== first[name]) pairs.push(`${name}=${form.write(settings[name])}`);
  }
  for (const [i, state] of [...changed].sort(([a], [b]) => a - b)) {
    pairs.push(`${PANEL_KEY}=${i + 1}`, encodeState(state).replace(`${VERSION_PAIR}&`, ''));
  }
  return pairs.join('&');
}

/**
 * Reads what encodeFigure wrote, or what a person typed in the same form. Never throws: partly broken text
 * keeps the rest, and text without a figure gives null, both with a sentence for people.
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
  const dropped: InvalidInputError[] = [];
  const keep = <T>(read: () => T) => readOrDrop(read, dropped);
  const pairs = readPairs(head!, dropped);
  const version = versionIn(head!) ?? VERSION_PAIR;
  const [id, ...others] = pairs.filter(([key]) => key === 'figure').map(([, value]) => value);
  const figure = keep(() => findFigure(id));
  if (!figure) return { link: null, problem: describeBroken(source, dropped, false) };
  for (const other of others) dropped.push(new InvalidInputError('figure', other, 'each key once'));
  const settings = readKept(figure, pairs, dropped);
  const changed = panels.flatMap(
    (panel) => keep(() => readPanel(panel, version, figure, settings)) ?? [],
  );
  const states = changed.map(({ position, text: state }) => {
    const decoded = decodeState(state);
    if (decoded.problem) {
      const path = `${PANEL_KEY}=${position + 1}`;
      dropped.push(new InvalidInputError(path, state.slice(VERSION_PAIR.length + 1), 'a state'));
    }
    return [position, decoded.state] as const;
  });
  const problem = dropped.length > 0 ? describeBroken(source, dropped) : null;
  return { link: { figure, settings, changed: new Map(states) }, problem };
}

/** @throws InvalidInputError */
function splitPair(piece: string): readonly [key: string, value: string] {
  const equals = piece.indexOf('=');
  if (equals < 0) throw new InvalidInputError('part', piece, 'key=value');
  const key = undoEscapes(piece.slice(0, equals), 'key');
  return [key, undoEscapes(piece.slice(equals + 1), key)];
}

function readOrDrop<T>(read: () => T, dropped: InvalidInputError[]): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    dropped.push(error);
    return null;
  }
}

function readPairs(head: string, dropped: InvalidInputError[]) {
  const pieces = head.split('&');
  if (versionIn(head) === null) {
    const first = pieces.find((piece) => piece.startsWith('v=')) ?? pieces[0]!;
    dropped.push(new InvalidInputError('v', first, `${VERSION_PAIR} at the start`));
  }
  const others = pieces.filter((piece) => !piece.startsWith('v='));
  return others.flatMap((piece) => readOrDrop(() => [splitPair(piece)], dropped) ?? []);
}

/** The settings that can be read, one by one. */
function readKept(
  figure: Figure,
  pairs: readonly (readonly [key: string, value: string])[],
  dropped: InvalidInputError[],
): FigureSettings {
  let given: Record<string, unknown> = {};
  for (const [key, value] of pairs) {
    if (key === 'figure') continue;
    const control = figure.controls.find(({ name }) => name === key);
    const next = readOrDrop(() => {
      if (Object.hasOwn(given, key)) throw new InvalidInputError(key, value, 'each key once');
      const wider = { ...given, [key]: control ? formOf(control).read(value, key) : value };
      readSettings(figure, wider);
      return wider;
    }, dropped);
    given = next ?? given;
  }
  return readSettings(figure, given);
}

/** The position of a panel that was changed, and the text of its state. */
function readPanel(text: string, version: string, figure: Figure, settings: FigureSettings) {
  const [mark, ...pairs] = text.split('&');
  const number = Number(mark!.slice(PANEL_KEY.length + 1));
  const panels = figure.panels(settings);
  const position = readInteger(number, PANEL_KEY, 1, panels.length) - 1;
  if (panels[position]!.kind !== 'field') {
    throw new InvalidInputError(PANEL_KEY, number, 'a panel that shows a field');
  }
  return { position, text: [version, ...pairs].join('&') };
}

function formOf({ kind }: FigureControl): UrlForm {
  return kind === 'switch' ? flagForm : numberForm;
}
