/**
 * WGSL lets builtins be off, and adapters use it differently. This rewrites a shader so that they are off by as much
 * as it lets them, to one side or the other as the argument decides.
 *
 * Source: WGSL, section 15.7.4.1, "Accuracy of Concrete Floating Point Expressions". n ulp are taken for n · 2⁻²⁴ of the
 * result, the least that they can be, because the adapter's own error comes on top.
 */
export function withWorstBuiltins(code: string): string {
  return Object.entries(WORST).reduce(
    (source, [name, spoiled]) => wrapCalls(source, name, spoiled),
    code,
  );
}

const ULP = '5.9604645e-8';

/** By builtin, an expression that is off, of an argument without side effects: a scalar or a vector. */
const WORST: Readonly<Record<string, (x: string) => string>> = {
  exp: (x) => `(exp(${x}) * (1.0 + ${side(x)} * ${ULP} * (3.0 + 2.0 * abs(${x}))))`,
  // Off by 2⁻²¹ on [½, 2], by 3 ulp elsewhere.
  log: (x) =>
    `(log(${x}) + ${side(x)} * (4.7683716e-7 * saturate(1e8 * (0.6931472 - abs(log(${x})))) + 3.0 * ${ULP} * abs(log(${x}))))`,
  inverseSqrt: (x) => `(inverseSqrt(${x}) * (1.0 + ${side(x)} * 2.0 * ${ULP}))`,
  // As 1 / inverseSqrt(x): 2 ulp, and 2.5 of the division.
  sqrt: (x) => `(sqrt(${x}) * (1.0 + ${side(x)} * 4.5 * ${ULP}))`,
};

/** 1 or −1, as if at random; never NaN, however large x is. */
function side(x: string): string {
  return `sign(sin(9.7e6 * (${x}) / (1.0 + abs(${x}))) + 1e-9)`;
}

/** Replaces each call of a function by what `wrap` makes of its argument. */
function wrapCalls(code: string, name: string, wrap: (argument: string) => string): string {
  const call = new RegExp(`(?<![\\w.]|fn )${name}\\(`);
  const found = call.exec(code);
  if (!found) return code;
  const begin = found.index + found[0].length;
  const end = closingParenthesis(code, begin);
  const argument = wrapCalls(code.slice(begin, end), name, wrap);
  return code.slice(0, found.index) + wrap(argument) + wrapCalls(code.slice(end + 1), name, wrap);
}

/** Where the parenthesis closes that was opened just before `begin`. */
function closingParenthesis(code: string, begin: number): number {
  let depth = 1;
  for (let at = begin; at < code.length; at += 1) {
    if (code[at] === '(') depth += 1;
    if (code[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`no parenthesis closes: ${code.slice(begin - 20, begin + 20)}`);
}
