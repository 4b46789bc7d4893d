import { neuronKey } from '../model/pattern.ts';
import { type FieldCode, ParameterReader, range, sum } from './fieldCode.ts';

/** Fields made of K logits; sigmoid and tanh are softmax over the two logits (0, z). */
export type LogitFieldKind = 'lse' | 'gap' | 'softmax' | 'max' | 'argmax';

/**
 * Code for the fields of K logits σ_k = a_k·x + b_k, unrolled over k.
 *
 * With π the softmax at the centre, ā = Σ π_k a_k and s the half-width, only t_k = λ s (a_k − ā)·u enters:
 * softmax does not see the common part, and lse has it as the linear term ā·u. As Σ π_k t_k = 0,
 *
 *     log Σ π_k e^{t_k} = log1p(Σ π_k (e^{t_k} − 1 − t_k)),
 *
 * whose terms are all positive: nothing cancels, however small the view. Where the view is not small
 * (some |t| may exceed ½), exponentials of log π_k + t_k, less their maximum, serve.
 *
 * Names: t and l as above (l = log π + t, M its maximum), y softmax at the sample, c its change y − π,
 * q the logits in units of s, less the largest one at the centre; m the index of the first largest,
 * (mX, mY) its a; (topX, topY) the a of the one that is largest at the centre.
 */
export function logitCode(
  kind: LogitFieldKind,
  count: number,
  keys: 'logits' | 'neuron',
): FieldCode {
  const all = range(count);
  const keyOf = (k: number) => {
    if (keys === 'logits') return neuronKey(k);
    return k === 0 ? 0 : neuronKey(0);
  };
  const region = all
    .slice(1)
    .reduce(
      (found, k) => `select(${found}, vec4u(${keyOf(k)}u), m == vec4u(${k}u))`,
      `vec4u(${keyOf(0)}u)`,
    );
  return {
    key: `${kind} ${count} ${keys}`,
    load: loadLines(all).join('\n'),
    ...evaluationCode(kind, all),
    region: [...largestLines(all), `let region = ${region};`].join('\n'),
    hinge: [...largestLines(all), ...hingeLines(all)].join('\n'),
  };
}

/** The order of the parameters; packLogits (anchorLogits.ts) writes the same. */
function loadLines(all: readonly number[]): string[] {
  const reader = new ParameterReader();
  // inverse = 1 / (λ s), outer = gain / s, rate = gain · λ; the gain is 2 for tanh, else 1.
  for (const name of ['inverse', 'outer', 'rate', 'component']) reader.read(name);
  for (const name of ['meanX', 'meanY', 'topX', 'topY']) reader.read(name);
  for (const k of all) {
    for (const name of ['aX', 'aY', 'tX', 'tY', 'pairX', 'pairY', 'pi', 'logPi', 'p'])
      reader.read(`${name}${k}`);
  }
  const picks = all.map((k) => `let pick${k} = f32(component == ${k}.0);`);
  return [...reader.lines, ...picks];
}

type Evaluation = Pick<FieldCode, 'value' | 'gradient' | 'valueAndGradient' | 'difference'>;

function evaluationCode(kind: LogitFieldKind, all: readonly number[]): Evaluation {
  const pieces = {
    lse: lseCode,
    gap: gapCode,
    softmax: softmaxCode,
    max: maxCode,
    argmax: argmaxCode,
  };
  const { value, gradient, difference } = pieces[kind](all);
  return {
    value: value.join('\n'),
    gradient: gradient.join('\n'),
    valueAndGradient: [
      'var valueFirst: vec4f;',
      '{',
      ...value,
      'valueFirst = value;',
      '}',
      ...gradient,
      'let value = valueFirst;',
    ].join('\n'),
    difference: difference.join('\n'),
  };
}

interface Lines {
  readonly value: readonly string[];
  readonly gradient: readonly string[];
  readonly difference: readonly string[];
}

