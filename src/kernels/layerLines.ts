import type { Output } from './composeEvaluate.ts';
import type { KinkFamily, LayerCode } from './families.ts';
import { range } from './fieldCode.ts';

/**
 * The lines of WGSL by which a layer makes of the sums s{channel}_{r} of a block of four neurons (productLines) what is stored of
 * their activations. r is the neuron's place in the block.
 */

/**
 * What is carried through the layers besides the sample itself (channel 0): its two tangents for gradients
 * and hinges, or the step of np.gradient.
 */
export type Plan = 'point' | 'tangents' | 'step';

/** Writes what a neuron hands on in a channel. */
type Store = (channel: number, value: string) => string;

function storeOf(r: number): Store {
  return (channel, value) =>
    `activations[indexOf(targetHalf, ${channel}u, 4u * block + ${r}u, group)] = ${value};`;
}

/** Hands on the sums themselves, as the output layer does. */
export function sumLines(channels: number): string[] {
  return range(4).flatMap((r) => range(channels).map((c) => storeOf(r)(c, `s${c}_${r}`)));
}

/** @param output for which lines follow that gather something from each neuron; it must not be of a smooth layer */
export function activateLines(code: LayerCode, plan: Plan, output: Output): string[] {
  return range(4).flatMap((r) => {
    const store = storeOf(r);
    switch (code) {
      case 'relu':
      case 'abs':
        return [...kinkLines(code, plan, r, store), ...gatherLines(code, output, r)];
      case 'leaky':
        return [...twoSlopeLines(code, plan, r, store), ...gatherLines(code, output, r)];
      case 'twoSlope':
        return twoSlopeLines(code, plan, r, store);
      default:
        return smoothLines(plan, r, store);
    }
  });
}

/** Like mlp.ts for one neuron, but with the sign applied here and not to the weights. */
function kinkLines(code: 'relu' | 'abs', plan: Plan, r: number, store: Store): string[] {
  const relu = code === 'relu';
  const lines = [
    `let sign${r} = neuron.sign[${r}];`,
    `let floor${r} = neuron.floor[${r}];`,
    `let z${r} = sign${r} * s0_${r} + neuron.shift[${r}];`,
    relu
      ? `let h${r} = select(vec4f(floor${r}), z${r}, z${r} > vec4f(floor${r}));`
      : `let h${r} = select(2.0 * floor${r} - z${r}, z${r}, z${r} > vec4f(floor${r}));`,
    `let q${r} = z${r} - floor${r};`,
    store(0, `h${r}`),
  ];
  if (plan === 'tangents') {
    for (const c of [1, 2]) {
      lines.push(`let t${c}_${r} = sign${r} * s${c}_${r};`);
      const slope = relu
        ? `select(vec4f(0.0), t${c}_${r}, q${r} > vec4f(0.0))`
        : `sign(q${r}) * t${c}_${r}`;
      lines.push(store(c, slope));
    }
  }
  if (plan === 'step') {
    const e = relu
      ? `max(s1_${r} + min(q${r}, vec4f(0.0)), -max(q${r}, vec4f(0.0)))`
      : `max(r${r}, -r${r} - 2.0 * abs(q${r}))`;
    if (!relu) {
      lines.push(
        `let r${r} = select(-sign${r} * s1_${r}, sign${r} * s1_${r}, q${r} >= vec4f(0.0));`,
      );
    }
    lines.push(store(1, e));
  }
  return lines;
}

/**
 * A neuron with the slope α where it is off. With p its pre-activation at the centre in units of the half-width and ζ its change,
 *
 *     φ(p + ζ) − φ(p) = m ζ + (1 − α) max(σ (p + ζ), 0),  (m, σ) = (1, −1) for p ≥ 0, (α, 1) for p < 0.
 *
 * In networks with a smooth layer tangents are relative to those at the centre, T.
 *
 * Names: q = p + ζ, t the change of a tangent, e that of the step.
 */
function twoSlopeLines(code: 'leaky' | 'twoSlope', plan: Plan, r: number, store: Store): string[] {
  const [slope, height] =
    code === 'leaky'
      ? [`neuron.slope[${r}]`, `-neuron.floor[${r}]`]
      : [`neuron.parameter[${r}]`, `neuron.height[${r}]`];
  const lines = [
    `let slope${r} = ${slope};`,
    `let height${r} = ${height};`,
    `let q${r} = s0_${r} + height${r};`,
    `let own${r} = select(slope${r}, 1.0, height${r} >= 0.0);`,
    `let beyond${r} = select(q${r}, -q${r}, height${r} >= 0.0);`,
    `let h${r} = own${r} * s0_${r} + (1.0 - slope${r}) * select(vec4f(0.0), beyond${r}, beyond${r} > vec4f(0.0));`,
    store(0, `h${r}`),
  ];
  if (plan === 'tangents') {
    lines.push(`let g${r} = select(vec4f(slope${r}), vec4f(1.0), q${r} > vec4f(0.0));`);
    for (const c of [1, 2]) {
      lines.push(`let t${c}_${r} = s${c}_${r};`);
      const jump = ` + (g${r} - select(slope${r}, 1.0, height${r} > 0.0)) * neuron.tangent${c}[${r}]`;
      lines.push(store(c, `g${r} * t${c}_${r}${code === 'leaky' ? '' : jump}`));
    }
  }
  if (plan === 'step') {
    // The sample is the anchor.
    lines.push(
      ...(code === 'leaky'
        ? [`let step${r} = s1_${r};`]
        : [baseStepLine(r), `let step${r} = s1_${r} + base${r};`]),
      `let here${r} = select(vec4f(slope${r}), vec4f(1.0), q${r} >= vec4f(0.0));`,
      `let end${r} = q${r} + step${r};`,
      `let past${r} = select(end${r}, -end${r}, q${r} >= vec4f(0.0));`,
      `let rise${r} = (1.0 - slope${r}) * select(vec4f(0.0), past${r}, past${r} > vec4f(0.0));`,
    );
    const ahead = `select(slope${r}, 1.0, height${r} > 0.0)`;
    lines.push(
      code === 'leaky'
        ? store(1, `here${r} * step${r} + rise${r}`)
        : store(1, `here${r} * s1_${r} + (here${r} - ${ahead}) * base${r} + rise${r}`),
    );
  }
  return lines;
}

