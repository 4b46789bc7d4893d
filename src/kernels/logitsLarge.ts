import { maximumLines, sum } from './fieldCode.ts';
import { type EvaluationLines, largestLines } from './logitLines.ts';

/**
 * Formulas for views in which some |t| may exceed ½: exponentials of l_k = log π_k + t_k, minus their
 * maximum M. Here gradients themselves are stored, not their changes: far from the centre they may be
 * much smaller than there. Names as in logitFields.ts.
 */
export function largeForm(
  kind: 'lse' | 'gap' | 'softmax',
  all: readonly number[],
): EvaluationLines {
  return { lse, gap, softmax }[kind](all);
}

function lse(all: readonly number[]): EvaluationLines {
  const value = ['let value = meanX * x + meanY * y + (M + log1p(E) * shrink) * lift;'];
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
      ...stepLines(
        all,
        all.map((k) => `let ahead${k} = (l${k} - M) + s${k};`),
        '0.0',
      ),
      'let logStep = select(aheadM - log1p(E) + log(O), log1p(G), gentle);',
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
      ...exponentialLines(all, 'There', '(x + hx)', '(y + hy)'),
      // Steps minus the step of the largest logit: if none overtakes it, the rest is the gap's own step.
      ...all.map((k) => `let rise${k} = (aX${k} - mX) * hx + (aY${k} - mY) * hy;`),
      ...all.map((k) => `let above${k} = (q${k} - top) + rise${k};`),
      ...maximumLines('overtaken', names('above', all)),
      ...all.map((k) => `let s${k} = rise${k} * steep;`),
      ...all.map((k) => `let size${k} = abs(s${k});`),
      ...maximumLines('longest', names('size', all)),
      ...all.map((k) => `let W${k} = y${k} * expm1Small(clamp(s${k}, vec4f(-0.5), vec4f(0.5)));`),
      `let short = log1p(${sum(names('W', all))}) * inverse - overtaken * logitUnit;`,
      'let long = (log1p(EThere) - log1p(E)) * inverse;',
      'let difference = select(long, short, longest <= vec4f(0.5));',
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
      ...stepLines(all, exponentAheadLines(all), 'M'),
      ...all.map(
        (k) =>
          `let yStep${k} = select(o${k} / O - y${k}, (W${k} - y${k} * G) / (1.0 + G), gentle);`,
      ),
      `let difference = outer * (${pick('yStep')});`,
    ],
  };
}

/**
 * M, e, and E = Σ e^{l_k − M} without the 1 of the first largest, in which a small rest would lose its digits; for
 * another place the names have a suffix.
 */
function exponentialLines(all: readonly number[], at = '', x = 'x', y = 'y'): string[] {
  return [
    ...all.map((k) => `let t${at}${k} = tX${k} * ${x} + tY${k} * ${y};`),
    ...all.map((k) => `let l${at}${k} = logPi${k} + t${at}${k};`),
    ...maximumLines(`M${at}`, names(`l${at}`, all)),
    `var E${at} = vec4f(0.0); var found${at} = vec4<bool>(false);`,
    ...all.flatMap((k) => [
      `let e${at}${k} = exp(stretched(l${at}${k} - M${at}, stretch));`,
      `let first${at}${k} = !found${at} & (l${at}${k} == M${at}); found${at} = found${at} | first${at}${k};`,
      `E${at} += select(e${at}${k}, vec4f(0.0), first${at}${k});`,
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

/** l at the end of the step, computed from its own place: a sum of l and a long step would lose its digits. */
function exponentAheadLines(all: readonly number[]): string[] {
  return all.map((k) => `let ahead${k} = logPi${k} + (tX${k} * (x + hx) + tY${k} * (y + hy));`);
}

/**
 * The change by a step, with the sample as anchor: e^{s_k} turns y_k into the share y_k + W_k of a total 1 + G.
 * A logit whose own step is short enters by expm1, independently of the others. If the largest exponent changes
 * by more than 1 the step is not `gentle`: then o_k, of which the largest is 1, are the new shares of O.
 *
 * @param ahead lines that define ahead{k}, the exponents at the end, in the unit of `from` at the start
 * @param from the largest exponent at the start
 */
function stepLines(all: readonly number[], ahead: readonly string[], from: string): string[] {
  const smallStep = (k: number) => `y${k} * expm1Small(clamp(s${k}, vec4f(-0.5), vec4f(0.5)))`;
  return [
    ...all.map((k) => `let s${k} = tX${k} * hx + tY${k} * hy;`),
    ...ahead,
    ...maximumLines('aheadM', names('ahead', all)),
    `let gentle = abs(aheadM - ${from}) <= vec4f(1.0);`,
    `let base = select(aheadM, vec4f(${from}), gentle);`,
    'let total = select(vec4f(0.0), log1p(E), gentle);',
    ...all.map((k) => `let o${k} = exp((ahead${k} - base) - total);`),
    ...all.map(
      (k) =>
        `let W${k} = select(o${k} - y${k}, ${smallStep(k)}, vec4<bool>(abs(s${k}) <= vec4f(0.5)));`,
    ),
    `let G = ${sum(names('W', all))};`,
    `let O = ${sum(names('o', all))};`,
  ];
}

function names(name: string, all: readonly number[]): string[] {
  return all.map((k) => `${name}${k}`);
}
