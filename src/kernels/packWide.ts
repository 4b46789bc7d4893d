import type { PlaneNetwork } from '../model/planeNetwork.ts';
import { toNumber, ZERO } from '../numeric/doubleDouble.ts';
import type { DoubleDoubles } from '../numeric/doubleDoubles.ts';
import { parameterOf } from './activationCode.ts';
import type { Anchor } from './anchorMlp.ts';
import { evaluatePlane, planeTangents } from './anchorPlane.ts';
import { type Family, familyOf } from './families.ts';
import type { AnchoredField } from './fieldCode.ts';

/** One layer in the form for the shaders of wide networks; see `struct Layer` in common/layer.wgsl. */
export interface LayerShape {
  readonly inputs: number;
  readonly blocks: number;
  readonly firstWeight: number;
  readonly firstBlock: number;
  readonly firstNeuron: number;
  readonly number: number;
}

/** Floats of the structs of blocks in common/layer.wgsl, four for each member. */
const BLOCK_FLOATS: Readonly<Record<Family, number>> = { relu: 12, abs: 12, leaky: 12, smooth: 16 };

/** p stays finite in float32 for any half-width; the shader subtracts nothing from it. */
const P_MAX = 1e30;

const padToFour = (count: number) => 4 * Math.ceil(count / 4);

/** The places of each layer's weights and neurons in their buffers. */
export function layerShapes(plane: PlaneNetwork): LayerShape[] {
  let firstWeight = 0;
  // The first block of a network with a smooth layer describes the view.
  let firstBlock = plane.isPiecewiseLinear ? 0 : 1;
  let firstNeuron = 0;
  return plane.layers.map((layer, index) => {
    const inputs = padToFour(layer.inputs);
    const blocks = Math.ceil(layer.outputs / 4);
    const shape = { inputs, blocks, firstWeight, firstBlock, firstNeuron, number: index + 1 };
    firstWeight += inputs * blocks;
    firstBlock += blocks;
    firstNeuron += layer.outputs;
    return shape;
  });
}

/** Weights as [inputs, blocks] of four neurons' weights each, padded with zeros. */
export function packWeights(plane: PlaneNetwork): Float32Array<ArrayBuffer> {
  const shapes = layerShapes(plane);
  const total = shapes.reduce((count, shape) => count + shape.inputs * shape.blocks, 0);
  const packed = new Float32Array(4 * total);
  plane.layers.forEach((layer, index) => {
    const { blocks, firstWeight } = shapes[index];
    for (let i = 0; i < layer.outputs; i += 1) {
      for (let j = 0; j < layer.inputs; j += 1) {
        const at = 4 * (firstWeight + j * blocks + (i >> 2)) + (i & 3);
        packed[at] = layer.weight[i * layer.inputs + j];
      }
    }
  });
  return packed;
}

/** Floats of the neurons' buffer. */
export function neuronFloats(plane: PlaneNetwork): number {
  const last = layerShapes(plane).at(-1)!;
  return BLOCK_FLOATS[familyOf(plane)] * (last.firstBlock + last.blocks);
}

/** The neurons at an anchor, as blocks of four, and what the numbers that kernels store are relative to. */
export function anchorWide(plane: PlaneNetwork, anchor: Anchor): AnchoredField {
  const family = familyOf(plane);
  return family === 'smooth' ? anchorSmooth(plane, anchor) : anchorKinks(plane, family, anchor);
}

/** Writes the members of a neuron's block. */
function writeNeuron(
  neurons: Float32Array,
  firstBlock: number,
  neuron: number,
  members: readonly number[],
): void {
  const at = 4 * members.length * (firstBlock + (neuron >> 2)) + (neuron & 3);
  members.forEach((member, index) => {
    neurons[at + 4 * index] = member;
  });
}

/** A pre-activation in units of the half-width. */
function relative(z: DoubleDoubles, neuron: number, { halfWidth }: Anchor): number {
  return Math.min(P_MAX, Math.max(-P_MAX, toNumber(z.get(neuron)) / halfWidth));
}

function anchorKinks(
  plane: PlaneNetwork,
  family: Exclude<Family, 'smooth'>,
  anchor: Anchor,
): AnchoredField {
  const shapes = layerShapes(plane);
  const { hidden, outputs } = evaluatePlane(plane, anchor);
  const neurons = new Float32Array(neuronFloats(plane));
  [...hidden, outputs].forEach((z, index) => {
    const { activation } = plane.layers[index];
    for (let i = 0; i < z.length; i += 1) {
      const slope = activation.kind === 'twoSlope' ? activation.slopes[i] : null;
      const members = kinkMembers(family, relative(z, i, anchor), slope);
      writeNeuron(neurons, shapes[index].firstBlock, i, members);
    }
  });
  return {
    parameters: neurons,
    offset: outputs.get(0),
    scale: anchor.halfWidth,
    baseGradient: [ZERO, ZERO],
    gradientScale: 1,
    small: false,
  };
}

/** @param slope null in the output layer, which has no activation and only needs a sign */
function kinkMembers(
  family: Exclude<Family, 'smooth'>,
  p: number,
  slope: number | null,
): readonly number[] {
  if (slope === null) return [0, 0, 1];
  switch (family) {
    case 'relu':
      return [Math.min(p, 0), -Math.max(p, 0), 1];
    case 'abs':
      return [0, -Math.abs(p), p < 0 ? -1 : 1];
    case 'leaky':
      return [slope, -p, 1];
  }
}

/** If smooth neurons' pre-activations change by at most this in the view, gradients are relative to that at the anchor. */
const SMALL = 1;

function anchorSmooth(plane: PlaneNetwork, anchor: Anchor): AnchoredField {
  const shapes = layerShapes(plane);
  const { halfWidth: s } = anchor;
  const at = evaluatePlane(plane, anchor);
  const [alongX, alongY] = planeTangents(plane, at);
  const small = greatestChange(plane, [alongX, alongY]) * s * anchor.reach <= SMALL;
  const neurons = new Float32Array(neuronFloats(plane));
  neurons.set([s, 1 / s, small ? 0 : 1, 0]);
  [...at.hidden, at.outputs].forEach((z, index) => {
    const { activation } = plane.layers[index];
    for (let i = 0; i < z.length; i += 1) {
      const [height, parameter] =
        activation.kind === 'smooth'
          ? [z.high[i], parameterOf(activation.activation)]
          : [relative(z, i, anchor), activation.kind === 'twoSlope' ? activation.slopes[i] : 1];
      const tangents = [alongX, alongY].map((along) => (small ? along[index].high[i] : 0));
      writeNeuron(neurons, shapes[index].firstBlock, i, [height, parameter, ...tangents]);
    }
  });
  const base = (along: readonly DoubleDoubles[]) => (small ? along.at(-1)!.get(0) : ZERO);
  return {
    parameters: neurons,
    offset: at.outputs.get(0),
    scale: s,
    baseGradient: [base(alongX), base(alongY)],
    gradientScale: 1,
    small,
  };
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
