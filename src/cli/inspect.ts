import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { LimitExceededError } from '../geometry/arrangement.ts';
import { enumerateRegions } from '../geometry/enumerateRegions.ts';
import { isPiecewiseLinear, traitsOf } from '../model/activations.ts';
import type { FullNetwork } from '../model/networks.ts';
import { restrict } from '../model/restrict.ts';
import { defaultSlice } from '../model/slice.ts';
import { type ModelFile, ModelFileError } from '../models/modelFile.ts';
import { readModelFile } from '../models/readModelFile.ts';
import { UsageError } from './usageError.ts';

/** Regions of a plane that are counted at most. */
const REGIONS_MAX = 200_000;

/**
 * What the files of one network say of it, and the exact counts of the plane in which its first two inputs vary.
 * @param paths the model, and files with its data if it has some
 * @throws UsageError if a file cannot be read, or is no network
 */
export function inspect(paths: readonly string[]): string {
  const files = paths.map((path) => ({ name: basename(path), bytes: readBytes(path) }));
  let model: ModelFile;
  try {
    model = readModelFile(files);
  } catch (error) {
    if (error instanceof ModelFileError) throw new UsageError(`inspect: ${error.message}`);
    throw error;
  }
  return `${[...describeNetwork(model), ...describeRegions(model.network)].join('\n')}\n`;
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`inspect: ${error instanceof Error ? error.message : error}`);
  }
}

function describeNetwork({ network, inputs, outputNames, notes, ending }: ModelFile): string[] {
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

function describeRegions(network: FullNetwork): string[] {
  if (!network.layers.every(({ activation }) => isPiecewiseLinear(activation))) {
    return ['regions      none: an activation is smooth'];
  }
  const { inputs } = network.layers[0]!;
  const plane = restrict(network, inputs === 2 ? null : defaultSlice(inputs), null);
  const where = inputs > 2 ? ' where the first two inputs vary and the others are 0' : '';
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