function lseCode(all: readonly number[]): Lines {
  const gradient = [
    ...softmaxLines(all),
    ...gradientLines(all, {
      small: (axis) => `d${axis}`,
      large: (axis) => sum(all.map((k) => `y${k} * a${axis}${k}`)),
    }),
  ];
  return {
    value: [...logSumLines(all), 'let value = meanX * x + meanY * y + logSum * inverse;'],
    gradient,
    difference: [
      'var difference: vec4f;',
      'if (small) {',
      ...atMiddleOfStep(gradient),
      '} else {',
      ...softmaxLines(all),
      ...stepLines(all),
      'difference = meanX * hx + meanY * hy + logStep * inverse;',
      '}',
    ],
  };
}

function gapCode(all: readonly number[]): Lines {
  const gradient = [
    ...softmaxLines(all),
    ...largestLines(all),
    ...gradientLines(all, {
      small: (axis) => `d${axis} - (m${axis} - top${axis})`,
      large: (axis) => sum(all.map((k) => `y${k} * (a${axis}${k} - m${axis})`)),
    }),
  ];
  const relative = all.map((k) => `p${k} + t${k} * inverse`);
  return {
    value: [
      ...logSumLines(all),
      'var value: vec4f;',
      'if (small) {',
      `value = logSum * inverse - ${maximum(relative)};`,
      '} else {',
      'value = excess * inverse;',
      '}',
    ],
    gradient,
    difference: [
      ...largestLines(all),
      'var difference: vec4f;',
      'if (small) {',
      ...atMiddleOfStep([
        ...softmaxLines(all),
        ...meanChangeLines(all),
        'let d1 = dX; let d2 = dY;',
      ]),
      `difference -= ${maximum(all.map((k) => `q${k} - top + (aX${k} - topX) * hx + (aY${k} - topY) * hy`))};`,
      '} else {',
      ...softmaxLines(all),
      ...stepLines(all),
      `let maxStep = ${maximum(all.map((k) => `q${k} - top + (aX${k} - meanX) * hx + (aY${k} - meanY) * hy`))};`,
      'difference = logStep * inverse - maxStep;',
      '}',
    ],
  };
}

function softmaxCode(all: readonly number[]): Lines {
  const pick = (name: string) => sum(all.map((k) => `pick${k} * ${name}${k}`));
  const gradient = [
    'var d1: vec4f; var d2: vec4f;',
    `let pickedX = ${pick('aX')}; let pickedY = ${pick('aY')};`,
    'if (small) {',
    ...pairChangeLines(all, pick),
    ...['X', 'Y'].map((axis, i) => {
      const terms = all.map((k) => `(picked${axis} - a${axis}${k}) * change${k}`);
      return `d${i + 1} = rate * (${sum(terms)});`;
    }),
    '} else {',
    ...softmaxLines(all),
    `let shown = ${pick('y')};`,
    ...['X', 'Y'].map((axis, i) => {
      const terms = all.map((k) => `y${k} * (picked${axis} - a${axis}${k})`);
      return `d${i + 1} = rate * shown * (${sum(terms)});`;
    }),
    '}',
  ];
  return {
    value: [...softmaxLines(all), `let value = outer * (${pick('c')});`],
    gradient,
    difference: [
      'var difference: vec4f;',
      'if (small) {',
      ...atMiddleOfStep(gradient),
      '} else {',
      ...softmaxLines(all),
      ...stepLines(all),
      `difference = outer * (${pick('yStep')});`,
      '}',
    ],
  };
}

function maxCode(all: readonly number[]): Lines {
  const largest = largestLines(all);
  return {
    value: [`let value = ${maximum(all.map((k) => `aX${k} * x + (aY${k} * y + p${k})`))};`],
    gradient: [...largest, 'let d1 = mX; let d2 = mY;'],
    difference: [
      ...largest,
      `let difference = ${maximum(all.map((k) => `q${k} - top + aX${k} * hx + aY${k} * hy`))};`,
    ],
  };
}

