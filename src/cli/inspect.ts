import { LimitExceededError } from '../geometry/arrangement.ts';
import { enumerateRegions } from '../geometry/enumerateRegions.ts';
import { isPiecewiseLinear, traitsOf } from '../model/activations.ts';
import type { Model } from '../model/models.ts';
import { restrict } from '../model/restrict.ts';
import { coordinatesOf, type Slice } from '../model/slice.ts';
import { formatVector } from '../state/vectors.ts';
import { openModel, readLook } from './modelSource.ts';

/** Regions of a plane that are counted at most. */
const REGIONS_MAX = 200_000;

/**
 * What the files of one network say of it, and the exact counts of a plane of its input space.
 * @param paths the model, and files with its data if it has some
 * @param slice as `readLook` reads it; null for the plane of the two most telling inputs
 * @throws UsageError if a file cannot be read, or is no network, or the slice is none
 */
export function inspect(paths: readonly string[], slice: string | null = null): string {
  const { model } = openModel(paths);
  const look = readLook(slice, model);
  return `${[...describeNetwork(model), ...describeRegions(model, look.slice)].join('\n')}\n`;
}

function describeNetwork({ network, facts }: Model): string[] {
  const { inputs, outputNames, notes, ending } = facts;
  const { layers } = network;
  const widths = [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)];
  const parameters = layers.reduce((sum, { weight, bias }) => sum + weight.length + bias.length, 0);
  const activations = [
    ...new Set(layers.slice(0, -1).map(({ activation }) => traitsOf(activation).label)),
  ];
  const named = inputs.filter(({ name, range }) => name !== null || range !== null);
  return [
    `network      ${widths.join('-')}`,
    `activations  ${activations.join(', ') || 'none'}`,
    `parameters   ${parameters.toLocaleString('en-US')}`,
    ...(ending ? [`ending       ${ending}`] : []),
    ...named.slice(0, 16).map(({ name, range }, i) => {
      const values = range ? `, ${range[0]} to ${range[1]}` : '';
      return `input ${i + 1}      ${name ?? 'without a name'}${values}`;
    }),
    ...(outputNames ? [`outputs      ${outputNames.join(', ')}`] : []),
    ...notes.map((note) => `note         ${note}`),
  ];
}

function describeRegions({ network, facts }: Model, slice: Slice | null): string[] {
  if (!network.layers.every(({ activation }) => isPiecewiseLinear(activation))) {
    return ['regions      none: an activation is smooth'];
  }
  const plane = restrict(network, slice, null);
  const where = slice === null ? '' : ` ${describeSlice(slice, facts.inputs)}`;
  try {
    const counts = enumerateRegions(plane, { window: null, maxRegions: REGIONS_MAX });
    const { activationRegions, linearRegions, decision } = counts;
    return [
      `regions      ${activationRegions.toLocaleString('en-US')} in the plane${where}; ${linearRegions.toLocaleString('en-US')} linear ones`,
      ...(decision
        ? [`decisions    ${decision.regions.toLocaleString('en-US')} regions of classes there`]
        : []),
    ];
  } catch (error) {
    if (!(error instanceof LimitExceededError)) throw error;
    return [`regions      more than ${REGIONS_MAX.toLocaleString('en-US')}${where}`];
  }
}

/** Values of inputs that are listed. */
const VALUES_MAX = 8;

/** In the network's own numbers, which the file's units may differ from. */
function describeSlice(slice: Slice, inputs: Model['facts']['inputs']): string {
  const name = (i: number) => inputs[i]!.name ?? `x${i + 1}`;
  const varying = coordinatesOf(slice);
  if (varying === null) return `through ${formatVector(slice.origin)}`;
  const fixed = slice.origin
    .map((value, i) => ({ value, i }))
    .filter(({ i }) => !varying.includes(i));
  const shown = fixed.slice(0, VALUES_MAX).map(({ value, i }) => `${name(i)} = ${value}`);
  const more = fixed.length > VALUES_MAX ? ', …' : '';
  const rest = fixed.length > 0 ? ` and ${shown.join(', ')}${more}` : '';
  return `where ${[...new Set(varying)].map(name).join(' and ')} vary${rest}`;
}
