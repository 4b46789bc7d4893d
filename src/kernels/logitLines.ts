/** What the forms of logit fields (logitsSmall.ts, logitsNear.ts, logitsLarge.ts) share. */

/** The pieces of FieldCode that evaluate, as lines. */
export interface EvaluationLines {
  readonly value: readonly string[];
  readonly gradient: readonly string[];
  readonly along?: readonly string[];
  /** Defines `value` from what `gradient` has computed. */
  readonly valueBesideGradient: readonly string[];
  readonly difference: readonly string[];
}

/** q, top, m, mX and mY. */
export function largestLines(all: readonly number[]): string[] {
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

/** t{k}, the change of exponent k since the centre, less the mean of all. */
export function tLines(all: readonly number[]): string[] {
  return all.map((k) => `let t${k} = tX${k} * x + tY${k} * y;`);
}
