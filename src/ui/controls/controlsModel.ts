import type { Quantity } from '../../model/field.ts';
import { PRESETS } from '../../model/presets.ts';
import { seedOf } from '../../model/seeds.ts';
import {
  logitCount,
  type Shorthand,
  type ShorthandKind,
  shorthandOf,
} from '../../model/shorthand.ts';
import type { ColormapName } from '../../scales/colormaps.ts';
import { formatCenter } from '../../scales/format.ts';
import type { NormKind } from '../../scales/norms.ts';
import { pictureColors } from '../../scales/pictureColors.ts';
import type { FieldDrafts } from '../../state/fieldDrafts.ts';
import type { State } from '../../state/state.ts';
import { DECADES_DEFAULT, type ProjectionKind } from '../../view/projection.ts';

export type LogitsChoice = 'identity' | 'drawn' | 'given';
export type PresetName = keyof typeof PRESETS;

/** The state as the controllers hold it: flat and mutable. */
export interface ControlsModel {
  /** null if the field is none of the presets. */
  kind: ShorthandKind | null;
  preset: PresetName | null;
  widths: readonly number[];
  activation: (Shorthand & { readonly kind: 'mlp' })['activation'];
  seed: number;
  outputBiasMode: 'drawn' | 'override';
  outputBias: number;
  lambda: number;
  component: number;
  logits: LogitsChoice;
  logitCount: number;
  weight1: number;
  weight2: number;
  bias: number;
  quantity: Quantity;
  /** Of the picture; null if it has none. */
  colormap: ColormapName | null;
  /** null if the picture does not use the state's. */
  rangeMode: State['range']['mode'] | null;
  rangeMin: number;
  rangeMax: number;
  /** null if the picture does not use the state's. */
  norm: NormKind | null;
  linearThreshold: number | 'auto';
  filled: boolean;
  lines: boolean;
  contourCount: number;
  /** Why the picture does not use the state's colours; null if it does. */
  ownColors: string | null;
  hinges: boolean;
  boundaries: boolean;
  showsPoints: boolean;
  supersampling: State['supersampling'];
  projection: ProjectionKind;
  decades: number;
  frame: State['frame'];
  gridSamples: number;
  halfWidth: number;
  centerX: string;
  centerY: string;
}

/** The exercise's output bias. */
const FIRST_OUTPUT_BIAS = 4;

/** Reads a state, with the drafts for what its field does not have; `kept` is the previous model. */
export function readModel(
  state: State,
  drafts: FieldDrafts,
  kept: ControlsModel | null,
): ControlsModel {
  const { field, view, projection, range, norm } = state;
  const { colormap, contours, reason } = pictureColors(state);
  const { mlp, logits } = drafts;
  const short = shorthandOf(field);
  const isFixed = range.mode === 'fixed';
  return {
    kind: short?.kind ?? null,
    preset: presetOf(mlp.widths),
    widths: mlp.widths,
    activation: mlp.activation,
    seed: seedOf(field) ?? kept?.seed ?? 0,
    outputBiasMode: mlp.outputBias === null ? 'drawn' : 'override',
    outputBias: mlp.outputBias ?? kept?.outputBias ?? FIRST_OUTPUT_BIAS,
    lambda: drafts.lambda,
    component: short && 'component' in short ? short.component : drafts.component,
    logits: logits === null ? 'identity' : 'count' in logits ? 'drawn' : 'given',
    logitCount: logitCount(logits),
    weight1: drafts.weight[0],
    weight2: drafts.weight[1],
    bias: drafts.bias,
    quantity: state.quantity,
    colormap,
    rangeMode: reason === null ? range.mode : null,
    rangeMin: isFixed ? range.min : (kept?.rangeMin ?? -1),
    rangeMax: isFixed ? range.max : (kept?.rangeMax ?? 1),
    norm: reason === null ? norm.kind : null,
    linearThreshold:
      norm.kind === 'symlog' ? norm.linearThreshold : (kept?.linearThreshold ?? 'auto'),
    filled: contours.filled,
    lines: contours.lines,
    contourCount: state.contours.count,
    ownColors: reason,
    hinges: state.hinges,
    boundaries: state.boundaries,
    showsPoints: state.points === 'exercise',
    supersampling: state.supersampling,
    projection: projection.kind,
    decades:
      projection.kind === 'logRadial' ? projection.decades : (kept?.decades ?? DECADES_DEFAULT),
    frame: state.frame,
    gridSamples: state.gridSamples,
    halfWidth: view.halfWidth,
    centerX: formatCenter(view.center[0], view.centerLow[0], view.halfWidth),
    centerY: formatCenter(view.center[1], view.centerLow[1], view.halfWidth),
  };
}

function presetOf(widths: readonly number[]): PresetName | null {
  const text = widths.join('-');
  for (const [name, preset] of Object.entries(PRESETS)) {
    if (preset.join('-') === text) return name as PresetName;
  }
  return null;
}
