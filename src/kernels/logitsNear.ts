import { type SpecialForm, sum } from './fieldCode.ts';
import { tLines } from './logitLines.ts';

/** Beyond this e^t may overflow float32 although π e^t does not, or π may underflow. */
const FAR = 80;

/**
 * lse and softmax over a view in which no exponent log π_k + t_k rises far above 0. With Σ π_k t_k = 0,
 *
 *     log Σ π_k e^{t_k} = log1p(D)  with  D = Σ v_k,  v_k = π_k (e^{t_k} − 1 − t_k) ≥ 0,
 *     y_k − π_k = (w_k − π_k D) / (1 + D)  with  w_k = π_k (e^{t_k} − 1),
 *
 * in which nothing cancels, however little the field changes in the view: on the flat side of a sigmoid,
 * or where logits that change much over the view have no weight. Differences of exponentials would be noise.
 *
 * It costs an exponential and a series for each logit, so it is used only if the CPU finds the view flat
 * (isNear in anchorLogits.ts). Names as in logitFields.ts.
 */
export function nearForm(kind: 'lse' | 'softmax', all: readonly number[]): SpecialForm {
  const value = {
    lse: 'let value = meanX * x + meanY * y + log1p(D) * inverse;',
    softmax: `let value = outer * (${sum(all.map((k) => `pick${k} * (w${k} - pi${k} * D)`))}) / (1.0 + D);`,
  }[kind];
  const gradient = [
    ...all.map((k) => `let y${k} = select(pi${k} * g${k}, g${k}, far${k}) / (1.0 + D);`),
    ...(kind === 'lse' ? lseGradient(all) : softmaxGradient(all)),
  ];
  return {
    name: 'isNear',
    anywhere: true,
    test: 'let isNear = near != 0.0;',
    pieces: {
      value: [...changeLines(all), value].join('\n'),
      valueAndGradient: [...changeLines(all), value, ...gradient].join('\n'),
    },
  };
}

/** w and D. */
function changeLines(all: readonly number[]): string[] {
  return [
    ...tLines(all),
    ...all.flatMap((k) => [
      `let far${k} = t${k} > vec4f(${FAR}.0);`,
      `let g${k} = exp(select(t${k}, logPi${k} + t${k}, far${k}));`,
      `let isSmall${k} = abs(t${k}) <= vec4f(0.5);`,
      `let f${k} = expMinusTangent(clamp(t${k}, vec4f(-0.5), vec4f(0.5)));`,
      `let more${k} = select(pi${k} * (g${k} - 1.0), g${k}, far${k});`,
      `let w${k} = select(more${k}, pi${k} * (t${k} + f${k}), isSmall${k});`,
      `let v${k} = select(more${k} - pi${k} * t${k}, pi${k} * f${k}, isSmall${k});`,
    ]),
    `let D = ${sum(all.map((k) => `v${k}`))};`,
  ];
}

function lseGradient(all: readonly number[]): string[] {
  return ['X', 'Y'].map(
    (axis, i) => `let d${i + 1} = ${sum(all.map((k) => `y${k} * a${axis}${k}`))};`,
  );
}

function softmaxGradient(all: readonly number[]): string[] {
  const pick = (name: string) => sum(all.map((k) => `pick${k} * ${name}${k}`));
  return [
    `let pickedX = ${pick('aX')}; let pickedY = ${pick('aY')}; let shown = ${pick('y')};`,
    ...['X', 'Y'].map((axis, i) => {
      const terms = all.map((k) => `y${k} * (picked${axis} - a${axis}${k})`);
      return `let d${i + 1} = rate * shown * (${sum(terms)});`;
    }),
  ];
}
