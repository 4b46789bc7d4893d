import type { Patches } from '../model/patches.ts';
import { areEnough, areExact, PATCHES_MAX, patchRequestOf } from '../picture/patchPictures.ts';
import type { State } from '../state/state.ts';
import type { RendererOptions } from './canvasRenderer.ts';

/** Has the patches of one picture after another cut, and keeps the last. */
export class PatchCutter {
  readonly #cut: RendererOptions['cutPatches'];
  #last: { readonly network: object; readonly patches: Patches } | null = null;
  #running: AbortController | null = null;

  constructor(cut: RendererOptions['cutPatches']) {
    this.#cut = cut;
  }

  /** Whether a state's picture, of whatever size, is drawn by patches if they can be cut. */
  takes(state: State): boolean {
    return this.#cut !== undefined && patchRequestOf(state, 1, 1) !== null;
  }

  /**
   * The patches of a state's picture; they may take a second.
   * @returns null if kernels draw it; a promise of null also if it was stopped
   */
  cut(state: State, widthPx: number, heightPx: number): Promise<Patches | null> | null {
    const request = patchRequestOf(state, widthPx, heightPx);
    if (!request || !this.#cut) return null;
    const { network } = request;
    if (this.#last?.network === network && areEnough(this.#last.patches, request)) {
      return Promise.resolve(areExact(this.#last.patches, state.view) ? this.#last.patches : null);
    }
    const running = new AbortController();
    this.#running = running;
    return this.#cut(request, PATCHES_MAX, running.signal).then((patches) => {
      if (patches) this.#last = { network, patches };
      return patches && areExact(patches, state.view) ? patches : null;
    });
  }

  /** Nobody waits for the patches any more. */
  stop(): void {
    this.#running?.abort();
  }
}
