import type { Pass, ReadoutLines } from './readoutPasses.ts';
import { LOWEST } from './readoutWinners.ts';

/** Readouts made of the softmax of the outputs. Sigmoid and tanh are softmax of the two outputs 0 and z. */
export type ShareReadoutKind = 'lse' | 'gap' | 'softmax';

/**
 * With π the softmax at the centre and the mean of the outputs under it as common part, Σ π_k t_k = 0 for t_k = λ s u h_k. Then
 *
 *     log Σ π_k e^{t_k} = log1p(D)  with  D = Σ v_k,  v_k = π_k (e^{t_k} − 1 − t_k) ≥ 0,
 *     y_k − π_k = (w_k − π_k D) / (1 + D)  with  w_k = π_k (e^{t_k} − 1),
 *
 * in which nothing cancels, however little changes in the view. Samples at which an exponent l_k = log π_k + t_k exceeds
 * `MOST_NEAR` take exponentials less their maximum instead, log Σ e^{l_k} = M + log1p(E).
 *
 * Names: M the largest exponent and `first` its output, B what exponents are less, rest = D or E, share = 1 / (1 + rest),
 * y{k} softmax at the sample.
 */
const MOST_NEAR = 1;

/** M, first, and B. @param isNear whether the first form serves the samples */
function highest(isNear: string): Pass {
  return {
    before: [`var M = ${LOWEST}; var first = vec4u(0u); var farthest = vec4f(0.0);`],
    define: (k) => [`let t${k} = steep * h${k}; let l${k} = logPi${k} + t${k};`],
    gather: (k, index) => [
      `let over${k} = l${k} > M; first = select(first, vec4u(${index}), over${k}); M = select(M, l${k}, over${k});`,
      `farthest = select(farthest, abs(t${k}), abs(t${k}) > farthest);`,
    ],
    after: [`let isNear = ${isNear}; let B = select(M, vec4f(0.0), isNear);`],
  };
}

/** The sums, and the shares by them. */
const exponentials: readonly Pass[] = [
  {
    before: ['var D = vec4f(0.0); var E = vec4f(0.0);'],
    define: (k, index) => [
      `let e${k} = exp(l${k} - B); let isFirst${k} = first == vec4u(${index});`,
      `let isShort${k} = abs(t${k}) <= vec4f(0.5); let f${k} = expMinusTangent(clamp(t${k}, vec4f(-0.5), vec4f(0.5)));`,
      `let w${k} = select(e${k} - pi${k}, pi${k} * (t${k} + f${k}), isShort${k});`,
      `let v${k} = select(w${k} - pi${k} * t${k}, pi${k} * f${k}, isShort${k});`,
    ],
    gather: (k) => [`D += v${k}; E += select(e${k}, vec4f(0.0), isFirst${k});`],
    after: ['let rest = select(E, D, isNear); let share = 1.0 / (1.0 + rest);'],
  },
  { define: (k) => [`let y${k} = e${k} * share;`] },
];

const base: readonly Pass[] = [highest(`M <= vec4f(${MOST_NEAR}.0)`), ...exponentials];

/**
 * The change by a step, with the sample as anchor: e^{s_k} turns y_k into the share y_k + W_k of a total 1 + G. If the largest
 * exponent changes by more than 1 the step is not `gentle`: then o_k, of which the largest is 1, are the new shares of O.
 */
const step: readonly Pass[] = [
  {
    before: [`var aheadM = ${LOWEST};`],
    define: (k) => [`let s${k} = steep * step${k}; let ahead${k} = (l${k} - B) + s${k};`],
    gather: (k) => [`aheadM = select(aheadM, ahead${k}, ahead${k} > aheadM);`],
    after: ['let gentle = abs(aheadM - (M - B)) <= vec4f(1.0); let logTotal = log1p(rest);'],
  },
  {
    before: ['var G = vec4f(0.0); var O = vec4f(0.0);'],
    define: (k) => [
      `let o${k} = exp(ahead${k} - select(aheadM, logTotal, gentle));`,
      `let small${k} = y${k} * expm1Small(clamp(s${k}, vec4f(-0.5), vec4f(0.5)));`,
      `let W${k} = select(o${k} - y${k}, small${k}, abs(s${k}) <= vec4f(0.5));`,
    ],
    gather: (k) => [`G += W${k}; O += o${k};`],
  },
];

