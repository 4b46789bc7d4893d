import gridSource from '../../shaders/common/grid.wgsl?raw';
import mathSource from '../../shaders/common/math.wgsl?raw';
import evaluateSource from '../../shaders/evaluate.wgsl?raw';
import type { Quantity } from '../model/field.ts';
import type { FieldCode } from './fieldCode.ts';

/**
 * What a dispatch writes: a quantity, the hinges laid over it, or the value with both derivatives,
 * three groups of four in a row.
 */
export type Output = Quantity | 'hinge' | 'valueAndGradient';

/** Groups of four that an output writes for four samples. */
export function planesOf(output: Output): number {
  return output === 'valueAndGradient' ? 3 : 1;
}

/** Writes `result`, or the value and both derivatives, to where `target0` says. */
export function storeLines(output: Output): string[] {
  if (output !== 'valueAndGradient') return ['samples[target0] = result;'];
  return ['value', 'd1', 'd2'].map(
    (name, plane) => `samples[3u * target0 + ${plane}u] = bitcast<vec4u>(${name});`,
  );
}

/** Sample coordinates relative to the anchor. */
export const AT_SAMPLE = `let x = (column - grid.origin.x) * grid.step.x;
let y = (line - grid.origin.y) * grid.step.y;`;

/** np.gradient's step along an axis, from the sample before to the one after, cut at the border. */
export const ALONG_COLUMNS = `let reach = f32(grid.differenceReach);
let middle = min(column, vec4f(f32(grid.size.x - 1u)));
let before = max(middle - reach, vec4f(0.0));
let span = min(middle + reach, vec4f(f32(grid.size.x - 1u))) - before;
let x = (before - grid.origin.x) * grid.step.x;
let y = (line - grid.origin.y) * grid.step.y;
let hx = span * grid.step.x;
let hy = 0.0;`;

export const ALONG_ROWS = `let reach = f32(grid.differenceReach);
let before = max(line - reach, 0.0);
let span = min(line + reach, f32(grid.size.y - 1u)) - before;
let x = (column - grid.origin.x) * grid.step.x;
let y = (before - grid.origin.y) * grid.step.y;
let hx = vec4f(0.0);
let hy = span * grid.step.y;`;

export const PER_UNIT = 'let result = bitcast<vec4u>(difference * (grid.samplesPerUnit / span));';

/** The whole evaluate shader for a field and an output. */
export function composeEvaluate(code: FieldCode, output: Output): string {
  const source = evaluateSource
    .replace('//#load', () => code.load)
    .replace('//#body', () => bodyOf(code, output))
    .replace('//#store', () => storeLines(output).join('\n'));
  return `${gridSource}\n${mathSource}\n${source}`;
}

function bodyOf(code: FieldCode, output: Output): string {
  const floats = (expression: string) => `let result = bitcast<vec4u>(${expression});`;
  const gradient = (expression: string) => [AT_SAMPLE, code.gradient, floats(expression)];
  const pieces: Record<Output, () => string[]> = {
    value: () => [AT_SAMPLE, code.value, floats('value')],
    partial1: () => gradient('d1'),
    partial2: () => gradient('d2'),
    gradientNorm: () => gradient('lengthIncrease(base, baseLength, d1, d2)'),
    gradientDirection: () => gradient('direction(base.x + d1, base.y + d2)'),
    npGradientRows: () => [ALONG_ROWS, code.difference, PER_UNIT],
    npGradientColumns: () => [ALONG_COLUMNS, code.difference, PER_UNIT],
    region: () => [AT_SAMPLE, code.region, 'let result = region;'],
    hinge: () => [AT_SAMPLE, code.hinge, 'let result = hinge;'],
    valueAndGradient: () => [AT_SAMPLE, code.valueAndGradient],
  };
  return pieces[output]().join('\n');
}
