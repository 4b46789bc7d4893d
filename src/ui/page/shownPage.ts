import type { Common } from '../../state/sheet.ts';
import type { Motion } from '../panel/session.ts';
import type { RunLead } from '../training/panelTraining.ts';

/** A place on the page: a live field, or an element of the caller's, e.g. a plot of curves. */
export type PanelSlot =
  | {
      readonly kind: 'field';
      /** Replaces the description of the field, until a person changes the field. */
      readonly title: string | null;
      /** A part of a state, merged into the default one. */
      readonly state: object;
      /** Of the panel that takes the state if it exists; by default the next one. */
      readonly id?: symbol | undefined;
      /** What leads its training run; by default the panel itself. */
      readonly lead?: RunLead | null;
    }
  | { readonly kind: 'element'; readonly title: string | null; readonly element: HTMLElement };

/** Panels under a heading: the content of the page. */
export interface ShownPage extends Common {
  /** Above the panels, and below them: for a title, a formula, controls, a caption. */
  readonly heading: HTMLElement | null;
  readonly caption?: HTMLElement | null;
  readonly slots: readonly PanelSlot[];
  /** Each two panels in turn belong together. */
  readonly inPairs?: boolean;
  /** 'moving' while a slider of the heading moves: pictures may be coarse, to keep up. */
  readonly motion?: Motion;
  /**
   * Returns the part of the address after '#' while this is shown, and is called after each change; by
   * default the panels' states.
   */
  readonly address?: (() => string) | null;
}
