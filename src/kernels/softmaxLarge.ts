import { maximumLines, sum } from './fieldCode.ts';
import { type EvaluationLines, largestLines, tLines } from './logitLines.ts';

/**
 * Formulas for views in which some |t| may exceed ½: exponentials of l_k = log π_k + t_k, less their
 * maximum M. Here gradients are told themselves, not as changes: far from the centre they may be
 * much smaller than there. Names as in softmax.ts.
 */
export function largeForm(
  kind: 'lse' | 'gap' | 'softmax',
  all: readonly number[],
): EvaluationLines {
  return { lse, gap, softmax }[kind](all);
}

function lse(all: readonly number[]): EvaluationLines {
  const value = ['let value = meanX * x + meanY * y + (M + log1p(E)) * inverse;'];
  return {
    value: [...exponentialLines(all), ...value],
    gradient: [
      ...softmaxLines(all),
      ...['X', 'Y'].map(
        (axis, i) => `let d${i + 1} = ${sum(all.map((k) => `y${k} * a${axis}${k}`))};`,
      ),
    ],
    valueBesideGradient: value,
    difference: [
      ...softmaxLines(all),
      ...stepLines(all),
      'let difference = meanX * hx + meanY * hy + logStep * inverse;',
    ],
  };
}

function gap(all: readonly number[]): EvaluationLines {
  const value = ['let value = log1p(E) * inverse;'];
  return {
    value: [...exponentialLines(all), ...value],
    gradient: [
      ...softmaxLines(all),
      ...largestLines(all),
      ...['X', 'Y'].map((axis, i) => {
        const terms = all.map((k) => `y${k} * (a${axis}${k} - m${axis})`);
        return `let d${i + 1} = ${sum(terms)};`;
      }),
    ],
    valueBesideGradient: value,
    difference: [
      ...largestLines(all),
      ...softmaxLines(all),
      ...stepLines(all),
      ...all.map(
        (k) => `let maxStep${k} = q${k} - top + (aX${k} - meanX) * hx + (aY${k} - meanY) * hy;`,
      ),
      ...maximumLines(
        'maxStep',
        all.map((k) => `maxStep${k}`),
      ),
      'let difference = logStep * inverse - maxStep;',
    ],
  };
}

function softmax(all: readonly number[]): EvaluationLines {
  const pick = (name: string) => sum(all.map((k) => `pick${k} * ${name}${k}`));
  const value = [`let value = outer * (${sum(all.map((k) => `pick${k} * (y${k} - pi${k})`))});`];
  return {
    value: [...softmaxLines(all), ...value],
    gradient: [
      `let pickedX = ${pick('aX')}; let pickedY = ${pick('aY')};`,
      ...softmaxLines(all),
      `let shown = ${pick('y')};`,
      ...['X', 'Y'].map((axis, i) => {
        const terms = all.map((k) => `y${k} * (picked${axis} - a${axis}${k})`);
        return `let d${i + 1} = rate * shown * (${sum(terms)});`;
      }),
    ],
    valueBesideGradient: value,
    difference: [
      ...softmaxLines(all),
      ...stepLines(all),
      `let difference = outer * (${pick('yStep')});`,
    ],
  };
}

/** M, e, and E = Σ e^{l_k − M} without the 1 of the first largest, in which a small rest would drown. */
function exponentialLines(all: readonly number[]): string[] {
  return [
    ...tLines(all),
    ...all.map((k) => `let l${k} = logPi${k} + t${k};`),
    ...maximumLines(
      'M',
      all.map((k) => `l${k}`),
    ),
    'var E = vec4f(0.0); var found = vec4<bool>(false);',
    ...all.flatMap((k) => [
      `let e${k} = exp(l${k} - M);`,
      `let first${k} = !found & (l${k} == M); found = found | first${k};`,
      `E += select(e${k}, vec4f(0.0), first${k});`,
    ]),
  ];
}

function softmaxLines(all: readonly number[]): string[] {
  return [
    ...exponentialLines(all),
    'let share = 1.0 / (1.0 + E);',
    ...all.map((k) => `let y${k} = e${k} * share;`),
  ];
}

/**
 * What a step changes: logStep = log Σ y_k e^{s_k} and yStep = y(x + h) − y(x), with the sample as
 * anchor. Short steps by expm1, long ones directly.
 */
function stepLines(all: readonly number[]): string[] {
  const s = all.map((k) => `let s${k} = tX${k} * hx + tY${k} * hy;`);
  const sizes = all.map((k) => `let size${k} = abs(s${k});`);
  const names = (name: string) => all.map((k) => `${name}${k}`);
  return [
    ...s,
    ...sizes,
    ...maximumLines('longest', names('size')),
    'let short = longest <= vec4f(0.5);',
    ...all.map((k) => `let g${k} = expm1Small(clamp(s${k}, vec4f(-0.5), vec4f(0.5)));`),
    `let G = ${sum(all.map((k) => `y${k} * g${k}`))};`,
    // Long steps: the logarithm of y itself, which goes on where y is 0 in float32.
    ...all.map((k) => `let n${k} = (l${k} - M) - log1p(E) + s${k};`),
    ...maximumLines('N', names('n')),
    ...all.map((k) => `let o${k} = exp(n${k} - N);`),
    `let O = ${sum(all.map((k) => `o${k}`))};`,
    'let logStep = select(N + log(O), log1p(G), short);',
    ...all.map(
      (k) => `let yStep${k} = select(o${k} / O - y${k}, y${k} * (g${k} - G) / (1.0 + G), short);`,
    ),
  ];
}
