/**
 * The two-slope activations as straight-line code, z > 0 ? z : slope · z for a neuron's pre-activation: ReLU (slope 0), Abs (−1), and
 * any slopes (leaky), of which the others are cases with fewer operations.
 *
 * With p the pre-activation at the centre in units of the half-width and ζ its change, ReLU turns
 * the change ζ into the change relu(p + ζ) − relu(p) = max(ζ + min(p, 0), −max(p, 0)). With
 * `shift` = min(p, 0) and `floor` = −max(p, 0) that is one addition and one maximum, as many as bias
 * and ReLU need without an anchor. For Abs, |p + ζ| − |p| = max(ζ', −ζ' + 2 floor) with ζ' = ±ζ, the sign
 * being that of p (which the packer folds into the weights) and `floor` = −|p|.
 *
 * For other slopes the sign σ is −1 where p > 0, else 1, so that ζ' = σζ crosses `floor` = |p| from below: the activation changes by
 * below · ζ' before that and by above · ζ' + rest beyond, with the slopes 1 and `slope`, times σ, in that order or the other, and
 * rest = (below − above) · floor. The sum below · ζ' + (above − below) · max(ζ' − floor, 0) would lose digits where the slope is 0.
 *
 * In all of them, z − floor is the pre-activation itself (up to that sign). Names as in mlp.ts; `id` is {layer}_{neuron}.
 */
export type Family = 'relu' | 'abs' | 'leaky';

/** What straight-line code of a network depends on: its hidden layers. */
export interface NetworkShape {
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  readonly family: Family;
  /** The number 1, 2, … that the hinges of a layer have. */
  readonly numbers: readonly number[];
  /** Whether neuron i of a layer reads neuron i of the layer before it only. */
  readonly isOneToOne: readonly boolean[];
}

/** What numbers a neuron may have, after its weights. */
export type NeuronParameter = 'shift' | 'floor' | 'sign' | 'lean';

/** Those of a layer's neurons. The first ReLU of a clamp has a shift in every family (neuronsAtAnchor.ts). */
export function parametersOf(
  { family, isOneToOne }: NetworkShape,
  layer: number,
): readonly NeuronParameter[] {
  const { parameters } = FAMILIES[family];
  const isMissing = isOneToOne[layer + 1] && !parameters.includes('shift');
  return isMissing ? [...parameters, 'shift'] : parameters;
}

/** What is added to Σ w · input to make z. */
export function shiftOf(shape: NetworkShape, layer: number, i: number): string {
  return parametersOf(shape, layer).includes('shift') ? ` + shift${layer}_${i}` : '';
}

/** Lines and expressions for one neuron. */
export interface FamilyLines {
  readonly parameters: readonly NeuronParameter[];
  /** Whether the weights have the sign of p folded in: sign{id} · (z − floor{id}) is the pre-activation then. */
  readonly isSigned: boolean;
  /** Lines that define more of these numbers, once per thread. */
  load(id: string): readonly string[];
  /** h of z. */
  activation(id: string): string;
  /** The derivative of h by z, times `factor` (vec4f); as in PyTorch at the kink. */
  through(id: string, factor: string): string;
  /** Lines that define e{id}, how h changes with z by `change`, with the sample as anchor: q{id} is z − floor. */
  step(id: string, change: string): readonly string[];
  /** The same at the middle of a tile, where z is c{id} (f32) with the slopes a{id} and b{id}, if no hinge crosses; on{id} is c > floor. */
  readonly settled: {
    value(id: string): string;
    /** @param name a, b */
    slope(id: string, name: string): string;
  };
  /**
   * … and if one hinge crosses, its neuron being open: that contributes an affine function of z, and `weight` times a kink
   * of z − floor. Others have isOn{id} or isOff{id}.
   */
  readonly open: {
    value(id: string): string;
    /** @param name a, b, or o: the weight of the open neuron */
    slope(id: string, name: string): string;
    weight(id: string): string;
    readonly kink: Kink;
  };
}

/** A kink of z at 0. */
export interface Kink {
  readonly value: string;
  readonly derivative: string;
  /** base, and what the kink adds to it: f32. */
  slope(base: string, kink: string): string;
  /** The most that it is for |z − height| ≤ reach, both with the suffix `id`. */
  most(id: string): string;
}

const POSITIVE_PART: Kink = {
  value: 'select(vec4f(0.0), z, z > vec4f(0.0))',
  derivative: 'select(vec4f(0.0), vec4f(1.0), z > vec4f(0.0))',
  slope: (base, kink) => `select(vec4f(${base}), vec4f(${base} + ${kink}), z > vec4f(0.0))`,
  most: (id) => `height${id} + reach${id}`,
};

