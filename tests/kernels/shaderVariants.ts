import presentSource from '../../shaders/present.wgsl?raw';
import { composeCulled, isCullable } from '../../src/kernels/composeCulled.ts';
import {
  composeEvaluate,
  composeSeries,
  hasSeries,
  type Output,
} from '../../src/kernels/composeEvaluate.ts';
import { composeFacets, isMadeOfFacets } from '../../src/kernels/composeFacets.ts';
import { composeLayered } from '../../src/kernels/composeLayered.ts';
import { familyOf, layerCodes } from '../../src/kernels/families.ts';
import { readoutOf } from '../../src/kernels/packWide.ts';
import { prepareField, type WideField } from '../../src/kernels/prepareField.ts';
import type { Reads } from '../../src/kernels/reads.ts';
import {
  ACTIVATION_KINDS,
  type Activation,
  DEFAULT_ACTIVATIONS,
  isPiecewiseLinear,
} from '../../src/model/activations.ts';
import { shapeOf } from '../../src/model/drawnNetwork.ts';
import type { Field } from '../../src/model/field.ts';
import { QUANTITIES } from '../../src/model/quantities.ts';
import type { Readout } from '../../src/model/readouts.ts';
import { resolve } from '../../src/model/resolve.ts';
import { COLOR_SOURCE } from '../../src/passes/color.ts';
import { COUNT_SOURCE } from '../../src/passes/countRegions.ts';
import { EQUALIZE_SOURCE } from '../../src/passes/equalize.ts';
import { REDUCE_SOURCE } from '../../src/passes/reduce.ts';
import type { ProjectionKind } from '../../src/view/projection.ts';
import { fieldOf, type Shorthand } from '../shorthand.ts';

/** Something that the evaluators compile: an output of a field in a kind of picture. */
export interface EvaluationVariant {
  readonly name: string;
  readonly field: Field;
  readonly output: Output;
  readonly kind: ProjectionKind;
}

/** A module of WGSL. */
export interface ShaderSource {
  readonly name: string;
  readonly code: string;
}

function mlp(activation: 'relu' | 'abs', ...widths: number[]): Shorthand {
  return { kind: 'mlp', widths, activation, seed: 0, outputBias: null };
}

const logits = (count: number) => ({ count, seed: 0 });

/** Every generator of code at least once, and with more terms than its smallest; tanh has the code of sigmoid. */
const SHORT_FIELDS: readonly Shorthand[] = [
  mlp('relu', 2, 2, 1),
  mlp('relu', 2, 20, 1),
  mlp('abs', 2, 20, 1),
  mlp('relu', 2, 5, 5, 5, 5, 1),
  mlp('abs', 2, 5, 5, 5, 5, 1),
  mlp('relu', 2, 64, 64, 64, 1),
  mlp('abs', 2, 64, 64, 64, 1),
  { kind: 'lse', lambda: 1, logits: null },
  { kind: 'lse', lambda: 1, logits: logits(10) },
  { kind: 'gap', lambda: 1, logits: null },
  { kind: 'gap', lambda: 1, logits: logits(5) },
  { kind: 'max', logits: null },
  { kind: 'max', logits: logits(4) },
  { kind: 'softmax', lambda: 1, component: 0, logits: null },
  { kind: 'softmax', lambda: 1, component: 0, logits: logits(3) },
  { kind: 'argmax', component: 0, logits: null },
  { kind: 'sigmoid', weight: [1, 2], bias: 0 },
];

/** A network of K outputs. */
function outputs(
  activation: Activation | readonly Activation[],
  widths: readonly number[],
  readout: Readout,
): Field {
  const network = { kind: 'drawn', widths, activation, seed: 0, outputBias: null } as const;
  return { network, slice: null, readout };
}

const LEAKY: Activation = { kind: 'leakyRelu', slope: 0.1 };

const SMOOTH = ACTIVATION_KINDS.map((kind) => DEFAULT_ACTIVATIONS[kind]).filter(
  (activation) => !isPiecewiseLinear(activation),
);

/** Wide networks with other slopes, smooth layers and readouts. */
const WIDE_FIELDS: readonly Field[] = [
  outputs(LEAKY, [2, 64, 64, 1], { kind: 'output', index: 0 }),
  outputs('relu', [2, 64, 64, 3], { kind: 'lse', lambda: 1 }),
  outputs('abs', [2, 64, 64, 5], { kind: 'class', wins: 'greatest' }),
  outputs([...SMOOTH, 'relu'], [2, ...SMOOTH.map(() => 4), 4, 1], { kind: 'output', index: 0 }),
  outputs('tanh', [2, 4, 3], { kind: 'softmax', index: 0, lambda: 1 }),
  outputs('tanh', [2, 4, 3], { kind: 'margin', wins: 'least' }),
];