/** What the tangents at the centre make of the step. */
function baseStepLine(r: number): string {
  return `let base${r} = neuron.tangent1[${r}] * hx + neuron.tangent2[${r}] * hy;`;
}

/**
 * A smooth neuron: a its pre-activation at the centre and b the change of that, both in the plane's own units, as the functions of
 * activationCode.ts take them. `view` is (half-width, 1 / half-width, …), as struct AnchoredBlock says.
 *
 * The step's mean slope is an integral along it, by three nodes of Gauss's rule if it is at most ½; else the change over the step.
 */
function smoothLines(plan: Plan, r: number, store: Store): string[] {
  const lines = [
    `let a${r} = vec4f(neuron.height[${r}]);`,
    `let parameter${r} = neuron.parameter[${r}];`,
    `let b${r} = clamp(view.x * s0_${r}, vec4f(-FAR_CHANGE), vec4f(FAR_CHANGE));`,
    store(0, `view.y * activationChange(a${r}, b${r}, parameter${r})`),
  ];
  if (plan === 'tangents') {
    lines.push(
      `let slope${r} = activationSlope(a${r} + b${r}, parameter${r});`,
      `let bend${r} = activationSlopeChange(a${r}, b${r}, parameter${r});`,
      ...[1, 2].map((c) =>
        store(c, `slope${r} * s${c}_${r} + bend${r} * neuron.tangent${c}[${r}]`),
      ),
    );
  }
  if (plan === 'step') {
    const node = (x: number, name: string) =>
      `${name}(${name === 'activationSlope' ? `a${r} + (b${r} + ${x} * short${r})` : `a${r}, b${r} + ${x} * short${r}`}, parameter${r})`;
    const mean = (name: string) =>
      GAUSS_3.map(([x, weight]) => `${weight} * ${node(x, name)}`).join(' + ');
    lines.push(
      baseStepLine(r),
      `let step${r} = clamp(view.x * (s1_${r} + base${r}), vec4f(-FAR_CHANGE), vec4f(FAR_CHANGE));`,
      `let short${r} = clamp(step${r}, vec4f(-0.5), vec4f(0.5));`,
      `let isShort${r} = abs(step${r}) <= vec4f(0.5);`,
      `let whole${r} = activationChange(a${r} + b${r}, step${r}, parameter${r}) / select(step${r}, vec4f(1.0), isShort${r});`,
      `let mean${r} = select(whole${r}, ${mean('activationSlope')}, isShort${r});`,
      `let bend${r} = select(whole${r} - activationSlope(a${r}, parameter${r}), ${mean('activationSlopeChange')}, isShort${r});`,
      store(1, `mean${r} * s1_${r} + bend${r} * base${r}`),
    );
  }
  return lines;
}

/** Places and weights of Gauss's rule with three nodes on [0, 1]. Source: as gaussNode in shaders/common/math.wgsl. */
const GAUSS_3 = [
  [0.1127016653792583, 5 / 18],
  [0.5, 4 / 9],
  [0.8872983346207417, 5 / 18],
] as const;

/** What `region` and `hinge` gather from a neuron with a kink. */
function gatherLines(code: KinkFamily, output: Output, r: number): string[] {
  if (output === 'region') return atomicLines(r, regionOf(code, r), 'atomicXor');
  if (output === 'hinge') return atomicLines(r, hingeOf(r), 'atomicMax');
  return [];
}

function regionOf(code: KinkFamily, r: number): string {
  const key = `neuronKey(layer.firstNeuron + 4u * block + ${r}u)`;
  const height = code === 'leaky' ? `q${r}` : `sign${r} * q${r}`;
  return `select(vec4u(0u), vec4u(${key}), ${height} > vec4f(0.0))`;
}

function hingeOf(r: number): string {
  const slope = `t1_${r} * unit.x, t2_${r} * unit.y`;
  return `hingeCoverage(q${r}, ${slope}, pen) + layer.number`;
}

/** The group's place in the target. */
export const TARGET = 'let target0 = grid.targetRow * grid.groupsPerRow + batch.first + group;';

function atomicLines(r: number, found: string, combine: string): string[] {
  return [
    `let found${r} = ${found};`,
    ...(r === 0 ? [TARGET] : []),
    ...range(4).map((lane) => `${combine}(&samples[4u * target0 + ${lane}u], found${r}[${lane}]);`),
  ];
}
