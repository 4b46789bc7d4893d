import type { FrameReport } from '../../picture/frameReport.ts';
import type { State } from '../../state/state.ts';
import type { Controls } from '../controls/controls.ts';
import { make } from '../dom/elements.ts';

/** The controls of a panel: made when they are first wanted, and seen while the panel is active. */
export class PanelControls {
  readonly #element = make('div', { hidden: true });
  readonly #make: (container: HTMLElement) => Controls;
  #controls: Controls | null = null;

  /** @param container that of the controls of all panels */
  constructor(container: HTMLElement, makeControls: (container: HTMLElement) => Controls) {
    container.append(this.#element);
    this.#make = makeControls;
  }

  /** Makes them if there are none. */
  furnish(): void {
    this.#controls ??= this.#make(this.#element);
  }

  get isSeen(): boolean {
    return !this.#element.hidden;
  }

  set isSeen(isSeen: boolean) {
    this.#element.hidden = !isSeen;
  }

  /** As those of `Controls`, if there are any. */
  follow(state: State): void {
    this.#controls?.follow(state);
  }

  show(state: State): void {
    this.#controls?.show(state);
  }

  /** Nobody sees the others. */
  updateIfSeen(state: State): void {
    if (this.isSeen) this.#controls?.update(state);
  }

  showReport(report: FrameReport): void {
    this.#controls?.showReport(report);
  }

  /** Opens the folders that are open in another panel. */
  takeOverFolders(before: PanelControls): void {
    if (before.#controls) this.#controls?.takeOverFolders(before.#controls);
  }

  destroy(): void {
    this.#controls?.destroy();
    this.#element.remove();
  }
}
