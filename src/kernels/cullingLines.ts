import type { KinkFamily } from './families.ts';

/** The lines of culled.wgsl that depend on the family, by the names of their places. */
interface CullingLines {
  /** Defines `unit`: what an open neuron of the last layer is made of, by its slot. */
  readonly unit: string;
  /** Define `factor` and `constant` of the maps of neurons that are not open, of four at a time. */
  readonly settled: string;
  /** Defines `slope`, that of one neuron where it is off, if it has its own. */
  readonly ownSlope: string;
  /** What one quad of an open neuron's map becomes. */
  readonly passedOn: string;
  /** Puts an open neuron into its slot, and makes its activation of that. */
  readonly opened: string;
}

/** The slot is all that the activation is, but for a constant. */
const SAME_SLOPE: CullingLines = {
  unit: 'let unit = vec4f(LANES == vec4u(slot - firstSlot));',
  settled: `let factor = select(vec4f(OFF_FACTOR), vec4f(1.0), stays);
let constant = select((1.0 - OFF_FACTOR) * floors, vec4f(0.0), stays);`,
  ownSlope: '',
  passedOn: 'activations[source] = vec4f(0.0);',
  opened: `nets[quadAt(net, row)] = vec4f(z.x - floor, z.yz, 0.0);
activations[mapIndex(half, 0u, neuron, tile)] = vec4f(floor, 0.0, 0.0, 0.0);
for (var turn = 0u; turn < once(ownQuad < quads); turn++) {
activations[mapIndex(half, ownQuad, neuron, tile)] = unit;
}`,
};

/**
 * With α the slope where a neuron is off and p its pre-activation at the anchor, −floor,
 *
 *     φ(p + ζ) − φ(p) = α ζ + (1 − α) (max(p + ζ, 0) − max(p, 0)),
 *
 * and what is between the outer parentheses is a ReLU: so a slot holds that ReLU, 1 − α its weight, which the slot has in its fourth
 * component, and the networks of tiles and leaves are those of ReLU.
 */
const OWN_SLOPE: CullingLines = {
  unit: 'let unit = nets[quadAt(tileNet(tile), rowOf(slot))].w * vec4f(LANES == vec4u(slot - firstSlot));',
  settled: `let slopes = neurons[layer.firstBlock + block].slope;
let isOn = low > vec4f(0.0);
let factor = select(slopes, vec4f(1.0), stays);
let kink = (1.0 - slopes) * select(min(floors, vec4f(0.0)), -max(floors, vec4f(0.0)), isOn);
let constant = select(kink, vec4f(0.0), isOpen);`,
  ownSlope: 'let slope = neurons[layer.firstBlock + neuron / 4u].slope[neuron % 4u];',
  passedOn: 'activations[source] = slope * map;',
  opened: `nets[quadAt(net, row)] = vec4f(z.x - floor, z.yz, 1.0 - slope);
let start = slope * z.x + (1.0 - slope) * min(floor, 0.0);
activations[mapIndex(half, 0u, neuron, tile)] = vec4f(start, slope * z.yz, 0.0);
for (var turn = 0u; turn < once(ownQuad < quads); turn++) {
activations[mapIndex(half, ownQuad, neuron, tile)] += (1.0 - slope) * unit;
}`,
};

export const CULLING_LINES: Readonly<Record<KinkFamily, CullingLines>> = {
  relu: SAME_SLOPE,
  abs: SAME_SLOPE,
  leaky: OWN_SLOPE,
};
