import type { DiagramLayout, DiagramRank } from '../../drawing/diagramLayout.ts';
import { largestOf, paintValues } from '../../drawing/neuronColors.ts';
import { resolve } from '../../model/resolve.ts';
import { NeuronPass } from '../../reference/neuronPass.ts';
import { type ColormapName, colormapTable } from '../../scales/colormaps.ts';
import type { State } from '../../state/state.ts';
import { squareOffsets } from '../../view/squareSamples.ts';
import { planePoint } from '../../view/view.ts';
import { make } from '../dom/elements.ts';
import { LatestWork } from './latestWork.ts';
import { SMALL_SIDES, sideFor } from './sampling.ts';

/** The drawn neurons of a rank: [neurons, samples]. */
interface RankValues {
  readonly rank: DiagramRank;
  readonly values: Float32Array;
}

/** Small pictures of all drawn neurons over the view, from one evaluation of the network. */
export class NeuronPictures {
  readonly canvas = make('canvas', { class: 'neuronPictures', 'aria-hidden': 'true' });
  readonly #work = new LatestWork<RankValues[]>();
  /** All pictures, one below the other. */
  readonly #atlas = make('canvas');
  #table: { readonly name: ColormapName; readonly colors: Uint8Array } | null = null;

  show(state: State, layout: DiagramLayout, moving: boolean): void {
    const { field, view, projection, colormap } = state;
    const resolved = resolve(field);
    const side = sideFor(resolved.network, SMALL_SIDES, moving);
    const colors = this.#colors(colormap);
    this.#work.request({
      isBrief: moving,
      *work() {
        const pass = new NeuronPass(resolved, planePoint(view, [0, 0]));
        const offsets = squareOffsets(view, projection, side);
        const layers = yield* pass.all(offsets);
        return layout.ranks.map((rank) => ({
          rank,
          values: drawnValues(rank, side * side, layers, (i) => pass.input(i, offsets)),
        }));
      },
      show: (ranks) => this.#paint(layout, ranks, side, colors),
    });
  }

  /** The picture of a neuron as it is shown, as a data URL. @param number among all drawn ones */
  dataUrl(number: number): string {
    const side = this.#atlas.width;
    const canvas = make('canvas', { width: side, height: side });
    const context = canvas.getContext('2d')!;
    context.drawImage(this.#atlas, 0, number * side, side, side, 0, 0, side, side);
    return canvas.toDataURL();
  }

  destroy(): void {
    this.#work.end();
  }

  #colors(name: ColormapName): Uint8Array {
    if (this.#table?.name !== name) this.#table = { name, colors: colormapTable(name) };
    return this.#table.colors;
  }

  #paint(
    layout: DiagramLayout,
    ranks: readonly RankValues[],
    side: number,
    colors: Uint8Array,
  ): void {
    const samples = side * side;
    const neurons = ranks.reduce((count, { values }) => count + values.length / samples, 0);
    const pixels = new Uint8ClampedArray(4 * neurons * samples);
    let at = 0;
    for (const { values } of ranks) {
      for (let start = 0; start < values.length; start += samples, at += 4 * samples) {
        const own = values.subarray(start, start + samples);
        paintValues(own, largestOf(own), colors, pixels, at);
      }
    }
    resize(this.#atlas, side, neurons * side);
    this.#atlas.getContext('2d')!.putImageData(new ImageData(pixels, side), 0, 0);
    const ratio = window.devicePixelRatio;
    resize(this.canvas, Math.round(layout.width * ratio), Math.round(layout.height * ratio));
    const context = this.canvas.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, layout.width, layout.height);
    const boxes = ranks.flatMap(({ rank }) => rank.boxes);
    boxes.forEach(({ x, y, width, height }, i) => {
      context.drawImage(this.#atlas, 0, i * side, side, side, x, y, width, height);
    });
  }
}

/** [drawn neurons, samples] */
function drawnValues(
  { rank, first, boxes }: DiagramRank,
  samples: number,
  layers: readonly Float32Array[],
  input: (index: number) => Float32Array,
): Float32Array {
  if (rank > 0) {
    return layers[rank - 1]!.subarray(first * samples, (first + boxes.length) * samples);
  }
  const values = new Float32Array(boxes.length * samples);
  boxes.forEach((_, i) => {
    values.set(input(first + i), i * samples);
  });
  return values;
}

/** Sets the size only if it differs, since that clears the canvas. */
function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