const SIZE: Kink = {
  value: 'abs(z)',
  derivative: 'sign(z)',
  slope: (base, kink) => `${base} + ${kink} * sign(z)`,
  most: (id) => `max(height${id} + reach${id}, reach${id} - height${id})`,
};

export const FAMILIES: { readonly [F in Family]: FamilyLines } = {
  relu: {
    parameters: ['shift', 'floor'],
    isSigned: false,
    load: () => [],
    activation: (id) => `select(vec4f(floor${id}), z${id}, z${id} > vec4f(floor${id}))`,
    through: (id, factor) => `select(vec4f(0.0), ${factor}, z${id} > vec4f(floor${id}))`,
    step: (id, change) => [
      `let r${id} = ${change} + min(q${id}, vec4f(0.0));`,
      `let e${id} = max(r${id}, -max(q${id}, vec4f(0.0)));`,
    ],
    settled: {
      value: (id) => `select(floor${id}, c${id}, on${id})`,
      slope: (id, name) => `select(0.0, ${name}${id}, on${id})`,
    },
    open: {
      value: (id) => `select(floor${id}, c${id}, isOn${id})`,
      slope: (id, name) => `select(0.0, ${name}${id}, isOn${id})`,
      weight: () => '1.0',
      kink: POSITIVE_PART,
    },
  },
  abs: {
    parameters: ['sign', 'floor'],
    isSigned: true,
    load: () => [],
    activation: (id) => `select(2.0 * floor${id} - z${id}, z${id}, z${id} > vec4f(floor${id}))`,
    through: (id, factor) => `sign(z${id} - floor${id}) * ${factor}`,
    step: (id, change) => [
      `let c${id} = ${change};`,
      `let r${id} = select(-c${id}, c${id}, q${id} >= vec4f(0.0));`,
      `let e${id} = max(r${id}, -r${id} - 2.0 * abs(q${id}));`,
    ],
    settled: {
      value: (id) => `select(2.0 * floor${id} - c${id}, c${id}, on${id})`,
      slope: (id, name) => `select(-${name}${id}, ${name}${id}, on${id})`,
    },
    open: {
      value: (id) =>
        `select(select(floor${id}, 2.0 * floor${id} - c${id}, isOff${id}), c${id}, isOn${id})`,
      slope: (id, name) =>
        `select(select(0.0, -${name}${id}, isOff${id}), ${name}${id}, isOn${id})`,
      weight: () => '1.0',
      kink: SIZE,
    },
  },
  leaky: {
    // lean is the slope times the sign.
    parameters: ['sign', 'floor', 'lean'],
    isSigned: true,
    load: (id) => [
      `let below${id} = select(sign${id}, lean${id}, sign${id} > 0.0); let above${id} = select(lean${id}, sign${id}, sign${id} > 0.0);`,
      `let bend${id} = above${id} - below${id}; let rest${id} = -bend${id} * floor${id};`,
    ],
    activation: (id) =>
      `select(below${id} * z${id}, above${id} * z${id} + rest${id}, z${id} > vec4f(floor${id}))`,
    through: (id, factor) =>
      `select(vec4f(lean${id}), vec4f(sign${id}), sign${id} * z${id} > vec4f(sign${id} * floor${id})) * ${factor}`,
    step: (id, change) => [
      `let c${id} = ${change}; let r${id} = q${id} + c${id};`,
      `let isAbove${id} = q${id} > vec4f(0.0); let endsAbove${id} = r${id} > vec4f(0.0);`,
      `let own${id} = select(vec4f(below${id}), vec4f(above${id}), isAbove${id}); let other${id} = (below${id} + above${id}) - own${id};`,
      `let e${id} = select(own${id} * c${id}, other${id} * r${id} - own${id} * q${id}, isAbove${id} != endsAbove${id});`,
    ],
    settled: {
      value: (id) => `select(below${id} * c${id}, above${id} * c${id} + rest${id}, on${id})`,
      slope: (id, name) => `select(below${id}, above${id}, on${id}) * ${name}${id}`,
    },
    open: {
      value: (id) => `select(below${id} * c${id}, above${id} * c${id} + rest${id}, isOn${id})`,
      slope: (id, name) => `select(below${id}, above${id}, isOn${id}) * ${name}${id}`,
      weight: (id) => `bend${id}`,
      kink: POSITIVE_PART,
    },
  },
};
