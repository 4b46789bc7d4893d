import { maximumLines, sum } from './fieldCode.ts';
import { type EvaluationLines, largestLines, tLines } from './logitLines.ts';

/** Steps below this need one node of Gauss's rule: 0.002² / 6 is below 1e-6. */
const SHORT = 0.002;

/**
 * Formulas for views in which every |t| stays below ½. As Σ π_k t_k = 0,
 *
 *     log Σ π_k e^{t_k} = log1p(E)  with  E = Σ π_k (e^{t_k} − 1 − t_k),
 *
 * whose terms are all positive: nothing cancels, however small the view. Names as in logitFields.ts.
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
    along: [`let along = ${alongMean(all)};`],
    valueBesideGradient: value,
    difference: alongStep(all, gradient),
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
    along: [
      `let unitM = ${all.slice(1).reduce((found, k) => `select(${found}, vec4f(unitA${k}), m == vec4u(${k}u))`, 'vec4f(unitA0)')};`,
      `let along = ${alongMean(all)} - (unitM - vec4f(unitTop));`,
    ],
    valueBesideGradient: value,
    difference: [
      ...largestLines(all),
      ...alongStep(all, [...meanChange, 'let d1 = dX; let d2 = dY;']),
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
    along: [`let along = rate * (${sum(all.map((k) => `unitA${k} * change${k}`))});`],
    valueBesideGradient: value,
    difference: alongStep(all, gradient),
  };
}

/** The component of (dX, dY) along `base`. */
function alongMean(all: readonly number[]): string {
  return `(${sum(all.slice(1).map((k) => `c${k} * unitA${k}`))})`;
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
  // Σ c_k = 0, so a_0 may be subtracted: for two logits the change then has exactly the direction
  // of a_1 − a_0, as it must where the length of the gradient is stationary.
  return ['X', 'Y'].map((axis) => {
    const terms = all.slice(1).map((k) => `c${k} * (a${axis}${k} - a${axis}0)`);
    return `let d${axis} = ${sum(terms)};`;
  });
}

/**
 * change_k = y_j y_k − π_j π_k for the shown component j; its gradient is
 * λ Σ_k y_j y_k (a_j − a_k). With y = π (1 + t + r), r of second order, the first order of the change is
 * π_j π_k (t_j + t_k), which nearly vanishes where softmax has no curvature: the CPU computes that sum.
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

/**
 * The integral of the derivative over the step, by Gauss's rule: nothing cancels, however short the step.
 * One node, in the middle, is off by at most |s|²/6 of it (s is t of the step), five by 1e-7 if
 * the step crosses the whole view.
 */
function alongStep(all: readonly number[], gradient: readonly string[]): string[] {
  return [
    ...all.map((k) => `let size${k} = abs(tX${k} * hx + tY${k} * hy);`),
    ...maximumLines(
      'longest',
      all.map((k) => `size${k}`),
    ),
    `let isShort = all(longest <= vec4f(${SHORT}));`,
    'let nodes = select(5u, 1u, isShort);',
    'var difference = vec4f(0.0);',
    'for (var node = 0u; node < nodes; node++) {',
    'let gauss = select(gaussNode(node), vec2f(0.5, 1.0), isShort);',
    'let xNode = x + gauss.x * hx; let yNode = y + gauss.x * hy;',
    '{',
    'let x = xNode; let y = yNode;',
    ...gradient,
    'difference += gauss.y * (d1 * hx + d2 * hy);',
    '}',
    '}',
  ];
}
