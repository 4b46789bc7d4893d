import { traitsOf } from '../model/activations.ts';
import type { PlaneNetwork } from '../model/planeNetwork.ts';
import { type DoubleDouble, ZERO } from '../numeric/doubleDouble.ts';
import type { DoubleDoubles } from '../numeric/doubleDoubles.ts';
import { parameterOf } from './activationCode.ts';
import type { Anchor } from './anchor.ts';
import { evaluatePlane, type PlaneAtAnchor, planeTangents, slopesOf } from './anchorPlane.ts';
import { type ReadoutAtAnchor, readAtAnchor } from './anchorReadout.ts';
import { type Family, familyOf, type KinkFamily } from './families.ts';
import type { AnchoredField } from './fieldCode.ts';
import { type NeuronAtAnchor, neuronsAtAnchor } from './neuronsAtAnchor.ts';
import { type LayerShape, layerShapes, packRows, readoutOf, type WideNetwork } from './packWide.ts';

/** What the buffers of a wide network hold for an anchor. */
export interface WideAtAnchor {
  /** `parameters` are the neurons, in blocks of four. */
  readonly anchored: AnchoredField;
  /** The weights of the output layer and `struct Readout`; null if the one output is shown. */
  readonly outputs: {
    readonly weights: Float32Array<ArrayBuffer>;
    readonly numbers: Float32Array<ArrayBuffer>;
  } | null;
}

/** Floats of the structs of blocks in common/layer.wgsl, four for each member. */
const BLOCK_FLOATS: Readonly<Record<Family, number>> = { relu: 12, abs: 12, leaky: 16, smooth: 20 };

/** p, and its products with slopes, stay finite in float32 for any half-width; no change that float32 holds a tenth of exceeds it. */
const P_MAX = 1e37;

/** Floats of the neurons' buffer. */
export function neuronFloats(network: WideNetwork): number {
  const last = layerShapes(network).at(-1)!;
  return BLOCK_FLOATS[familyOf(network.plane)] * (last.firstBlock + last.blocks);
}

/** Evaluates a wide network at the anchor, and packs what its kernels read. */
export function anchorWide(network: WideNetwork, anchor: Anchor): WideAtAnchor {
  const { plane } = network;
  const at = evaluatePlane(plane, anchor);
  const most = () => mostChange(plane, anchor);
  const readout = readAtAnchor(network.readout, at.outputs, anchor, most);
  const family = familyOf(plane);
  const anchored =
    family === 'smooth'
      ? anchorSmooth(network, at, readout, anchor)
      : anchorKinks(network, family, at, readout, anchor);
  const outputs = readoutOf(network) && {
    weights: packRows(network, readout.rows),
    numbers: readout.numbers,
  };
  return { anchored, outputs };
}

/** Writes the members of a neuron's block. */
function writeNeuron(
  neurons: Float32Array,
  { firstBlock }: LayerShape,
  neuron: number,
  members: readonly number[],
): void {
  const at = 4 * members.length * (firstBlock + (neuron >> 2)) + (neuron & 3);
  members.forEach((member, index) => {
    neurons[at + 4 * index] = member;
  });
}

/** The two-slope neurons in units of the half-width. */
function standingNeurons(plane: PlaneNetwork, at: PlaneAtAnchor, { halfWidth }: Anchor) {
  const most = plane.layers.map(({ activation }) => {
    const slopes = activation.kind === 'twoSlope' ? activation.slopes : [];
    return P_MAX / Math.max(1, ...Array.from(slopes, Math.abs));
  });
  return neuronsAtAnchor(plane, at, (value, layer) =>
    Math.min(most[layer]!, Math.max(-most[layer]!, value / halfWidth)),
  );
}

function anchorKinks(
  network: WideNetwork,
  family: KinkFamily,
  at: PlaneAtAnchor,
  readout: ReadoutAtAnchor,
  anchor: Anchor,
): AnchoredField {
  const { plane } = network;
  const shapes = layerShapes(network);
  const neurons = new Float32Array(neuronFloats(network));
  const write = (layer: number, i: number, neuron: NeuronAtAnchor, slope: number): void => {
    writeNeuron(neurons, shapes[layer], i, kinkMembers(family, neuron, slope));
  };
  standingNeurons(plane, at, anchor).forEach((standing, layer) => {
    const slopes = slopesOf(plane.layers[layer]);
    standing.forEach((neuron, i) => {
      write(layer, i, neuron, slopes[i]);
    });
  });
  // The output layer has no activation and only needs a sign.
  const last = shapes.length - 1;
  for (let row = 0; row < 4 * shapes[last].blocks; row += 1) write(last, row, AT_ZERO, 1);
  const { offset, scale } = readout;
  return {
    parameters: neurons,
    offset,
    scale,
    baseGradient: [ZERO, ZERO],
    gradientScale: 1,
    small: false,
  };
}

