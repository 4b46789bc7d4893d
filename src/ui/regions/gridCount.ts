import { hasHinges } from '../../model/drawnNetwork.ts';
import { resolve } from '../../model/resolve.ts';
import { reasonOf } from '../../regions/limits.ts';
import { formatCount } from '../../scales/format.ts';
import type { State } from '../../state/state.ts';
import type { RegionsSource } from './regionsSource.ts';

/** The number of distinct regions among the samples of the picture, counted on the GPU. */
export class GridCount {
  readonly #source: RegionsSource;
  readonly #show: (text: string) => void;
  readonly #inView: () => number | null;
  #found: { readonly key: string; readonly text: string } | null = null;
  #asked = '';

  /** @param inView regions of the view that is shown; null until they are counted */
  constructor(source: RegionsSource, inView: () => number | null, show: (text: string) => void) {
    this.#source = source;
    this.#inView = inView;
    this.#show = show;
  }

  count(): void {
    const { state } = this.#source.session;
    const renderer = this.#source.renderer();
    if (!hasHinges(state.field.network) || !renderer) return;
    const key = keyOf(state);
    if (this.#asked === key) return;
    this.#asked = key;
    renderer.countRegions(state).then(
      ({ regions, complete }) => {
        const text = `${complete ? '' : 'at least '}${formatCount(regions)}`;
        this.#found = { key, text };
        this.update();
      },
      (error: unknown) => {
        this.#asked = '';
        this.#show(`The sampled regions could not be counted: ${reasonOf(error)}`);
      },
    );
  }

  /** Shows it only while both numbers belong to the current state. */
  update(): void {
    const regions = this.#inView();
    const isCurrent = this.#found?.key === keyOf(this.#source.session.state) && regions !== null;
    this.#show(
      isCurrent ? `${this.#found!.text} of ${formatCount(regions)} regions contain a sample` : '',
    );
  }
}

function keyOf({ field, view, projection }: State): string {
  return JSON.stringify([resolve(field).revision, view, projection]);
}