/** Readouts of several outputs: the lines of each once, and in each family of networks. */
const FIELDS: readonly Field[] = [
  ...SHORT_FIELDS.map(fieldOf),
  outputs(LEAKY, [2, 4, 3, 1], { kind: 'output', index: 0 }),
  outputs(LEAKY, [2, 4, 3], { kind: 'softmax', index: 1, lambda: 1 }),
  outputs(LEAKY, [2, 3, 2], { kind: 'max' }),
  outputs('relu', [2, 4, 3], { kind: 'gap', lambda: 1 }),
  outputs('relu', [2, 3, 3], { kind: 'argmax', index: 0, wins: 'least' }),
  outputs('abs', [2, 4, 3], { kind: 'lse', lambda: 1 }),
  outputs('abs', [2, 3, 3], { kind: 'margin', wins: 'greatest' }),
  outputs('relu', [2, 3], { kind: 'class', wins: 'greatest' }),
  ...WIDE_FIELDS,
];

const KINDS: readonly ProjectionKind[] = ['plane', 'logRadial'];

function outputsOf(field: Field, kind: ProjectionKind): Output[] {
  const { hidden, outputs: count } = shapeOf(field.network);
  const every: Output[] = [...QUANTITIES, 'hinge', 'valueAndGradient'];
  if (count > 1) every.push('boundary');
  const all = resolve(field).plane.isPiecewiseLinear
    ? every
    : every.filter((output) => output !== 'region' && output !== 'hinge');
  // No common step, and no tiles.
  if (kind === 'logRadial') return all.filter((output) => !output.startsWith('np'));
  return hidden.length > 0 ? [...all, 'openNeurons'] : all;
}

/** All that the evaluators compile for one field or another. */
export const EVALUATIONS: readonly EvaluationVariant[] = FIELDS.flatMap((field) =>
  KINDS.flatMap((kind) =>
    outputsOf(field, kind).map((output) => {
      const name = `${prepareField(resolve(field)).key} ${output} ${kind}`;
      return { name, field, output, kind };
    }),
  ),
);

/** What evaluates a wide network by its facets instead. */
function facetSources(): ShaderSource[] {
  const wide = FIELDS.map((field) => prepareField(resolve(field))).filter(
    (prepared): prepared is WideField =>
      prepared.form === 'layered' && prepared.plane.isPiecewiseLinear,
  );
  const made = ([...QUANTITIES, 'valueAndGradient'] as const).filter(isMadeOfFacets);
  return wide.flatMap((prepared) =>
    made.map((output) => ({
      name: `${prepared.key} ${output} facets`,
      code: composeFacets(output, readoutOf(prepared)),
    })),
  );
}

/** The modules of an evaluation, as the evaluators put them together. */
function sourcesOf({ name, field, output, kind }: EvaluationVariant): ShaderSource[] {
  const prepared = prepareField(resolve(field));
  if (prepared.form === 'layered') {
    const family = familyOf(prepared.plane);
    const readout = readoutOf(prepared);
    if (family !== 'smooth' && kind === 'plane' && isCullable(output)) {
      return waysToRead(output).map((reads) => ({
        name: `${name} ${reads}`,
        code: composeCulled(family, output, readout, reads),
      }));
    }
    return [...new Set(layerCodes(prepared.plane)), 'outputs' as const].map((code) => ({
      name: `${name} ${code}`,
      code: composeLayered(family, code, output, kind, readout),
    }));
  }
  const code = prepared.code();
  const straight = { name, code: composeEvaluate(code, output, kind) };
  if (!hasSeries(code, output, kind)) return [straight];
  return [straight, { name: `${name} series`, code: composeSeries(code, output) }];
}

/** For all outputs the lines of a loop are the same. */
function waysToRead(output: Output): Reads[] {
  return output === 'value' ? ['by lines', 'by loop'] : ['by lines'];
}

/** Every module of WGSL that there is, one for each form of generated code. */
export function allShaderSources(): ShaderSource[] {
  return [
    ...EVALUATIONS.flatMap(sourcesOf),
    ...facetSources(),
    { name: 'reduce', code: REDUCE_SOURCE },
    { name: 'equalize', code: EQUALIZE_SOURCE },
    { name: 'countRegions', code: COUNT_SOURCE },
    { name: 'color', code: COLOR_SOURCE },
    { name: 'present', code: presentSource },
  ];
}
