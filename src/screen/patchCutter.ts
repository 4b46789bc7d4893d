import type { Patches } from '../model/patches.ts';
import type { ChainLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import { areEnough, areExact, PATCHES_MAX, patchRequestOf } from '../picture/patchPictures.ts';
import type { State } from '../state/state.ts';
import type { RendererOptions } from './canvasRenderer.ts';

/** A script's patch of a state makes the same network anew. */
function isSame(a: PlaneNetwork, b: PlaneNetwork): boolean {
  return (
    a === b ||
    (a.chain.length === b.chain.length &&
      a.chain.every((layer, i) => isSameLayer(layer, b.chain[i]!)))
  );
}

function isSameLayer(a: ChainLayer, b: ChainLayer): boolean {
  const isEqual = (one: ArrayLike<number>, other: ArrayLike<number>) => {
    if (one.length !== other.length) return false;
    for (let i = 0; i < one.length; i += 1) if (one[i] !== other[i]) return false;
    return true;
  };
  const slopes = ({ activation }: ChainLayer) =>
    activation.kind === 'twoSlope' ? activation.slopes : [];
  return isEqual(a.weight, b.weight) && isEqual(a.bias, b.bias) && isEqual(slopes(a), slopes(b));
}

/** Has the patches of one picture after another cut, and keeps the last. */
export class PatchCutter {
  readonly #cut: RendererOptions['cutPatches'];
  #last: { readonly network: PlaneNetwork; readonly patches: Patches } | null = null;
  #running: AbortController | null = null;

  constructor(cut: RendererOptions['cutPatches']) {
    this.#cut = cut;
  }

  /**
   * The patches of a state's picture; they may take a second.
   * @returns null if kernels draw it; a promise of null also if it was stopped
   */
  cut(state: State, widthPx: number, heightPx: number): Promise<Patches | null> | null {
    const request = patchRequestOf(state, widthPx, heightPx);
    if (!request || !this.#cut) return null;
    const { network } = request;
    if (
      this.#last &&
      isSame(this.#last.network, network) &&
      areEnough(this.#last.patches, request)
    ) {
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
