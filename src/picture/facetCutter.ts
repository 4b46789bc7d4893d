import type { Facets } from '../model/facets.ts';
import type { ChainLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import type { State } from '../state/state.ts';
import {
  areEnough,
  areExact,
  type CutFacets,
  FACETS_MAX,
  facetRequestOf,
} from './facetPictures.ts';

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

/** Has the facets of one picture after another cut, and keeps the last. */
export class FacetCutter {
  readonly #cut: CutFacets | undefined;
  #last: { readonly network: PlaneNetwork; readonly facets: Facets } | null = null;
  #running: AbortController | null = null;

  constructor(cut: CutFacets | undefined) {
    this.#cut = cut;
  }

  /** Whether a state's picture, of whatever size, is drawn by facets if they can be cut. */
  takes(state: State): boolean {
    return this.#cut !== undefined && facetRequestOf(state, 1, 1) !== null;
  }

  /**
   * The facets of a state's picture; a promise if they have to be cut, which may take a second.
   * @returns null if kernels draw it; a promise of null also if the cutting was stopped
   */
  cut(state: State, widthPx: number, heightPx: number): Facets | Promise<Facets | null> | null {
    const request = facetRequestOf(state, widthPx, heightPx);
    if (!request || !this.#cut) return null;
    const { network } = request;
    if (
      this.#last &&
      isSame(this.#last.network, network) &&
      areEnough(this.#last.facets, request)
    ) {
      return areExact(this.#last.facets, state.view) ? this.#last.facets : null;
    }
    const running = new AbortController();
    this.#running = running;
    return this.#cut(request, FACETS_MAX, running.signal).then((facets) => {
      if (facets) this.#last = { network, facets };
      return facets && areExact(facets, state.view) ? facets : null;
    });
  }

  /** Nobody waits for the facets any more. */
  stop(): void {
    this.#running?.abort();
  }
}
