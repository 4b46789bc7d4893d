import { widthsOf } from '../../model/drawnNetwork.ts';
import type { Field, Quantity } from '../../model/field.ts';
import type { ImageChoice } from '../../model/imageShape.ts';
import type { NetworkSource } from '../../model/networks.ts';
import { PRESETS } from '../../model/presets.ts';
import type { ReadoutKind, Wins } from '../../model/readouts.ts';
import { winsOf } from '../../model/readouts.ts';
import { seedOf } from '../../model/seeds.ts';
import { type ShorthandKind, shorthandOf } from '../../model/shorthand.ts';
import type { ColormapName } from '../../scales/colormaps.ts';
import { formatCenter } from '../../scales/format.ts';
import { axesOf, toUnit } from '../../scales/names.ts';
import type { NormKind } from '../../scales/norms.ts';
import { pictureColors } from '../../scales/pictureColors.ts';
import { type FieldDrafts, planeNeuron } from '../../state/fieldDrafts.ts';
import type { State } from '../../state/state.ts';
import { DECADES_DEFAULT, type ProjectionKind } from '../../view/projection.ts';
import type { View } from '../../view/view.ts';

export type PresetName = keyof typeof PRESETS;

/** The state as the controllers hold it: flat and mutable. */
export interface ControlsModel {
  /** 'custom' if the field is none of the presets. */
  kind: ShorthandKind | 'custom';
  source: NetworkSource['kind'];
  preset: PresetName | null;
  widths: readonly number[];
  /** K */
  outputs: number;
  seed: number;
  outputBiasMode: 'drawn' | 'override';
  outputBias: number;
  weight1: number;
  weight2: number;
  bias: number;
  readout: ReadoutKind;
  index: number;
  layer: number;
  stage: FieldDrafts['neuron']['stage'];
  wins: Wins;
  lambda: number;
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
  shade: boolean;
  /** Whether the picture shows classes of greatest outputs, which can be shaded. */
  hasClasses: boolean;
  showsPoints: boolean;
  image: ImageChoice;
  diagram: boolean;
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
  const { colormap, classes, contours, reason } = pictureColors(state);
  const isFixed = range.mode === 'fixed';
  return {
    ...readNetwork(field, drafts, kept),
    ...readReadout(field, drafts),
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
    shade: state.shade,
    hasClasses: classes !== null && winsOf(field.readout) === 'greatest',
    showsPoints: state.data?.kind === 'exercise',
    image: state.image,
    diagram: state.diagram,
    supersampling: state.supersampling,
    projection: projection.kind,
    decades:
      projection.kind === 'logRadial' ? projection.decades : (kept?.decades ?? DECADES_DEFAULT),
    frame: state.frame,
    gridSamples: state.gridSamples,
    halfWidth: view.halfWidth,
    centerX: readCenter(field, view, 0),
    centerY: readCenter(field, view, 1),
  };
}

/** In the unit of its axis. */
function readCenter(field: Field, { center, centerLow, halfWidth }: View, axis: 0 | 1): string {
  const { unit } = axesOf(field)[axis];
  const { high, low } = toUnit({ high: center[axis], low: centerLow[axis] }, unit);
  return formatCenter(high, low, halfWidth * (unit?.scale ?? 1));
}

function readNetwork(field: Field, drafts: FieldDrafts, kept: ControlsModel | null) {
  const { network } = field;
  const widths = widthsOf(network);
  const outputBias = network.kind === 'drawn' ? network.outputBias : null;
  const { weight, bias } = planeNeuron(network) ?? drafts;
  return {
    kind: shorthandOf(field)?.kind ?? ('custom' as const),
    source: network.kind,
    preset: presetOf(widths),
    widths,
    outputs: widths.at(-1)!,
    seed: seedOf(field) ?? kept?.seed ?? 0,
    outputBiasMode: outputBias === null ? ('drawn' as const) : ('override' as const),
    outputBias: outputBias ?? kept?.outputBias ?? FIRST_OUTPUT_BIAS,
    weight1: weight[0],
    weight2: weight[1],
    bias,
  };
}

/** What the readout does not have is that of the drafts. */
function readReadout({ readout }: Field, drafts: FieldDrafts) {
  const { lambda, wins, neuron, component } = drafts;
  const { kind, ...parts } = readout;
  return {
    ...{ lambda, wins, layer: neuron.layer, stage: neuron.stage, index: component },
    ...parts,
    readout: kind,
  };
}

function presetOf(widths: readonly number[]): PresetName | null {
  const text = widths.join('-');
  for (const [name, preset] of Object.entries(PRESETS)) {
    if (preset.join('-') === text) return name as PresetName;
  }
  return null;
}