/**
 * The step of the gap: steps less that of the leader; if none overtakes it, the rest is the gap's own step. Long ones are
 * the difference of both gaps.
 */
const gapStep: readonly Pass[] = [
  {
    before: ['var lead = vec4f(0.0); var leadStep = vec4f(0.0);'],
    gather: (k) => [
      `lead = select(lead, p${k} + h${k}, isFirst${k}); leadStep = select(leadStep, step${k}, isFirst${k});`,
    ],
  },
  {
    before: [
      `var overtaken = ${LOWEST}; var longest = vec4f(0.0); var aheadM = ${LOWEST}; var firstAhead = vec4u(0u);`,
    ],
    define: (k) => [
      `let rise${k} = step${k} - leadStep; let above${k} = (p${k} + h${k} - lead) + rise${k};`,
      `let s${k} = steep * rise${k}; let ahead${k} = (l${k} - M) + s${k};`,
    ],
    gather: (k, index) => [
      `overtaken = select(overtaken, above${k}, above${k} > overtaken); longest = select(longest, abs(s${k}), abs(s${k}) > longest);`,
      `let overtakes${k} = ahead${k} > aheadM; firstAhead = select(firstAhead, vec4u(${index}), overtakes${k});`,
      `aheadM = select(aheadM, ahead${k}, overtakes${k});`,
    ],
  },
  {
    before: ['var G = vec4f(0.0); var EHere = vec4f(0.0); var EAhead = vec4f(0.0);'],
    gather: (k, index) => [
      `EHere += select(exp(l${k} - M), vec4f(0.0), isFirst${k});`,
      `G += y${k} * expm1Small(clamp(s${k}, vec4f(-0.5), vec4f(0.5)));`,
      `EAhead += select(exp(ahead${k} - aheadM), vec4f(0.0), firstAhead == vec4u(${index}));`,
    ],
    after: [
      'let short = log1p(G) * inverse - overtaken * logitUnit;',
      'let long = (log1p(EAhead) - log1p(EHere)) * inverse;',
      'let difference = select(long, short, longest <= vec4f(0.5));',
    ],
  },
];

/** How shares of softmax change since the centre, where all t are small. */
const shareTurn: Pass = {
  // Not times `share`: in a loop that is the share of an output here.
  define: (k) => [`let turn${k} = (w${k} - pi${k} * D) / (1.0 + rest);`],
};

/** change{k} if the view is near, so that gradients are relative to that at the centre. */
const changeIfNear = (k: string, change: string) =>
  `let change${k} = select(share${k}, ${change}, near != 0.0);`;

/** Σ y over the outputs but one. */
function sumOfOthers(isOther: (k: string) => string): Pass {
  return {
    before: ['var others = vec4f(0.0);'],
    gather: (k) => [`others += select(vec4f(0.0), y${k}, ${isOther(k)});`],
  };
}

