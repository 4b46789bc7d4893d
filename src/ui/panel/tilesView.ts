import type GUI from 'lil-gui';
import { hasHinges, shapeOf } from '../../model/drawnNetwork.ts';
import type { FrameReport } from '../../picture/frameReport.ts';
import type { CanvasRenderer } from '../../screen/canvasRenderer.ts';
import type { TileCounts } from '../../screen/renderer.ts';
import type { State } from '../../state/state.ts';
import { make, setText } from '../dom/elements.ts';

/** Opacity of a tile with one open neuron and of the one with most, out of 255. */
const OPACITY = { least: 50, most: 210 };

export interface TilesHost {
  readonly picture: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  renderer(): CanvasRenderer | null;
  state(): State;
}

/**
 * Shows what the kernels of networks cull: a tile is darker the more open neurons it has, and clear
 * if the network is one affine map there. For pictures at rest.
 */
export class TilesView {
  readonly #host: TilesHost;
  readonly #layer = make('canvas', { class: 'overlay tiles empty', 'aria-hidden': 'true' });
  readonly #caption = make('p', { class: 'tilesCaption', role: 'status', hidden: true });
  #isOn = false;
  /** The latest request; answers to earlier ones are outdated. */
  #asked: State | null = null;

  constructor(host: TilesHost) {
    this.#host = host;
    host.canvas.after(this.#layer);
    host.picture.append(this.#caption);
  }

  /** Adds the switch. @returns a function that shows it for fields and pictures that have tiles */
  addTo(folder: GUI): (state: State) => void {
    const model = { tiles: this.#isOn };
    const controller = folder.add(model, 'tiles').name('tiles of the kernels');
    controller.domElement.title = 'The number of open neurons in each tile of the kernels';
    controller.onChange((isOn: boolean) => this.#switch(isOn));
    return (state) => controller.show(hasTiles(state) && this.#host.renderer()?.hasTiles !== false);
  }

  /** A picture is on the screen. */
  showReport(report: FrameReport): void {
    const state = this.#host.state();
    if (!this.#isOn || state === this.#asked) return;
    this.#hide();
    if (report.stage !== 'moving' && hasTiles(state)) void this.#ask(state);
  }

  #switch(isOn: boolean): void {
    this.#isOn = isOn;
    const state = this.#host.state();
    if (isOn && hasTiles(state)) void this.#ask(state);
    else this.#hide();
  }

  async #ask(state: State): Promise<void> {
    this.#asked = state;
    // Problems of the device are reported with the picture.
    const counts = await this.#host
      .renderer()
      ?.tiles(state)
      .catch(() => null);
    if (counts && this.#isOn && this.#asked === state) this.#draw(counts, state);
  }

  #hide(): void {
    this.#asked = null;
    this.#layer.classList.add('empty');
    this.#caption.hidden = true;
  }

  #draw({ tileSize, columns, rows, openNeurons, width, height }: TileCounts, state: State): void {
    const most = openNeurons.reduce((a, b) => Math.max(a, b), 0);
    const total = openNeurons.reduce((sum, count) => sum + count, 0);
    const image = new ImageData(columns, rows);
    openNeurons.forEach((count, i) => {
      // Row 0 is the lowest.
      const at = 4 * ((rows - 1 - Math.floor(i / columns)) * columns + (i % columns));
      image.data[at + 3] =
        count === 0
          ? 0
          : OPACITY.least + ((OPACITY.most - OPACITY.least) * (count - 1)) / Math.max(1, most - 1);
    });
    this.#layer.width = columns;
    this.#layer.height = rows;
    this.#layer.getContext('2d')?.putImageData(image, 0, 0);
    // The last tiles may extend beyond the picture's right and upper edges.
    const overWidth = (100 * columns * tileSize[0]) / width;
    const overHeight = (100 * rows * tileSize[1]) / height;
    Object.assign(this.#layer.style, {
      width: `${overWidth}%`,
      height: `${overHeight}%`,
      top: `${100 - overHeight}%`,
      clipPath: `inset(${100 - 1e4 / overHeight}% ${100 - 1e4 / overWidth}% 0 0)`,
    });
    this.#layer.classList.remove('empty');
    const { hidden } = shapeOf(state.field.network);
    const neurons = hidden.reduce((a, b) => a + b, 0);
    setText(
      this.#caption,
      `tiles of ${tileSize[0]} × ${tileSize[1]} samples: ${(total / openNeurons.length).toFixed(1)} ` +
        `of ${neurons} neurons open on average, at most ${most}`,
    );
    this.#caption.hidden = false;
  }
}

/** Tiles of a log-radial picture are not rectangles of the plane: nothing is culled there. */
function hasTiles({ field, projection }: State): boolean {
  return hasHinges(field.network) && projection.kind === 'plane';
}
