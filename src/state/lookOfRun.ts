import { dataSetIfLoaded } from '../data/loadDataSet.ts';
import type { PlainObject } from '../input/plainJson.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import type { Readout } from '../model/readouts.ts';
import { type Slice, validateSlice } from '../model/slice.ts';
import type { LossKind } from '../training/recipe.ts';
import { lookAtData } from './beginTraining.ts';
import { type ShownRun, startOf } from './shownRun.ts';
import type { State } from './state.ts';

/** Slices that stand for better ones until the data are there, and whether the view does, too. */
const makeshift = new WeakMap<Slice, { readonly hasView: boolean }>();

/** What a new run shows unless its patch says so. */
export interface LookOfRun {
  readonly field: { readonly readout?: object; readonly slice?: Slice | null };
  readonly view?: object;
  readonly shade?: true;
}

/**
 * What a new run shows if its network has other inputs or outputs than the one before: which class wins, and of many inputs the plane of
 * the main directions of its points, once these are there. Whatever the patch names stays out of it.
 * @param field the patch's part of the field
 */
export function lookOfRun(
  before: State,
  { recipe }: ShownRun,
  patch: PlainObject,
  field: PlainObject,
): LookOfRun {
  const { inputs, outputs } = shapeOf(startOf(recipe));
  const shape = shapeOf(before.field.network);
  const isAsBefore = 'readout' in field || outputs === shape.outputs;
  const readout = isAsBefore ? null : readoutOf(recipe.loss, outputs, before.field.readout);
  const look: LookOfRun = {
    field: readout ? { readout } : {},
    ...(readout?.kind === 'class' && !('shade' in patch) ? { shade: true } : {}),
  };
  if ('slice' in field || inputs === 2 || inputs === shape.inputs) return look;
  const set = dataSetIfLoaded(recipe.data);
  if (set === null) {
    const slice = validateSlice(null, 'field.slice', inputs)!;
    makeshift.set(slice, { hasView: 'view' in patch });
    return { ...look, field: { ...look.field, slice } };
  }
  const { slice, ...view } = lookAtData(set);
  const found = { ...look, field: { ...look.field, slice } };
  return 'view' in patch ? found : { ...found, view };
}

/** The patch that shows what a state would have shown if its data had been there; null if it shows what it is meant to. */
export function lookOnceFetched({ run, field }: State): object | null {
  const gap = field.slice && makeshift.get(field.slice);
  const set = run && dataSetIfLoaded(run.recipe.data);
  if (!gap || !set) return null;
  const { slice, ...view } = lookAtData(set);
  return { field: { slice }, ...(gap.hasView ? {} : { view }) };
}

/** The readout that suits a loss; null if the present one does. */
export function readoutOf(
  loss: LossKind,
  outputs: number,
  present: Readout,
): { readonly kind: Readout['kind']; readonly index?: number } | null {
  if (loss === 'meanSquaredError') {
    return outputs === 1 && present.kind === 'class' ? { kind: 'output', index: 0 } : null;
  }
  if (outputs === 1)
    return { kind: loss === 'binaryCrossEntropy' ? 'sigmoid' : 'output', index: 0 };
  const isOfAll = present.kind !== 'output' && present.kind !== 'neuron';
  return isOfAll ? null : { kind: 'class' };
}