export const SHARE_READOUTS: { readonly [K in ShareReadoutKind]: ReadoutLines } = {
  lse: {
    hasCommonPart: true,
    base,
    value: [{ after: ['let value = commonPart + (B + log1p(rest)) * inverse;'] }],
    // As Σ π_k h_k = 0, changes of shares serve as well as shares: they are exact where all t are small.
    shares: [
      { after: ['let isTiny = farthest <= vec4f(0.5);'] },
      { define: (k) => [`let share${k} = select(y${k}, (w${k} - pi${k} * D) * share, isTiny);`] },
    ],
    difference: [
      ...step,
      {
        after: [
          'let logStep = select(aheadM - logTotal + log(O), log1p(G), gentle);',
          'let difference = commonStep + logStep * inverse;',
        ],
      },
    ],
  },
  /** From the gap at the centre on if the whole view is `near`; from 0 on otherwise, since it may fall far below what it is there. */
  gap: {
    hasCommonPart: false,
    base: [highest('vec4<bool>(near != 0.0)'), ...exponentials],
    value: [
      {
        before: [`var most = ${LOWEST};`],
        gather: (k) => [`most = select(most, p${k} + h${k}, p${k} + h${k} > most);`],
        after: ['let value = log1p(rest) * inverse - select(vec4f(0.0), most, isNear);'],
      },
    ],
    shares: [
      sumOfOthers((k) => `!isFirst${k}`),
      { define: (k) => [`let share${k} = select(y${k}, -others, isFirst${k});`] },
    ],
    shareChanges: [
      shareTurn,
      { define: (k) => [changeIfNear(k, `turn${k} - (vec4f(isFirst${k}) - pick${k})`)] },
    ],
    difference: gapStep,
  },
  softmax: {
    hasCommonPart: false,
    base: [...base, shownOf('t'), shownOf('pi'), shownOf('y')],
    value: [
      { after: ['let isFlat = isNear & (abs(tShown) <= vec4f(1.0));'] },
      riseOver('t', 'pi', 'e'),
      {
        after: [
          'let shownChange = select(yShown - piShown, -piShown * allRise / (1.0 + allRise), isFlat);',
          'let value = outer * shownChange;',
        ],
      },
    ],
    shares: [
      sumOfOthers((k) => `vec4<bool>(pick${k} == 0.0)`),
      { after: ['let slope = rate * yShown;'] },
      {
        define: (k) => [`let share${k} = slope * (pick${k} * others - (1.0 - pick${k}) * y${k});`],
      },
    ],
    // y_j y_k − π_j π_k = π_j Δ_k + Δ_j (π_k + Δ_k) with Δ = y − π, and the sum of these over all others.
    shareChanges: [
      {
        ...shareTurn,
        before: ['var turnShown = vec4f(0.0); var turnOthers = vec4f(0.0); var piOthers = 0.0;'],
        gather: (k) => [
          `turnShown += pick${k} * turn${k}; turnOthers += (1.0 - pick${k}) * turn${k}; piOthers += (1.0 - pick${k}) * pi${k};`,
        ],
      },
      {
        define: (k) => [
          `let ofPair${k} = piShown * turn${k} + turnShown * (pi${k} + turn${k});`,
          `let ofShown${k} = piShown * turnOthers + turnShown * (piOthers + turnOthers);`,
          changeIfNear(k, `rate * (pick${k} * ofShown${k} - (1.0 - pick${k}) * ofPair${k})`),
        ],
      },
    ],
    difference: [
      ...step,
      shownOf('s'),
      shownOf('o'),
      { after: ['let isFlat = gentle & (abs(sShown) <= vec4f(1.0));'] },
      riseOver('s', 'y', 'o'),
      {
        after: [
          'let shownStep = select(oShown / O - yShown, -yShown * allRise / (1.0 + allRise), isFlat);',
          'let difference = outer * shownStep;',
        ],
      },
    ],
  },
};

/** {name}Shown, of the component that is shown. */
function shownOf(name: string): Pass {
  return {
    before: [`var ${name}Shown = vec4f(0.0);`],
    gather: (k) => [`${name}Shown += pick${k} * ${name}${k};`],
  };
}

/**
 * allRise = Σ_k π_k (e^{t_k − t_j} − 1) for the shown component j, which turns π_j into π_j / (1 + allRise): where a share is all but 1, the
 * others are what changes it. Needs |t_j| ≤ 1.
 *
 * @param t exponents
 * @param pi shares before
 * @param e π e^t
 */
function riseOver(t: string, pi: string, e: string): Pass {
  return {
    before: [
      `var allRise = vec4f(0.0); let lower = exp(clamp(-${t}Shown, vec4f(-1.0), vec4f(1.0)));`,
    ],
    define: (k) => [
      `let ahead${t}${k} = ${t}${k} - ${t}Shown; let expm1${t}${k} = expm1Small(clamp(ahead${t}${k}, vec4f(-0.5), vec4f(0.5)));`,
      `let rise${k} = select(${e}${k} * lower - ${pi}${k}, ${pi}${k} * expm1${t}${k}, abs(ahead${t}${k}) <= vec4f(0.5));`,
    ],
    gather: (k) => [`allRise += rise${k};`],
  };
}

/** Whether a readout is made of shares of softmax. */
export function isShareReadout(kind: string): kind is ShareReadoutKind {
  return kind in SHARE_READOUTS;
}
