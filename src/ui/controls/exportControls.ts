import type GUI from 'lil-gui';
import {
  assertRequest,
  formatSize,
  parseSize,
  type SizeRequest,
} from '../../drawing/pictureSize.ts';
import { InvalidInputError } from '../../input/invalidInput.ts';
import type { State } from '../../state/state.ts';
import type { Exporter, PanelsToSave } from '../exporting/exporter.ts';
import { ActionsController, NoteController } from './controllers.ts';
import { TextController } from './textController.ts';

/** Settings of exports, which are not part of the state. */
class ExportModel {
  panels: PanelsToSave = 'all';
  /** Of the file; nothing of it gives the panels enough room. */
  size: Pick<SizeRequest, 'width' | 'height'> = {};
  /** null leaves it to the size. */
  dpi: number | null = null;

  constructor(readonly exporter: Exporter) {}

  get request(): SizeRequest {
    return this.dpi === null ? this.size : { ...this.size, dpi: this.dpi };
  }

  /** The size that the file will have, or why there is none. */
  get file(): string {
    try {
      return this.exporter.describeSize(this.request, this.panels);
    } catch (error) {
      return describeWrong(error);
    }
  }
}

const RESOLUTIONS = {
  auto: null,
  ...Object.fromEntries([96, 150, 192, 300, 384, 600].map((dpi) => [`${dpi} dpi`, dpi])),
};
const PANELS = { all: 'all', 'active panel': 'active' } as const;
/** Instead of a size: one that suits the panels. */
const NATURAL = 'auto';

/** Adds the buttons that save a picture, a grid, a network or a program, and open a saved picture. */
export function addExportControls(
  folder: GUI,
  exporter: Exporter,
  choosePicture: () => void,
): (state: State) => void {
  const model = new ExportModel(exporter);
  addPicture(folder, model, exporter);
  addGrid(folder, exporter);
  addNetwork(folder, exporter);
  new ActionsController(folder, [
    {
      label: 'Copy for Python',
      title:
        'Copy the point that is read, its value, gradient and affine map as Python reads them (y)',
      act: () => void exporter.copyNumbers(),
    },
  ]).name('numbers');
  new ActionsController(folder, [
    {
      label: 'PNG…',
      title: 'Restore what a saved PNG shows, as dropping it on the page does',
      act: choosePicture,
    },
  ]).name('open');
  return () => undefined;
}

function addPicture(folder: GUI, model: ExportModel, exporter: Exporter): void {
  const save = (form: 'png' | 'svg') =>
    void exporter.savePicture(form, model.request, model.panels);
  folder.add(model, 'panels', PANELS).domElement.classList.add('ofSeveral');
  new TextController<ExportModel['size']>(folder, model, 'size', {
    parse: (text) => readSize(text, model.dpi),
    format: (size) => formatSize(size) || NATURAL,
    numeric: false,
  });
  folder.add(model, 'dpi', RESOLUTIONS).name('resolution');
  const file = new NoteController(folder, model, 'file');
  folder.onChange(() => file.updateDisplay());
  new ActionsController(folder, [
    {
      label: 'PNG',
      title: 'Save a picture; drop it on this page to restore it',
      act: () => save('png'),
    },
    {
      label: 'SVG',
      title: 'Save a picture whose text, axes, hinges and contours are vectors',
      act: () => save('svg'),
    },
  ]).name('picture');
}

function addGrid(folder: GUI, exporter: Exporter): void {
  new ActionsController(folder, [
    {
      label: '.npy',
      title: 'Save the square centre ± half-width as an N × N NumPy array',
      act: () => void exporter.saveGrid(),
    },
  ]).name('grid');
}

function addNetwork(folder: GUI, exporter: Exporter): void {
  new ActionsController(folder, [
    {
      label: 'ONNX',
      title: 'Save the network as a chain of Gemm and activations',
      act: () => void exporter.saveOnnx('network'),
    },
    {
      label: 'safetensors',
      title: 'Save weights under the names of an nn.Sequential',
      act: () => void exporter.saveSafetensors(),
    },
    {
      label: 'JSON',
      title: 'Save weights and state as JSON',
      act: () => void exporter.saveJson(),
    },
  ]).name('network');
  new ActionsController(folder, [
    {
      label: 'as ONNX',
      title: 'Save slice, network and readout: from a point of the plane to its value',
      act: () => void exporter.saveOnnx('field'),
    },
    {
      label: 'Copy as PyTorch',
      title: 'Copy a Python program that rebuilds this field and draws this plot',
      act: () => void exporter.copyPytorch(),
    },
  ]).name('field');
}

function readSize(text: string, dpi: number | null): ExportModel['size'] {
  if (text.trim() === NATURAL) return {};
  try {
    const size = parseSize(text, 'size');
    assertRequest(dpi === null ? size : { ...size, dpi });
    return size;
  } catch (error) {
    throw new Error(describeWrong(error));
  }
}

/** A mistake in the size as a sentence. @throws any other error */
function describeWrong(error: unknown): string {
  if (!(error instanceof InvalidInputError)) throw error;
  return `The ${error.path} is ${error.received}; it must be ${error.expected}.`;
}
