import type { ParseArgsConfig } from 'node:util';
import type { SizeRequest } from '../drawing/pictureSize.ts';
import { MAX_STEPS } from '../training/readRecipe.ts';
import { assertBelongs, assertNone, missing, parse, readCount, wrong } from './arguments.ts';
import { COMMON, type PageOptions, pageOptions, readPictureSize, SIZE } from './pageOptions.ts';
import { UsageError } from './usageError.ts';

/** Trains a network without a page; pictures of its steps need one. */
export interface TrainCommand extends PageOptions {
  readonly kind: 'train';
  /** A recipe as JSON, in a file, or in the run of a state. */
  readonly source: string;
  /** The network's file; null for none. */
  readonly output: string | null;
  /** A table of losses; null for none. */
  readonly losses: string | null;
  /** Whether the table has the regions around the points, too, of every so many steps. */
  readonly regions: boolean;
  /** A directory of numbered pictures; null for none. */
  readonly frames: string | null;
  /** Steps from picture to picture, and from count to count; null for a hundredth of all. */
  readonly every: number | null;
  readonly size: SizeRequest;
}

/** The files of networks by their endings. */
const NETWORK_ENDINGS = ['.safetensors', '.json', '.onnx'] as const;

const OPTIONS = {
  ...COMMON,
  ...SIZE,
  output: { type: 'string', short: 'o' },
  losses: { type: 'string' },
  regions: { type: 'boolean' },
  frames: { type: 'string' },
  every: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

/** Options of pictures. */
const OF_FRAMES = [...(Object.keys(SIZE) as (keyof typeof SIZE)[]), 'gpu'] as const;

/** @returns the command, or null if its help is asked for. @throws UsageError */
export function parseTrain(args: readonly string[]): TrainCommand | null {
  const { values, positionals } = parse('train', args, OPTIONS);
  if (values.help) return null;
  const [source, ...others] = positionals;
  assertNone('train', others);
  if (source === undefined) throw missing('train', 'a recipe', 'recipe.json');
  const { output = null, losses = null, frames = null } = values;
  if (output === null && losses === null && frames === null) {
    throw new UsageError('train: received nothing to write, expected -o, --losses or --frames');
  }
  const { regions = false } = values;
  if (regions && losses === null) {
    throw new UsageError('train: --regions adds a column to a table: expected --losses, too');
  }
  const ofFrames = OF_FRAMES.map((name) => [`--${name}`, values[name] !== undefined] as const);
  assertBelongs('train', Object.fromEntries(ofFrames), frames !== null, '--frames');
  const hasPlaces = frames !== null || regions;
  assertBelongs(
    'train',
    { '--every': values.every !== undefined },
    hasPlaces,
    '--frames or --regions',
  );
  if (output !== null && !NETWORK_ENDINGS.some((end) => output.toLowerCase().endsWith(end))) {
    throw wrong('-o', output, `a file whose name ends with ${NETWORK_ENDINGS.join(', ')}`);
  }
  return {
    ...{ kind: 'train', source, output, losses, regions, frames },
    every: readCount(values.every, '--every', MAX_STEPS),
    size: readPictureSize('train', values),
    ...pageOptions(values),
  };
}
