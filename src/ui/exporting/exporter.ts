import { fileName } from '../../exporting/fileName.ts';
import type { PictureSize } from '../../exporting/picture.ts';
import { drawPng, drawSvg } from '../../exporting/picture.ts';
import { encodeNpy } from '../../formats/npy.ts';
import { plainNetwork } from '../../formats/plainNetwork.ts';
import { encodeSafetensors } from '../../formats/safetensors.ts';
import { InvalidInputError } from '../../input/invalidInput.ts';
import type { Network } from '../../model/field.ts';
import { drawNetwork } from '../../model/network.ts';
import { squareOf } from '../../model/rectangle.ts';
import type { Renderer } from '../../screen/renderer.ts';
import { describeField } from '../../state/labels.ts';
import type { State } from '../../state/state.ts';
import { encodeState } from '../../state/url.ts';
import { pytorchSnippet } from '../../torch/pytorch.ts';
import type { Messages } from '../page/messages.ts';
import { saveFile } from './saveFile.ts';

/** What exports use of the page. */
export interface ExportSource {
  readonly messages: Messages;
  state(): State;
  /** null while there is none. */
  renderer(): Renderer | null;
  /** Aborted when the page is destroyed: exports end. */
  readonly signal: AbortSignal;
}

/** Saves what the page shows, and reports the outcome. */
export class Exporter {
  readonly #source: ExportSource;

  constructor(source: ExportSource) {
    this.#source = source;
  }

  savePng(size: PictureSize): Promise<void> {
    return this.#savePicture(drawPng, size, 'png');
  }

  saveSvg(size: PictureSize): Promise<void> {
    return this.#savePicture(drawSvg, size, 'svg');
  }

  /** The quantity's samples of the square centre ± half-width, as `numpy.load` reads them. */
  saveGrid(): Promise<void> {
    const { gridSamples: samples } = this.#source.state();
    return this.#tell(`Sampling ${samples} × ${samples} values…`, async (state) => {
      const renderer = this.#source.renderer();
      if (!renderer) throw new Error('The grid needs WebGPU, which is not available.');
      const { field, quantity, view } = state;
      const request = { field, quantity, ...squareOf(view), width: samples, height: samples };
      const { values } = await renderer.sample(request, this.#source.signal);
      return this.#save(encodeNpy(values, [samples, samples]), state, 'npy');
    });
  }

  saveJson(): Promise<void> {
    return this.#tell(null, async (state) => {
      const content = { ...plainNetwork(networkOf(state)), state };
      return this.#save(`${JSON.stringify(content, null, 1)}\n`, state, 'json');
    });
  }

  saveSafetensors(): Promise<void> {
    return this.#tell(null, async (state) => {
      const metadata = { format: 'pt', 'reluscope:state': encodeState(state) };
      return this.#save(encodeSafetensors(networkOf(state), metadata), state, 'safetensors');
    });
  }

  /** Copies the program, or saves it as a file if there is no access to the clipboard. */
  copyPytorch(): Promise<void> {
    return this.#tell(null, async (state) => {
      const snippet = pytorchSnippet(state, { title: describeField(state.field) });
      try {
        await navigator.clipboard.writeText(snippet);
      } catch {
        const saved = this.#save(snippet, state, 'py');
        return `Cannot access the clipboard. ${saved}`;
      }
      return 'Copied a PyTorch program that draws this plot.';
    });
  }

  #savePicture(draw: typeof drawPng, size: PictureSize, extension: string): Promise<void> {
    const { width, height, scale } = size;
    const doing = `Drawing ${width * scale} × ${height * scale} px…`;
    const tellProgress = (progress: number) =>
      this.#source.messages.ongoing(`${doing} ${Math.round(100 * progress)} %`);
    return this.#tell(doing, async (state) =>
      this.#save(await draw(state, size, tellProgress, this.#source.signal), state, extension),
    );
  }

  #save(content: Blob | Uint8Array | string, state: State, extension: string): string {
    const name = fileName(state, extension);
    saveFile(content, name);
    return `Saved ${name}.`;
  }

  /** Runs an export of the current state; shows its progress and its outcome. */
  async #tell(doing: string | null, work: (state: State) => Promise<string>): Promise<void> {
    const { messages } = this.#source;
    if (doing !== null) messages.ongoing(doing);
    try {
      messages.note(await work(this.#source.state()));
    } catch (error) {
      messages.warn(error instanceof Error ? error.message : String(error));
    } finally {
      if (doing !== null) messages.ongoing(null);
    }
  }
}

function networkOf({ field }: State): Network {
  if (field.kind !== 'mlp') throw new InvalidInputError('field.kind', field.kind, "'mlp'");
  return drawNetwork(field);
}
