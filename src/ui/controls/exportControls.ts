import type GUI from 'lil-gui';
import { SIDE_MAX, SIDE_MIN } from '../../drawing/pictureLayout.ts';
import { FIRST_SIZE } from '../../exporting/picture.ts';
import { parseNumber } from '../../input/parseNumber.ts';
import type { Field } from '../../model/field.ts';
import { make } from '../dom/elements.ts';
import type { Exporter } from '../exporting/exporter.ts';
import { ActionsController, TextController } from './controllers.ts';

/** Settings of exports, which are not part of the state. */
interface ExportModel {
  size: readonly [width: number, height: number];
  scale: number;
}

const SCALES = { '1×': 1, '2×': 2, '3×': 3, '4×': 4, '8×': 8 };

/** Adds the buttons that save a picture, a grid, a network or a program, and open a saved picture. */
export function addExportControls(
  folder: GUI,
  exporter: Exporter,
  openPicture: (file: File) => void,
): (field: Field) => void {
  const model: ExportModel = {
    size: [FIRST_SIZE.width, FIRST_SIZE.height],
    scale: FIRST_SIZE.scale,
  };
  addPicture(folder, model, exporter);
  addGrid(folder, exporter);
  const network = new ActionsController(folder, [
    {
      label: 'JSON',
      title: 'Save weights and state as JSON',
      act: () => void exporter.saveJson(),
    },
    {
      label: 'safetensors',
      title: 'Save weights under the names of an nn.Sequential',
      act: () => void exporter.saveSafetensors(),
    },
  ]).name('network');
  new ActionsController(folder, [
    {
      label: 'PNG…',
      title: 'Restore what a saved PNG shows, like dropping it on the page',
      act: () => chooseFile('image/png', openPicture),
    },
  ]).name('open');
  folder.close();
  return (field) => {
    network.show(field.kind === 'mlp');
  };
}

/** Lets a person choose a file. */
function chooseFile(accept: string, onFile: (file: File) => void): void {
  const input = make('input', { type: 'file', accept });
  input.addEventListener('change', () => {
    for (const file of input.files ?? []) onFile(file);
  });
  input.click();
}

function addPicture(folder: GUI, model: ExportModel, exporter: Exporter): void {
  const size = () => ({ width: model.size[0], height: model.size[1], scale: model.scale });
  new TextController<ExportModel['size']>(folder, model, 'size', {
    parse: parseSize,
    format: ([width, height]) => `${width} × ${height}`,
    numeric: true,
  });
  folder.add(model, 'scale', SCALES);
  new ActionsController(folder, [
    {
      label: 'PNG',
      title: 'Save a picture; drop it on this page to restore it',
      act: () => void exporter.savePng(size()),
    },
    {
      label: 'SVG',
      title: 'Save a picture whose axes, colour bar and title are vectors',
      act: () => void exporter.saveSvg(size()),
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
    {
      label: 'Copy as PyTorch',
      title: 'Copy a Python program that rebuilds this field and draws this plot',
      act: () => void exporter.copyPytorch(),
    },
  ]).name('grid');
}

function parseSize(text: string): ExportModel['size'] {
  const [width, height, ...rest] = text.split(/[x×*,]/).map(parseNumber);
  const isSide = (side: number | undefined): side is number =>
    side !== undefined && Number.isInteger(side) && side >= SIDE_MIN && side <= SIDE_MAX;
  if (!isSide(width) || !isSide(height) || rest.length > 0) {
    throw new Error(`Width × height, e.g. 800 × 600, from ${SIDE_MIN} to ${SIDE_MAX} each.`);
  }
  return [width, height];
}
