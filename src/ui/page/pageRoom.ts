import { roomOf } from './room.ts';

/** What has to fit into the room. */
export interface RoomHost {
  readonly controlsOpen: boolean;
  openControls(open: boolean): void;
  layFigure(): void;
}

/** Lays the page out for its size, at every change of it. */
export class PageRoom {
  readonly #app: HTMLElement;
  readonly #host: RoomHost;
  readonly #observer = new ResizeObserver(() => this.show());
  #wasNarrow = false;
  /** The controls were open before the page became narrow. */
  #closedForRoom = false;

  constructor(app: HTMLElement, host: RoomHost) {
    this.#app = app;
    this.#host = host;
    this.#observer.observe(app);
  }

  /** Also called when the number of panels has changed, several of which have less room each. */
  show(): void {
    const { classList, clientWidth, clientHeight } = this.#app;
    const { narrow, fewTools, compact } = roomOf(clientWidth, clientHeight);
    classList.toggle('compact', compact || classList.contains('several'));
    classList.toggle('narrow', narrow);
    classList.toggle('fewTools', fewTools);
    if (narrow !== this.#wasNarrow) this.#turnNarrow(narrow);
    this.#host.layFigure();
  }

  destroy(): void {
    this.#observer.disconnect();
  }

  /** Controls beside the picture do not become a sheet over it, but come back with the room. */
  #turnNarrow(narrow: boolean): void {
    this.#wasNarrow = narrow;
    const { controlsOpen: open } = this.#host;
    this.#host.openControls(narrow ? false : this.#closedForRoom || open);
    this.#closedForRoom = narrow && open;
  }
}
