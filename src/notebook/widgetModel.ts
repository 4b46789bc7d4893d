import type { Sheet } from '../state/sheet.ts';

/**
 * What anywidget gives a widget in a page of the state that it shares with Python.
 *
 * Source: https://anywidget.dev/en/afm/.
 */
export interface WidgetModel {
  get<Key extends keyof Traits>(key: Key): Traits[Key];
  set<Key extends keyof Traits>(key: Key, value: Traits[Key]): void;
  save_changes(): void;
  on(event: string, callback: (...args: never[]) => void): void;
  off(event: string, callback: (...args: never[]) => void): void;
  send(content: object, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
}

/** What Python's Scope and its pages share. Each has one writer, so nothing that is written comes back as an echo. */
export interface Traits {
  /** By Python: the networks, by position. */
  readonly _networks: readonly GivenNetwork[];
  /** By Python: what is shown before a page has said what it shows. */
  readonly _start: { readonly panels: readonly PanelStart[] } & Partial<Omit<Sheet, 'panels'>>;
  /** By Python: what was set since, oldest first. */
  readonly _wishes: readonly Wish[];
  /** By Python: the figure that was opened last; another number opens it again. */
  readonly _figure: WidgetFigure | null;
  /** By Python: whether the page sends a picture whenever it rests. */
  readonly _pictures: boolean;
  readonly _height: number;
  readonly _options: { readonly tools: boolean; readonly wheel: 'always' | 'focus' | 'modifier' };
  /** By a page: all that is shown; without panels before the first one. */
  readonly _sheet: Sheet | Record<string, never>;
  /** By a page: the ids of the networks that Python has given. */
  readonly _ids: readonly string[];
  /** By a page: the number of the last wish that `_sheet` holds. */
  readonly _heard: number;
  /** By a page: the number of the figure of `_figure`, if the page shows something else since; or else 0. */
  readonly _left: number;
  /** By a page: the last wish that could not be shown, in words; empty if it could. */
  readonly problem: string;
}

/** A figure that Python opens. */
export interface WidgetFigure {
  readonly id: string;
  readonly settings: Readonly<Record<string, number | boolean>>;
  readonly number: number;
}

export interface GivenNetwork {
  /** A file's name. */
  readonly name: string;
  readonly content: DataView;
  /** Another one means another content. */
  readonly revision: number;
}

/** What Python says of a panel at first. */
export interface PanelStart {
  /** The position of its network among those given; null for a state without one. */
  readonly network: number | null;
  /** null for the plane of the two most telling inputs. */
  readonly slice: PlaneOfInputs | null;
  readonly readout: Record<string, unknown> | null;
  /** A part of a state. */
  readonly state: Record<string, unknown>;
}

/** Two inputs that vary, by their positions or names, or the vectors of a slice. */
export type PlaneOfInputs =
  | { readonly inputs: readonly [number | string, number | string]; readonly vectors: null }
  | { readonly inputs: null; readonly vectors: Record<string, unknown> };

/** A part of a state that is to be merged into that of a panel. */
export interface Wish {
  readonly number: number;
  /** null for the active one. */
  readonly panel: number | null;
  readonly patch: Record<string, unknown>;
}

/** What Python asks a page; the answer has the same id. */
export interface Question {
  readonly kind: 'ask';
  readonly id: string;
  readonly what: string;
  readonly options: Record<string, unknown>;
}
