import { isSmoothKind } from './activationCode.ts';
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
  if (isSmoothKind(code)) return smoothLines(plan);
  return range(4).flatMap((r) => {
    const store = storeOf(r);
    if (code === 'twoSlope') return twoSlopeLines(code, plan, r, store);
    const lines =
      code === 'leaky' ? twoSlopeLines(code, plan, r, store) : kinkLines(code, plan, r, store);
    return [...lines, ...gatherLines(code, output, r)];
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
 *     φ(p + ζ) − φ(p) = ζ + (p < 0 ? (1 − α) p : 0) if p + ζ > 0, else α ζ − (p < 0 ? 0 : (1 − α) p),
 *
 * which subtracts nothing where α is 0. In networks with a smooth layer tangents are relative to those at the centre, T.
 *
 * Names: rest = (1 − α) p, q = p + ζ, t the change of a tangent, e that of the step, in which the sample is the anchor.
 */
function twoSlopeLines(code: 'leaky' | 'twoSlope', plan: Plan, r: number, store: Store): string[] {
  const [slope, height] =
    code === 'leaky'
      ? [`neuron.slope[${r}]`, `-neuron.floor[${r}]`]
      : [`neuron.parameter[${r}]`, `neuron.height[${r}]`];
  const lines = [
    `let slope${r} = ${slope};`,
    `let height${r} = ${height};`,
    `let z${r} = s0_${r} + neuron.shift[${r}];`,
    `let q${r} = z${r} + height${r};`,
    `let rest${r} = (1.0 - slope${r}) * height${r};`,
    `let wasOn${r} = height${r} > 0.0;`,
    `let h${r} = select(slope${r} * z${r} - select(0.0, rest${r}, wasOn${r}), z${r} + select(rest${r}, 0.0, wasOn${r}), q${r} > vec4f(0.0));`,
    store(0, `h${r}`),
  ];
  if (plan === 'tangents') {
    lines.push(`let g${r} = select(vec4f(slope${r}), vec4f(1.0), q${r} > vec4f(0.0));`);
    for (const c of [1, 2]) {
      lines.push(`let t${c}_${r} = s${c}_${r};`);
      const jump = ` + (g${r} - select(slope${r}, 1.0, wasOn${r})) * neuron.tangent${c}[${r}]`;
      lines.push(store(c, `g${r} * t${c}_${r}${code === 'leaky' ? '' : jump}`));
    }
  }
  if (plan === 'step') {
    const isRelative = code === 'twoSlope';
    const base = isRelative ? ` + base${r}` : '';
    const expected = `select(slope${r}, 1.0, wasOn${r}) * base${r}`;
    lines.push(
      ...(isRelative ? [baseStepLine(r)] : []),
      `let end${r} = q${r} + (s1_${r}${base});`,
      `let here${r} = select(vec4f(slope${r}), vec4f(1.0), q${r} > vec4f(0.0));`,
      `let there${r} = select(vec4f(slope${r}), vec4f(1.0), end${r} > vec4f(0.0));`,
      `let across${r} = there${r} * end${r} - here${r} * q${r}${isRelative ? ` - ${expected}` : ''};`,
      `let along${r} = here${r} * s1_${r}${isRelative ? ` + (here${r} * base${r} - ${expected})` : ''};`,
      store(1, `select(along${r}, across${r}, (q${r} > vec4f(0.0)) != (end${r} > vec4f(0.0)))`),
    );
  }
  return lines;
}

/** What the tangents at the centre make of the step. */
function baseStepLine(r: number | string): string {
  const [name, at] = typeof r === 'number' ? [`base${r}`, `${r}`] : ['base', r];
  return `let ${name} = neuron.tangent1[${at}] * hx + neuron.tangent2[${at}] * hy;`;
}

/**
 * Smooth neurons: a is a pre-activation at the centre and b the change of that, both in the plane's own units, as the functions of
 * activationCode.ts take them. `view` is (half-width, 1 / half-width, …), as struct AnchoredBlock says. The four neurons are
 * a loop, because compilers would write out the activation's code for each.
 *
 * The step's mean slope is an integral along it, by three nodes of Gauss's rule if it is at most ½; else the change over the step.
 */
function smoothLines(plan: Plan): string[] {
  const channels = { point: 1, tangents: 3, step: 2 }[plan];
  const store = (channel: number, value: string) =>
    `activations[indexOf(targetHalf, ${channel}u, 4u * block + r, group)] = ${value};`;
  const own = {
    point: [],
    tangents: [
      'let slope = activationSlope(a + b, parameter);',
      'let bend = activationSlopeChange(a, b, parameter);',
      ...[1, 2].map((c) => store(c, `slope * sums${c}[r] + bend * neuron.tangent${c}[r]`)),
    ],
    step: [
      baseStepLine('r'),
      `let step = ${cutOff('sums1[r] + base')};`,
      'let short = clamp(step, vec4f(-0.5), vec4f(0.5));',
      'let isShort = abs(step) <= vec4f(0.5);',
      'let whole = activationChange(a + b, step, parameter) / select(step, vec4f(1.0), isShort);',
      'var mean = vec4f(0.0); var bend = vec4f(0.0);',
      'for (var node = 0u; node < 3u; node++) {',
      'let gauss = gaussNodeOf3(node);',
      'mean += gauss.y * activationSlope(a + (b + gauss.x * short), parameter);',
      'bend += gauss.y * activationSlopeChange(a, b + gauss.x * short, parameter);',
      '}',
      'mean = select(whole, mean, isShort);',
      'bend = select(whole - activationSlope(a, parameter), bend, isShort);',
      store(1, 'mean * sums1[r] + bend * base'),
    ],
  }[plan];
  return [
    ...range(channels).map(
      (c) =>
        `var sums${c} = array(${range(4)
          .map((r) => `s${c}_${r}`)
          .join(', ')});`,
    ),
    'for (var r = 0u; r < 4u; r++) {',
    'let a = vec4f(neuron.height[r]);',
    'let parameter = neuron.parameter[r];',
    `let b = ${cutOff('sums0[r]')};`,
    store(0, 'view.y * activationChange(a, b, parameter)'),
    ...own,
    '}',
  ];
}

/** What is in half-widths in the plane's own units, finite. */
function cutOff(value: string): string {
  return `clamp(view.x * (${value}), vec4f(-FAR_CHANGE), vec4f(FAR_CHANGE))`;
}

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