function argmaxCode(all: readonly number[]): Lines {
  const value = [...largestLines(all), 'let value = vec4f(m == vec4u(u32(component)));'];
  return {
    value,
    gradient: ['let d1 = vec4f(0.0); let d2 = vec4f(0.0);'],
    difference: [
      'var difference: vec4f;',
      '{',
      ...value,
      'difference = -value;',
      '}',
      '{',
      'let xThere = x + hx; let yThere = y + hy;',
      'let x = xThere; let y = yThere;',
      ...value,
      'difference += value;',
      '}',
    ],
  };
}

function maximum(terms: readonly string[]): string {
  return terms.reduce((most, term) => `max(${most}, ${term})`);
}

/** The derivative along the step, at its middle: right to third order, and nothing cancels. */
function atMiddleOfStep(gradient: readonly string[]): string[] {
  return [
    'let xMiddle = x + 0.5 * hx; let yMiddle = y + 0.5 * hy;',
    '{',
    'let x = xMiddle; let y = yMiddle;',
    ...gradient,
    'difference = d1 * hx + d2 * hy;',
    '}',
  ];
}

function largestLines(all: readonly number[]): string[] {
  const lines = all.map((k) => `let q${k} = aX${k} * x + (aY${k} * y + p${k});`);
  lines.push('var top = q0; var m = vec4u(0u); var mX = vec4f(aX0); var mY = vec4f(aY0);');
  for (const k of all.slice(1)) {
    lines.push(`let over${k} = q${k} > top;`);
    lines.push(`m = select(m, vec4u(${k}u), over${k});`);
    lines.push(
      `mX = select(mX, vec4f(aX${k}), over${k}); mY = select(mY, vec4f(aY${k}), over${k});`,
    );
    lines.push(`top = select(top, q${k}, over${k});`);
  }
  return lines;
}

function tLines(all: readonly number[]): string[] {
  return all.map((k) => `let t${k} = tX${k} * x + tY${k} * y;`);
}

/** E = Σ e^{l_k − M} without the 1 of the first largest, in which a small rest would drown. */
function exponentialLines(all: readonly number[]): string[] {
  return [
    ...all.map((k) => `let l${k} = logPi${k} + t${k};`),
    `let M = ${maximum(all.map((k) => `l${k}`))};`,
    'var E = vec4f(0.0); var found = vec4<bool>(false);',
    ...all.flatMap((k) => [
      `let e${k} = exp(l${k} - M);`,
      `let first${k} = !found & (l${k} == M); found = found | first${k};`,
      `E += select(e${k}, vec4f(0.0), first${k});`,
    ]),
  ];
}

/** logSum = log Σ π_k e^{t_k}; where the view is not small also excess = logSum − M. */
function logSumLines(all: readonly number[]): string[] {
  return [
    ...tLines(all),
    'var logSum: vec4f; var excess = vec4f(0.0);',
    'if (small) {',
    `logSum = log1p(${sum(all.map((k) => `pi${k} * expMinusTangent(t${k})`))});`,
    '} else {',
    ...exponentialLines(all),
    'excess = log1p(E); logSum = M + excess;',
    '}',
  ];
}

/** y and c. */
function softmaxLines(all: readonly number[]): string[] {
  return [
    ...tLines(all),
    ...all.map((k) => `var y${k}: vec4f; var c${k}: vec4f;`),
    'if (small) {',
    ...all.map((k) => `let f${k} = expMinusTangent(t${k});`),
    `let E = ${sum(all.map((k) => `pi${k} * f${k}`))};`,
    'let share = 1.0 / (1.0 + E);',
    ...all.map((k) => `c${k} = pi${k} * (t${k} + f${k} - E) * share; y${k} = pi${k} + c${k};`),
    '} else {',
    ...exponentialLines(all),
    'let share = 1.0 / (1.0 + E);',
    ...all.map((k) => `y${k} = e${k} * share; c${k} = y${k} - pi${k};`),
    '}',
  ];
}

