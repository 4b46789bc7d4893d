import { availableParallelism } from 'node:os';
import type { ParseArgsConfig } from 'node:util';
import { parseSeeds, parseShard, type SeedRange, type Shard } from '../batches/seeds.ts';
import { DEFAULT_MAX_REGIONS, type PlaneWindow, WINDOW_MAX } from '../geometry/arrangement.ts';
import { WINS, type Wins } from '../model/readouts.ts';
import { assertNone, missing, parse, readCount, splitNumbers, wrong } from './arguments.ts';
import { reading, UsageError } from './usageError.ts';

/** Exact counts of regions, one record of JSON a network. */
export interface RegionsCommand {
  readonly kind: 'regions';
  /** Widths, e.g. 2-20-1, a state or the file of a network (see stateSource.ts). */
  readonly source: string;
  /** Files with the network's data. */
  readonly data: readonly string[];
  /** Of the inputs of a file's network; null for the plane of its two most telling inputs. */
  readonly slice: string | null;
  /** Of the hidden layers if widths are given; null for ReLU. */
  readonly activation: string | null;
  /** null for the network's own. */
  readonly seeds: SeedRange | null;
  readonly shard: Shard;
  /** null for the whole plane. */
  readonly window: PlaneWindow | null;
  readonly decision: boolean;
  readonly wins: Wins;
  /** null for the standard output. */
  readonly output: string | null;
  /** Whether the networks whose records the output already holds are left out. */
  readonly resume: boolean;
  readonly threads: number;
  /** Regions of one network above which it is not counted. */
  readonly maxRegions: number;
  readonly quiet: boolean;
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  quiet: { type: 'boolean', short: 'q' },
  activation: { type: 'string' },
  slice: { type: 'string' },
  seeds: { type: 'string' },
  shard: { type: 'string' },
  window: { type: 'string' },
  decision: { type: 'boolean' },
  wins: { type: 'string' },
  output: { type: 'string', short: 'o' },
  resume: { type: 'boolean' },
  threads: { type: 'string' },
  'max-regions': { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

const THREADS_MAX = 1024;

/** Whether a source is widths, e.g. 2-20-1. */
export function isWidths(source: string): boolean {
  return /^\d+(-\d+)+$/.test(source);
}

/** @returns the command, or null if its help is asked for. @throws UsageError */
export function parseRegions(args: readonly string[]): RegionsCommand | null {
  const { values, positionals } = parse('regions', args, OPTIONS);
  if (values.help) return null;
  const [source, ...data] = positionals;
  if (source === undefined) throw missing('regions', 'widths, a state or a file', '2-20-1');
  if (isWidths(source)) assertNone('regions', data);
  const { activation = null, slice = null, output = null } = values;
  const { resume = false, wins = 'greatest' } = values;
  if (resume && output === null) {
    throw new UsageError('regions: --resume continues a file, expected one as -o FILE');
  }
  for (const option of ['shard', 'resume'] as const) {
    if (values[option] !== undefined && values.seeds === undefined) {
      throw new UsageError(
        `regions: received --${option} without --seeds, expected both; one network has no parts`,
      );
    }
  }
  return reading('regions', () => ({
    kind: 'regions',
    source,
    data,
    slice,
    activation,
    seeds: values.seeds === undefined ? null : parseSeeds(values.seeds),
    shard: values.shard === undefined ? { index: 1, of: 1 } : parseShard(values.shard),
    window: values.window === undefined ? null : readWindow(values.window),
    decision: values.decision ?? false,
    wins: readWins(wins),
    output,
    resume,
    threads: readCount(values.threads, '--threads', THREADS_MAX) ?? availableParallelism(),
    maxRegions:
      readCount(values['max-regions'], '--max-regions', DEFAULT_MAX_REGIONS) ?? DEFAULT_MAX_REGIONS,
    quiet: values.quiet ?? false,
  }));
}

function readWins(text: string): Wins {
  const found = WINS.find((wins) => wins === text);
  if (!found) throw wrong('--wins', text, `one of ${WINS.join(', ')}`);
  return found;
}

/** `x0,x1` for a square, `x0,x1,y0,y1` for a rectangle. */
function readWindow(text: string): PlaneWindow {
  const numbers = splitNumbers(text);
  const [x0, x1, y0 = x0, y1 = x1] = numbers;
  const isComplete = numbers.length === 2 || numbers.length === 4;
  const isBounded = numbers.every((number) => Math.abs(number) <= WINDOW_MAX);
  if (!isComplete || !isBounded || !(x0! < x1!) || !(y0! < y1!)) {
    throw wrong('--window', text, 'x0,x1 or x0,x1,y0,y1 in increasing order, e.g. -3,3');
  }
  return { x: [x0!, x1!], y: [y0!, y1!] };
}
