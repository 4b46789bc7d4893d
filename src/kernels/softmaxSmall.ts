import { maximumLines, sum } from './fieldCode.ts';
import { type EvaluationLines, largestLines, tLines } from './logitLines.ts';

/**
 * Formulas for views in which every |t| stays below ½. As Σ π_k t_k = 0,
 *
 *     log Σ π_k e^{t_k} = log1p(E)  with  E = Σ π_k (e^{t_k} − 1 − t_k),
 *
 * whose terms are all positive: nothing cancels, however small the view. Names as in softmax.ts.
 */
export function smallForm(
  kind: 'lse' | 'gap' | 'softmax',
  all: readonly number[],
): EvaluationLines {
  return { lse, gap, softmax }[kind](all);
}

function lse(all: readonly number[]): EvaluationLines {
  const value = ['let value = meanX * x + meanY * y + log1p(E) * inverse;'];
  const gradient = [
    ...excessLines(all),
    ...changeLines(all),
    ...meanChangeLines(all),
    'let d1 = dX; let d2 = dY;',
  ];
  return {
    value: [...excessLines(all), ...value],
    gradient,
    valueBesideGradient: value,
    difference: ['var difference: vec4f;', ...atMiddleOfStep(gradient)],
  };
}

function gap(all: readonly number[]): EvaluationLines {
  const value = [
    ...all.map((k) => `let relative${k} = p${k} + t${k} * inverse;`),
    ...maximumLines(
      'most',
      all.map((k) => `relative${k}`),
    ),
    'let value = log1p(E) * inverse - most;',
  ];
  const meanChange = [...excessLines(all), ...changeLines(all), ...meanChangeLines(all)];
  return {
    value: [...excessLines(all), ...value],
    gradient: [
      ...meanChange,
      ...largestLines(all),
      'let d1 = dX - (mX - topX); let d2 = dY - (mY - topY);',
    ],
    valueBesideGradient: value,
    difference: [
      ...largestLines(all),
      'var difference: vec4f;',
      ...atMiddleOfStep([...meanChange, 'let d1 = dX; let d2 = dY;']),
      ...all.map(
        (k) => `let maxStep${k} = q${k} - top + (aX${k} - topX) * hx + (aY${k} - topY) * hy;`,
      ),
      ...maximumLines(
        'maxStep',
        all.map((k) => `maxStep${k}`),
      ),
      'difference -= maxStep;',
    ],
  };
}

function softmax(all: readonly number[]): EvaluationLines {
  const pick = (name: string) => sum(all.map((k) => `pick${k} * ${name}${k}`));
  const gradient = [
    `let pickedX = ${pick('aX')}; let pickedY = ${pick('aY')};`,
    ...excessLines(all),
    ...pairChangeLines(all, pick),
    ...['X', 'Y'].map((axis, i) => {
      const terms = all.map((k) => `(picked${axis} - a${axis}${k}) * change${k}`);
      return `let d${i + 1} = rate * (${sum(terms)});`;
    }),
  ];
  const value = [...changeLines(all), `let value = outer * (${pick('c')});`];
  return {
    value: [...excessLines(all), ...value],
    gradient,
    valueBesideGradient: value,
    difference: ['var difference: vec4f;', ...atMiddleOfStep(gradient)],
  };
}

/** t, f = e^t − 1 − t and E. */
function excessLines(all: readonly number[]): string[] {
  return [
    ...tLines(all),
    ...all.map((k) => `let f${k} = expMinusTangent(t${k});`),
    `let E = ${sum(all.map((k) => `pi${k} * f${k}`))};`,
  ];
}

/** c. */
function changeLines(all: readonly number[]): string[] {
  return [
    'let share = 1.0 / (1.0 + E);',
    ...all.map((k) => `let c${k} = pi${k} * (t${k} + f${k} - E) * share;`),
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
 * change_k = y_j y_k − π_j π_k for the component j that is shown; its gradient is
 * λ Σ_k y_j y_k (a_j − a_k). With y = π (1 + t + r), r of second order, the first order of the change is
 * π_j π_k (t_j + t_k), which nearly vanishes where softmax has no curvature: the CPU gives that sum.
 */
function pairChangeLines(all: readonly number[], pick: (name: string) => string): string[] {
  return [
    ...all.map((k) => `let r${k} = (f${k} - E - E * t${k}) / (1.0 + E);`),
    `let shownR = ${pick('r')}; let shownV = ${pick('t')} + shownR; let shownPi = ${pick('pi')};`,
    ...all.map(
      (k) =>
        `let change${k} = shownPi * pi${k} * (pairX${k} * x + pairY${k} * y + shownR + r${k} + shownV * (t${k} + r${k}));`,
    ),
  ];
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