/**
 * change_k = y_j y_k − π_j π_k for the component j that is shown; its gradient is
 * λ Σ_k y_j y_k (a_j − a_k). With y = π (1 + t + r), r of second order, the first order of the change is
 * π_j π_k (t_j + t_k), which nearly vanishes where softmax has no curvature: the CPU gives that sum.
 */
function pairChangeLines(all: readonly number[], pick: (name: string) => string): string[] {
  return [
    ...tLines(all),
    ...all.map((k) => `let f${k} = expMinusTangent(t${k});`),
    `let E = ${sum(all.map((k) => `pi${k} * f${k}`))};`,
    ...all.map((k) => `let r${k} = (f${k} - E - E * t${k}) / (1.0 + E);`),
    `let shownR = ${pick('r')}; let shownV = ${pick('t')} + shownR; let shownPi = ${pick('pi')};`,
    ...all.map(
      (k) =>
        `let change${k} = shownPi * pi${k} * (pairX${k} * x + pairY${k} * y + shownR + r${k} + shownV * (t${k} + r${k}));`,
    ),
  ];
}

/** (dX, dY) = Σ c_k a_k, the change of Σ y_k a_k. */
function meanChangeLines(all: readonly number[]): string[] {
  // Σ c_k = 0, so that a_0 may be taken off: for two logits the change then has exactly the direction
  // of a_1 − a_0, as it must have where the length of the gradient is stationary.
  return ['X', 'Y'].map((axis) => {
    const terms = all.slice(1).map((k) => `c${k} * (a${axis}${k} - a${axis}0)`);
    return `let d${axis} = ${sum(terms)};`;
  });
}

/**
 * d1 and d2: the change of the gradient where the view is small, with (dX, dY) at hand; else the
 * gradient itself, since far from the centre it may be much smaller than there.
 */
function gradientLines(
  all: readonly number[],
  expressions: Record<'small' | 'large', (axis: 'X' | 'Y') => string>,
): string[] {
  const assign = (regime: 'small' | 'large') =>
    `d1 = ${expressions[regime]('X')}; d2 = ${expressions[regime]('Y')};`;
  return [
    'var d1: vec4f; var d2: vec4f;',
    'if (small) {',
    ...meanChangeLines(all),
    assign('small'),
    '} else {',
    assign('large'),
    '}',
  ];
}

/**
 * What a step changes where the view is not small: logStep = log Σ y_k e^{s_k} and
 * yStep = y(x + h) − y(x), with the sample as anchor. Short steps by expm1, long ones directly.
 */
function stepLines(all: readonly number[]): string[] {
  const s = all.map((k) => `let s${k} = tX${k} * hx + tY${k} * hy;`);
  const longest = maximum(all.map((k) => `abs(s${k})`));
  return [
    ...s,
    `let short = ${longest} <= vec4f(0.5);`,
    ...all.map((k) => `let g${k} = expm1Small(clamp(s${k}, vec4f(-0.5), vec4f(0.5)));`),
    `let G = ${sum(all.map((k) => `y${k} * g${k}`))};`,
    // Long steps: logarithms of y, floored where y is 0 in float32.
    ...all.map((k) => `let n${k} = log(max(y${k}, vec4f(1e-37))) + s${k};`),
    `let N = ${maximum(all.map((k) => `n${k}`))};`,
    ...all.map((k) => `let o${k} = exp(n${k} - N);`),
    `let O = ${sum(all.map((k) => `o${k}`))};`,
    'let logStep = select(N + log(O), log1p(G), short);',
    ...all.map(
      (k) => `let yStep${k} = select(o${k} / O - y${k}, y${k} * (g${k} - G) / (1.0 + G), short);`,
    ),
  ];
}

function hingeLines(all: readonly number[]): string[] {
  const covers = all.map((k) => {
    const slope = `hypotenuse((mX - aX${k}) * grid.step.x, (mY - aY${k}) * grid.step.y)`;
    return `hingeCoverage(top - q${k}, ${slope}, grid.hingeHalfWidth)`;
  });
  return [`let hinge = ${maximum(covers)} + 1u;`];
}
