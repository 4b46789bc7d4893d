import { loadDataSet } from '../../data/loadDataSet.ts';
import { describeSize, type SizeRequest } from '../../drawing/pictureSize.ts';
import type { Sampler } from '../../exporting/differenceGrid.ts';
import { drawPng, drawSvg, pictureSize } from '../../exporting/drawPanels.ts';
import { fieldName, fileName, stateName } from '../../exporting/fileName.ts';
import { shownSheet } from '../../exporting/shownSheet.ts';
import type { LineKind } from '../../exporting/vectorLines.ts';
import type { ShownPanels } from '../../figures/shownFigure.ts';
import { encodeNpy } from '../../formats/npy.ts';
import { encodeOnnx } from '../../formats/onnx/encodeOnnx.ts';
import { plainNetwork } from '../../formats/plainNetwork.ts';
import { encodeSafetensors } from '../../formats/safetensors.ts';
import { messageOf } from '../../input/messageOf.ts';
import { squareOf } from '../../model/rectangle.ts';
import { resolve } from '../../model/resolve.ts';
import type { OnProgress } from '../../offscreen/encodePicture.ts';
import type { CanvasRenderer } from '../../screen/canvasRenderer.ts';
import { describeState } from '../../state/labels.ts';
import { sheetOf } from '../../state/sheet.ts';
import type { State } from '../../state/state.ts';
import { encodeState } from '../../state/url.ts';
import { pytorchSnippet } from '../../torch/pytorch.ts';
import { runProgram } from '../../torch/pytorchRun.ts';
import { lossTable } from '../../training/lossTable.ts';
import type { Messages } from '../page/messages.ts';
import { copiedNumbers, type ReadPlace } from './copiedNumbers.ts';
import type { DrawnFiles } from './drawnFiles.ts';
import { saveFile } from './saveFile.ts';
import { REGIONS_MAX, withRegions } from './withRegions.ts';

/** What exports use of the page. */
export interface ExportSource {
  readonly messages: Messages;
  readonly files: DrawnFiles;
  /** Whether training goes on by itself, unless a file is drawn. */
  isPlaying(): boolean;
  /** Everything that is open. */
  shown(): ShownPanels;
  /** Settles when networks that learn are those that the states name. */
  trained(): Promise<void>;
  /** Of the active panel. */
  state(): State;
  /** The point that is read in the active panel. */
  place(): ReadPlace;
  /** null while there is none. */
  renderer(): CanvasRenderer | null;
  /** Samples fields. @throws GpuError (as a rejection) */
  sampler(): Promise<Sampler>;
  /** Aborted when the page is destroyed: exports end. */
  readonly signal: AbortSignal;
}

/** The panels that a saved picture shows: everything that is open, or the active panel alone. */
export type PanelsToSave = 'all' | 'active';

const MANY = `there are more than ${REGIONS_MAX.toLocaleString('en')} regions.`;

/** Why lines of a file are not vectors, or left out. */
export const COMPROMISES: Readonly<Record<LineKind, string>> = {
  hinges: `Its hinges are pixels: ${MANY}`,
  edges: `Its exact edges are left out: ${MANY}`,
  contours: 'Its contour lines are pixels: the view is log-radial or too deep.',
};

/** Saves what the page shows, and reports the outcome. */
export class Exporter {
  readonly #source: ExportSource;
  #running: AbortController | null = null;

  constructor(source: ExportSource) {
    this.#source = source;
    source.signal.addEventListener('abort', () => this.#running?.abort());
  }

  /** The size that a picture would have, in words. @throws InvalidInputError */
  describeSize(request: SizeRequest, panels: PanelsToSave): string {
    return describeSize(pictureSize(this.#shown(panels), request));
  }

  savePicture(form: 'png' | 'svg', request: SizeRequest, panels: PanelsToSave): Promise<void> {
    return this.#tell(async () => {
      await this.#source.trained();
      const shown = this.#shown(panels);
      const size = pictureSize(shown, request);
      const name = fileName(shown.name, form);
      const waiting = this.#source.isPlaying() ? ' The training waits.' : '';
      const doing = `Drawing ${describeSize(size)}…${waiting}`;
      return this.#run(doing, async (onProgress, signal) => {
        const { sampler } = this.#source;
        return withRegions(signal, async (regions) => {
          const sources = { sampler, ...regions };
          const draw = form === 'png' ? drawPng : drawSvg;
          const { file, compromises } = await draw(shown, size, sources, onProgress, signal);
          const reasons = [...compromises].map((kind) => COMPROMISES[kind]);
          return [this.#save(file, name), ...reasons].join(' ');
        });
      });
    });
  }

