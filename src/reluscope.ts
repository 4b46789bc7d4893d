import { InvalidInputError } from './input/invalidInput.ts';
import { MountedReluscope } from './mountedReluscope.ts';
import type { Reluscope } from './publicInterface.ts';
import type { ReluscopeOptions } from './ui/page/workspaceOptions.ts';

export type { DataSpec } from './data/dataSpec.ts';
export type { PlainData, PlainSamples } from './data/plainData.ts';
export type { SizeRequest } from './drawing/pictureSize.ts';
export type { PngOptions } from './exporting/pngOptions.ts';
export type { PlainNetwork } from './formats/plainNetwork.ts';
export type { RegionCell } from './geometry/arrangementToJson.ts';
export { InvalidInputError } from './input/invalidInput.ts';
export type { Field, Quantity } from './model/field.ts';
export type { Shorthand } from './model/shorthand.ts';
export { ModelFileError } from './models/modelFile.ts';
export type { TileCounts } from './passes/tileCounts.ts';
export type { FrameReport } from './picture/frameReport.ts';
export type {
  Abortable,
  Reluscope,
  SampleRequest,
  SampleResult,
  SetOptions,
} from './publicInterface.ts';
export type * from './publicTypes.ts';
export type { PointReading } from './reference/pointReading.ts';
export type { RegionsRequest, RegionsResult } from './regions/regionsRequest.ts';
export type { FieldPatch, SheetPatch, StatePatch } from './state/patchTypes.ts';
export type { Sheet } from './state/sheet.ts';
export type { State } from './state/state.ts';
export type { TrainOptions } from './trainer/trainOptions.ts';
export type { TrainingProgress, TrainingResult } from './trainer/trainToEnd.ts';
export type { Recipe } from './training/recipe.ts';
export type { ModelSummary, Models } from './ui/models/modelScripts.ts';
export type { Change, ChangedKey, ChangeListener } from './ui/page/changes.ts';
export type { ReluscopeOptions } from './ui/page/workspaceOptions.ts';

/**
 * Mounts a Reluscope in an element, which it fills; give the element a size.
 *
 * Without WebGPU the page says so, and the CPU draws, coarsely; `toPng` of fields and `tiles` are rejected then.
 * @throws InvalidInputError if `element` is not an element, or holds a Reluscope already, an option is unknown or wrong, or `options.state` is
 */
export function createReluscope(element: HTMLElement, options: ReluscopeOptions = {}): Reluscope {
  // document.querySelector returns null for an element that does not exist.
  if ((element as Node | null)?.nodeType !== Node.ELEMENT_NODE) {
    throw new InvalidInputError('element', element, 'an element of the page');
  }
  if (element.querySelector(':scope > .reluscope')) {
    const expected = 'one without: destroy() removes a Reluscope from its element';
    throw new InvalidInputError('element', 'an element that contains a Reluscope', expected);
  }
  return new MountedReluscope(element, options);
}
