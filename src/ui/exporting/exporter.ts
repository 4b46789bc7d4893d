import { describeSize, type SizeRequest } from '../../drawing/pictureSize.ts';
import type { Sampler } from '../../exporting/differenceGrid.ts';
import { drawPng, drawSvg, pictureSize } from '../../exporting/drawPanels.ts';
import { fileName } from '../../exporting/fileName.ts';
import { shownSheet } from '../../exporting/shownSheet.ts';
import type { ShownPanels } from '../../figures/shownFigure.ts';
import { encodeNpy } from '../../formats/npy.ts';
import { plainNetwork } from '../../formats/plainNetwork.ts';
import { encodeSafetensors } from '../../formats/safetensors.ts';
import { InvalidInputError } from '../../input/invalidInput.ts';
import type { Network } from '../../model/field.ts';
import { drawNetwork } from '../../model/network.ts';
import { squareOf } from '../../model/rectangle.ts';
import type { Renderer } from '../../screen/renderer.ts';
import { describeState } from '../../state/labels.ts';
import { sheetOf } from '../../state/sheet.ts';
import type { State } from '../../state/state.ts';
import { encodeState } from '../../state/url.ts';
import { pytorchSnippet } from '../../torch/pytorch.ts';
import type { Messages } from '../page/messages.ts';
import { saveFile } from './saveFile.ts';

/** What exports use of the page. */
export interface ExportSource {
  readonly messages: Messages;
  /** Everything that is open. */
  shown(): ShownPanels;
  /** Of the active panel. */
  state(): State;
  /** null while there is none. */
  renderer(): Renderer | null;
  /** Samples fields. @throws GpuError (as a rejection) */
  sampler(): Promise<Sampler>;
  /** Aborted when the page is destroyed: exports end. */
  readonly signal: AbortSignal;
}

/** The panels that a saved picture shows: everything that is open, or the active panel alone. */
export type PanelsToSave = 'all' | 'active';

/** Saves what the page shows, and reports the outcome. */
export class Exporter {
  readonly #source: ExportSource;

  constructor(source: ExportSource) {
    this.#source = source;
  }

  /** The size that a picture would have, in words. @throws InvalidInputError */
  describeSize(request: SizeRequest, panels: PanelsToSave): string {
    return describeSize(pictureSize(this.#shown(panels), request));
  }

  savePicture(form: 'png' | 'svg', request: SizeRequest, panels: PanelsToSave): Promise<void> {
    const { messages, sampler, signal } = this.#source;
    return this.#tell('Drawing…', async () => {
      const shown = this.#shown(panels);
      const size = pictureSize(shown, request);
      const doing = `Drawing ${size.widthPx} × ${size.heightPx} px…`;
      const tellProgress = (progress: number) =>
        messages.ongoing(`${doing} ${Math.round(100 * progress)} %`);
      const draw = form === 'png' ? drawPng : drawSvg;
      const content = await draw(shown, size, sampler, tellProgress, signal);
      return this.#save(content, `reluscope-${shown.name}.${form}`);
    });
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
      return this.#save(encodeNpy(values, [samples, samples]), fileName(state, 'npy'));
    });
  }

  saveJson(): Promise<void> {
    return this.#tell(null, async (state) => {
      const content = { ...plainNetwork(networkOf(state)), state };
      return this.#save(`${JSON.stringify(content, null, 1)}\n`, fileName(state, 'json'));
    });
  }

  saveSafetensors(): Promise<void> {
    return this.#tell(null, async (state) => {
      const metadata = { format: 'pt', 'reluscope:state': encodeState(state) };
      const content = encodeSafetensors(networkOf(state), metadata);
      return this.#save(content, fileName(state, 'safetensors'));
    });
  }

  /** Copies the program, or saves it as a file if there is no access to the clipboard. */
  copyPytorch(): Promise<void> {
    return this.#tell(null, async (state) => {
      const snippet = pytorchSnippet(state, { title: describeState(state) });
      try {
        await navigator.clipboard.writeText(snippet);
      } catch {
        const saved = this.#save(snippet, fileName(state, 'py'));
        return `Cannot access the clipboard. ${saved}`;
      }
      return 'Copied a PyTorch program that draws this plot.';
    });
  }

  #shown(panels: PanelsToSave): ShownPanels {
    return panels === 'all' ? this.#source.shown() : shownSheet(sheetOf(this.#source.state()));
  }

  #save(content: Blob | Uint8Array | string, name: string): string {
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
