import { neuronKey } from '../model/pattern.ts';
import { type FieldCode, maximumLines, ParameterReader, type Pieces, range } from './fieldCode.ts';
import { type EvaluationLines, largestLines } from './logitLines.ts';
import { largeForm } from './logitsLarge.ts';
import { nearForm } from './logitsNear.ts';
import { smallForm } from './logitsSmall.ts';
import { separableLse } from './lseSeparable.ts';
import { seriesLse } from './lseSeries.ts';
import { BOUNDARY_LAYER } from './shaderConstants.ts';

/** Fields made of K logits; sigmoid and tanh are softmax over the two logits (0, z). */
export type LogitFieldKind = 'lse' | 'gap' | 'softmax' | 'max' | 'argmax';

/**
 * Code for the fields of K logits z_k = a_k·x + b_k, unrolled over k.
 *
 * With π the softmax at the centre, ā = Σ π_k a_k and s the half-width, only t_k = λ s (a_k − ā)·u enters:
 * softmax does not depend on the common part, and in lse it is the linear term ā·u. The formulas depend on the
 * view: logitsSmall.ts, logitsNear.ts and logitsLarge.ts.
 *
 * The unit of weights, values and gradients is a power of two (anchorLogits.ts), which makes the largest weight about 1, so
 * that no valid field overflows float32. In a log-radial picture that reaches far, the unit of t and l is `stretch`,
 * another power of two. It is 1 in all other pictures; if it is not 1, only the large form is used.
 *
 * Names: t as above, l = log π + t, M its maximum, y softmax at the sample, c its change y − π,
 * unitA the component of a_k − a_0 (of a_j − a_k for component j of softmax) along `base`,
 * q the logits in units of s, minus the largest one at the centre; m the index of the first largest,
 * (mX, mY) its a; (topX, topY) the a of the one that is largest at the centre.
 */
export function logitCode(
  kind: LogitFieldKind,
  count: number,
  keys: 'logits' | 'neuron',
): FieldCode {
  const all = range(count);
  const reader = new ParameterReader();
  const units = loadLogits(reader, all);
  const load = [...reader.lines, ...units].join('\n');
  const key = logitKey(kind, count, keys);
  const identities = {
    region: [...largestLines(all), `let region = ${regionOf(all, keys)};`].join('\n'),
    hinge: [...largestLines(all), ...hingeLines(all, 'hinge', 1)].join('\n'),
    boundary: [...largestLines(all), ...hingeLines(all, 'boundary', BOUNDARY_LAYER)].join('\n'),
  };
  if (kind === 'max' || kind === 'argmax') {
    const lines = kind === 'max' ? maxLines(all) : argmaxLines(all);
    return { key, load, general: { ...evaluationPieces(lines), ...identities }, special: [] };
  }
  return {
    key,
    load,
    general: { ...evaluationPieces(largeForm(kind, all)), ...identities },
    special: [
      { name: 'small', anywhere: true, test: '', pieces: evaluationPieces(smallForm(kind, all)) },
      ...(kind === 'gap' ? [] : [nearForm(kind, all)]),
      ...(kind === 'lse' ? [separableLse(all)] : []),
    ],
    ...(kind === 'lse' ? { series: seriesLse(all) } : {}),
  };
}

/** The key of logitCode, without its lines. */
export function logitKey(kind: LogitFieldKind, count: number, keys: 'logits' | 'neuron'): string {
  return `${kind} ${count} ${keys}`;
}

/** The pieces that lines of a form make. */
export function evaluationPieces(
  lines: EvaluationLines,
): Omit<Pieces, 'region' | 'hinge' | 'boundary' | 'openNeurons'> {
  return {
    value: lines.value.join('\n'),
    gradient: lines.gradient.join('\n'),
    ...(lines.along ? { along: lines.along.join('\n') } : {}),
    valueAndGradient: [...lines.gradient, ...lines.valueBesideGradient].join('\n'),
    difference: lines.difference.join('\n'),
  };
}

/** Reads the parameters in the order in which anchorLogits.ts writes them. Returns lines that define more names. */
export function loadLogits(reader: ParameterReader, all: readonly number[]): string[] {
  // In units of AnchoredField.scale and gradientScale: inverse is what an exponent of 1 makes of the value, 1 / (λ s), outer what a
  // share of 1 does, gain / s, and rate what λ does of the gradient, gain · λ; the gain is 2 for tanh, else 1.
  for (const name of ['inverse', 'outer', 'rate', 'component']) reader.read(name);
  for (const name of ['meanX', 'meanY', 'topX', 'topY', 'unitTop', 'near']) reader.read(name);
  // steep is λ s in units of the weights, and logitUnit what a logit of 1 makes of the gap.
  for (const name of ['stretch', 'steep', 'logitUnit']) reader.read(name);
  for (const k of all) {
    for (const name of ['aX', 'aY', 'tX', 'tY', 'pairX', 'pairY', 'pi', 'logPi', 'p', 'unitA'])
      reader.read(`${name}${k}`);
  }
  const units = ['let shrink = 1.0 / stretch; let lift = stretch * inverse;'];
  const picks = all.map((k) => `let pick${k} = f32(component == ${k}.0);`);
  return [...units, ...picks];
}

function maxLines(all: readonly number[]): EvaluationLines {
  const largest = largestLines(all);
  return {
    value: [
      ...all.map((k) => `let q${k} = aX${k} * x + (aY${k} * y + p${k});`),
      ...maximumLines(
        'value',
        all.map((k) => `q${k}`),
      ),
    ],
    gradient: [...largest, 'let d1 = mX; let d2 = mY;'],
    valueBesideGradient: ['let value = top;'],
    difference: [
      ...largest,
      ...all.map((k) => `let step${k} = q${k} - top + aX${k} * hx + aY${k} * hy;`),
      ...maximumLines(
        'difference',
        all.map((k) => `step${k}`),
      ),
    ],
  };
}

function argmaxLines(all: readonly number[]): EvaluationLines {
  const value = [...largestLines(all), 'let value = vec4f(m == vec4u(u32(component)));'];
  return {
    value,
    gradient: ['let d1 = vec4f(0.0); let d2 = vec4f(0.0);'],
    valueBesideGradient: value,
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

function regionOf(all: readonly number[], keys: 'logits' | 'neuron'): string {
  const keyOf = (k: number) => {
    if (keys === 'logits') return neuronKey(k);
    return k === 0 ? 0 : neuronKey(0);
  };
  return all
    .slice(1)
    .reduce(
      (found, k) => `select(${found}, vec4u(${keyOf(k)}u), m == vec4u(${k}u))`,
      `vec4u(${keyOf(0)}u)`,
    );
}

/** Where the largest logit changes, as lines of a layer. */
function hingeLines(all: readonly number[], name: string, layer: number): string[] {
  const covers = all.map((k) => {
    const slope = `(mX - aX${k}) * unit.x, (mY - aY${k}) * unit.y`;
    return `let cover${k} = hingeCoverage(top - q${k}, ${slope}, pen);`;
  });
  const names = all.map((k) => `cover${k}`);
  return [...covers, ...maximumLines('most', names), `let ${name} = most + ${layer}u;`];
}