const AT_ZERO: NeuronAtAnchor = { height: 0, start: 0, shift: 0 };

function kinkMembers(
  family: KinkFamily,
  { height, start, shift }: NeuronAtAnchor,
  slope: number,
): readonly number[] {
  switch (family) {
    case 'relu':
      return [shift, -start, 1];
    case 'abs':
      return [0, -Math.abs(height), height < 0 ? -1 : 1];
    case 'leaky': {
      const [from, , more] = kinkOf({ height, start, shift }, slope);
      return [slope, -from!, 1, more!];
    }
  }
}

/** If smooth neurons' pre-activations change by at most this in the view, gradients are relative to that at the anchor. */
const SMALL = 1;

function anchorSmooth(
  network: WideNetwork,
  at: PlaneAtAnchor,
  readout: ReadoutAtAnchor,
  anchor: Anchor,
): AnchoredField {
  const { plane } = network;
  const shapes = layerShapes(network);
  const { halfWidth: s } = anchor;
  const tangents = planeTangents(plane, at);
  const isSmall = greatestChange(plane, tangents) * s * anchor.reach <= SMALL;
  const neurons = new Float32Array(neuronFloats(network));
  standingNeurons(plane, at, anchor).forEach((standing, index) => {
    const { activation } = plane.layers[index];
    standing.forEach((neuron, i) => {
      const [height, parameter, shift] =
        activation.kind === 'smooth'
          ? [at.hidden[index].high[i], parameterOf(activation.activation), 0]
          : kinkOf(neuron, slopesOf(plane.layers[index])[i]);
      const own = tangents.map((along) => (isSmall ? along[index].high[i] : 0));
      writeNeuron(neurons, shapes[index], i, [height, parameter, ...own, shift]);
    });
  });
  const rows = tangents.map((along) => readout.rows([...along.at(-1)!.high]));
  if (isSmall) {
    rows[0].forEach((alongX, row) => {
      writeNeuron(neurons, shapes.at(-1)!, row, [0, 0, alongX, rows[1][row], 0]);
    });
  }
  // What the gradient of the readout is relative to.
  const shares = isSmall ? readout.shares : null;
  const base = rows.map((row) => shares?.reduce((sum, share, i) => sum + share * row[i], 0) ?? 0);
  neurons.set([s, 1 / s, isSmall ? 0 : 1, 0, ...base.map(Math.fround)]);
  return {
    parameters: neurons,
    offset: readout.offset,
    scale: readout.scale,
    baseGradient: base.map((along): DoubleDouble => ({ high: along, low: 0 })) as [
      DoubleDouble,
      DoubleDouble,
    ],
    gradientScale: 1,
    small: shares !== null,
  };
}

/** Height, slope and shift of a two-slope neuron. */
function kinkOf({ height, start, shift }: NeuronAtAnchor, slope: number): readonly number[] {
  return slope === 0 ? [start, slope, shift] : [height, slope, 0];
}

/**
 * How much smooth neurons' pre-activations change with either coordinate, to first order: this decides only what
 * gradients are relative to, and both ways are exact.
 * @param tangents as `planeTangents` returns them
 */
function greatestChange(
  { layers }: PlaneNetwork,
  tangents: readonly (readonly DoubleDoubles[])[],
): number {
  const steepest = layers.map(({ activation }, index) =>
    activation.kind === 'smooth'
      ? Math.max(...tangents.map((along) => Math.max(...along[index].high.map(Math.abs))))
      : 0,
  );
  return Math.max(...steepest);
}

/** No smooth activation of usual parameters is steeper: GELU is the steepest. */
const STEEPEST = 1.13;

/** A bound of the changes of outputs in the view, in half-widths. */
export function mostChange({ layers }: PlaneNetwork, { reach, halfWidth }: Anchor): number {
  let changes = Float64Array.of(reach, reach);
  for (const { inputs, outputs, weight, bias, isOneToOne, activation } of layers) {
    changes = Float64Array.from({ length: outputs }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < inputs; j += 1) sum += Math.abs(weight[i * inputs + j]) * changes[j];
      // The end of a clamp, which is as wide as its bias.
      if (isOneToOne) return Math.min(sum, bias[i] / halfWidth);
      if (activation.kind === 'twoSlope') return sum * Math.max(1, Math.abs(activation.slopes[i]));
      if (activation.kind === 'identity') return sum;
      const { ends } = traitsOf(activation.activation);
      const width = ends ? ends[1] - ends[0] : Infinity;
      return Math.min(sum * STEEPEST, width / halfWidth);
    });
  }
  return Math.max(...changes);
}
