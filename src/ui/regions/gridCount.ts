import { reasonOf } from '../../regions/limits.ts';
import { formatCount } from '../../scales/format.ts';
import type { State } from '../../state/state.ts';
import type { RegionsSource } from './regionsSource.ts';

/** "grid sees N of M": the distinct regions among the samples of the picture, counted on the GPU. */
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
    if (state.field.kind !== 'mlp' || !renderer) return;
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
        this.#show(`The grid could not be counted: ${reasonOf(error)}`);
      },
    );
  }

  /** Says it only while both numbers belong to what is shown. */
  update(): void {
    const regions = this.#inView();
    const isCurrent = this.#found?.key === keyOf(this.#source.session.state) && regions !== null;
    this.#show(isCurrent ? `grid sees ${this.#found!.text} of ${formatCount(regions)}` : '');
  }
}

function keyOf({ field, view, projection }: State): string {
  return JSON.stringify([field, view, projection]);
}