  /** The quantity's samples of the square centre ± half-width, as `numpy.load` reads them. */
  saveGrid(): Promise<void> {
    return this.#tell(() => {
      const renderer = this.#source.renderer();
      if (!renderer) throw new Error('The page is not ready yet.');
      const state = this.#source.state();
      const { field, quantity, view, gridSamples: samples } = state;
      const request = { field, quantity, ...squareOf(view), width: samples, height: samples };
      return this.#run(`Sampling ${samples} × ${samples} values…`, async (_, signal) => {
        const { values } = await renderer.sample(request, signal);
        return this.#save(encodeNpy(values, [samples, samples]), fileName(stateName(state), 'npy'));
      });
    });
  }

  saveJson(): Promise<void> {
    return this.#tell(() => {
      const state = this.#source.state();
      const content = { ...plainNetwork(resolve(state.field).network), state };
      return this.#save(
        `${JSON.stringify(content, null, 1)}\n`,
        fileName(fieldName(state.field), 'json'),
      );
    });
  }

  saveSafetensors(): Promise<void> {
    return this.#tell(() => {
      const state = this.#source.state();
      const metadata = { format: 'pt', ...stateMetadata(state) };
      const content = encodeSafetensors(resolve(state.field).network, metadata);
      return this.#save(content, fileName(fieldName(state.field), 'safetensors'));
    });
  }

  /** @param part the network, or all of the field: from a point of the plane to its value. */
  saveOnnx(part: 'network' | 'field'): Promise<void> {
    return this.#tell(() => {
      const state = this.#source.state();
      const { slice, readout } = state.field;
      const content = encodeOnnx(resolve(state.field).network, {
        ...(part === 'field' ? { slice, readout } : {}),
        metadata: stateMetadata(state),
      });
      return this.#save(content, fileName(fieldName(state.field), 'onnx'));
    });
  }

  /** Copies the program, or saves it as a file if there is no access to the clipboard. */
  copyPytorch(): Promise<void> {
    return this.#tell(async () => {
      const state = this.#source.state();
      const snippet = pytorchSnippet(state, { title: describeState(state) });
      return this.#copyPython(snippet, state, 'a PyTorch program that draws this plot');
    });
  }

  /** Copies point, value, gradient and affine map where the probe or the card of a region reads them. */
  copyNumbers(): Promise<void> {
    return this.#tell(async () => {
      const state = this.#source.state();
      const numbers = copiedNumbers(state.field, this.#source.place());
      return this.#copyPython(numbers, state, 'point, value and affine map for Python');
    });
  }

  /** Copies a program that repeats the training run up to its step; call it while there is one. */
  copyRun(): Promise<void> {
    return this.#tell(async () => {
      const state = this.#source.state();
      const { recipe, step } = state.run!;
      const program = runProgram(recipe, await loadDataSet(recipe.data), step);
      return this.#copyPython(program, state, 'a PyTorch program that repeats this run');
    });
  }

  /** Saves a table of the losses before each step, with the regions that are known. */
  saveLosses(losses: readonly number[], regions: ReadonlyMap<number, number>): Promise<void> {
    return this.#tell(() => {
      const name = fileName(fieldName(this.#source.state().field), 'csv');
      return this.#save(lossTable(losses, regions), name);
    });
  }

  async #copyPython(code: string, state: State, what: string): Promise<string> {
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      const saved = this.#save(code, fileName(stateName(state), 'py'));
      return `Cannot access the clipboard. ${saved}`;
    }
    return `Copied ${what}.`;
  }

  #shown(panels: PanelsToSave): ShownPanels {
    return panels === 'all' ? this.#source.shown() : shownSheet(sheetOf(this.#source.state()));
  }

  #save(content: Blob | Uint8Array | string, name: string): string {
    saveFile(content, name);
    return `Saved ${name}.`;
  }

  /** Reports the outcome of an export, in the sentence that it returns. */
  async #tell(work: () => string | Promise<string>): Promise<void> {
    const { messages, signal } = this.#source;
    try {
      const outcome = await work();
      if (!signal.aborted) messages.note(outcome);
    } catch (error) {
      messages.warn(messageOf(error));
    }
  }

  /** Runs an export that takes its time, one at once; shows its progress, and a person can cancel it. */
  async #run(
    doing: string,
    work: (onProgress: OnProgress, signal: AbortSignal) => Promise<string>,
  ): Promise<string> {
    if (this.#running) return 'Another export is running. Wait for it to finish, or cancel it.';
    const running = new AbortController();
    this.#running = running;
    const activity = this.#source.messages.begin(doing, () => running.abort());
    try {
      return await this.#source.files.during(() =>
        work((share) => activity.showProgress(share), running.signal),
      );
    } catch (error) {
      if (running.signal.aborted) return 'The export was cancelled.';
      throw error;
    } finally {
      activity.end();
      this.#running = null;
    }
  }
}

/** What a file says of the picture from which it was saved. */
function stateMetadata(state: State): Readonly<Record<string, string>> {
  return { 'reluscope:state': encodeState(state) };
}
