import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { blocksOf } from '../batches/blocks.ts';
import { type Batch, countNetwork } from '../batches/countSeeds.ts';
import { type Kept, readRecords, type Subject } from '../batches/records.ts';
import { type SeedRange, shardOf } from '../batches/seeds.ts';
import { activationsOf, hasRegions, shapeOf, widthsOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import { validateField } from '../model/fieldValidation.ts';
import { parseWidths, WidthsError } from '../state/widths.ts';
import { NO_MODEL_ARGUMENTS } from './modelSource.ts';
import { assertWritable } from './outputs.ts';
import type { Progress } from './progress.ts';
import { isWidths, type RegionsCommand } from './regionsOptions.ts';
import { countOnThreads } from './regionsThreads.ts';
import { readSource } from './stateSource.ts';
import { trainedState } from './trainedState.ts';
import { reading, UsageError } from './usageError.ts';

const PIECE_BYTES = 2 ** 22;

/** Counts the regions of one network, or of one for each seed, exactly: a line of JSON each. */
export async function regions(command: RegionsCommand, progress: Progress): Promise<void> {
  const batch = await batchOf(command, progress);
  const { output } = command;
  if (output !== null) assertWritable(output);
  if (command.seeds === null) {
    progress.begin('Counting regions');
    const record = countNetwork(batch, ownSeed(batch.field), (done) => progress.report(done));
    writerOf(output, null)(record);
    return progress.end();
  }
  const seeds = shardOf(command.seeds, command.shard);
  const kept = output !== null && command.resume ? readKept(output, batch) : null;
  const write = writerOf(output, kept);
  const left = seeds.count - countIn(seeds, kept?.seeds ?? new Set());
  progress.begin(`Counting regions of ${networks(left)}`);
  let [counted, failed] = [0, 0];
  await countOnThreads(
    batch,
    blocksOf(seeds, kept?.seeds ?? new Set(), command.threads),
    command.threads,
    (lines) => {
      failed += lines.split('"error":').length - 1;
      write(lines);
    },
    (records) => {
      counted += records;
      progress.report(counted / left);
    },
  );
  const uncounted = failed > 0 ? `, ${failed} with more than ${command.maxRegions} regions` : '';
  progress.note(`Counted ${networks(counted)}${uncounted}`);
}

/** null for a network that is not drawn. */
function ownSeed({ network }: Field): bigint | null {
  return network.kind === 'drawn' ? BigInt(network.seed) : null;
}

/** How many of some seeds a range has. */
function countIn({ first, count }: SeedRange, seeds: ReadonlySet<bigint>): number {
  let found = 0;
  for (const seed of seeds) if (seed >= first && seed < first + BigInt(count)) found += 1;
  return found;
}

function networks(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'network' : 'networks'}`;
}

/** @throws UsageError */
async function batchOf(command: RegionsCommand, progress: Progress): Promise<Batch> {
  const field = await readField(command, progress);
  const { network } = field;
  if (command.seeds !== null && network.kind !== 'drawn') {
    throw new UsageError(
      `regions: received --seeds for a network that is '${network.kind}', expected one that is drawn from a seed`,
    );
  }
  if (!hasRegions(network)) {
    const kinds = JSON.stringify(activationsOf(network));
    throw new UsageError(
      `regions: received activations ${kinds}, expected piecewise linear ones, e.g. relu; other networks have no regions`,
    );
  }
  if (command.decision && shapeOf(network).outputs === 1) {
    throw new UsageError(
      'regions: received --decision for a network with one output, expected several outputs',
    );
  }
  const { window, wins, decision, maxRegions } = command;
  const subject = subjectOf(field, command);
  return { field, subject, window, wins, withDecision: decision, maxRegions };
}

/** Of widths, of a state, or of a file's network. @throws UsageError */
async function readField(
  { source, data, slice, activation }: RegionsCommand,
  progress: Progress,
): Promise<Field> {
  if (isWidths(source)) {
    if (slice !== null) {
      throw new UsageError(
        `regions: received --slice for '${source}', expected it with the file of a network; JSON of a state has a slice, too`,
      );
    }
    return reading('regions', () => {
      const widths = readWidths(source);
      return validateField({
        network: { kind: 'drawn', widths, activation: activation ?? 'relu' },
      });
    });
  }
  if (activation !== null) {
    throw new UsageError(
      `regions: received --activation for '${source}', expected it with widths, e.g. 2-20-1; others have their own`,
    );
  }
  const found = readSource(source, { ...NO_MODEL_ARGUMENTS, data, slice });
  if (found.kind !== 'figure') return (await trainedState(found.state, progress)).field;
  throw new UsageError(
    `regions: received '${source}', expected widths, a state or the file of a network; a figure has several fields`,
  );
}

function readWidths(text: string): number[] {
  try {
    return parseWidths(text);
  } catch (error) {
    if (error instanceof WidthsError) throw new UsageError(`regions: ${error.message}`);
    throw error;
  }
}

/** What each record says of its network, so that records of different batches cannot be mixed up. */
function subjectOf(field: Field, { window, decision, wins }: RegionsCommand): Subject {
  const { network, slice } = field;
  const kinds = activationsOf(network);
  const isPlain = network.kind === 'drawn' && network.outputBias === null && slice === null;
  return {
    network: widthsOf(network).join('-'),
    activation: new Set(kinds.map((kind) => JSON.stringify(kind))).size === 1 ? kinds[0] : kinds,
    ...(isPlain ? {} : { field: hashOf(field) }),
    ...(slice === null ? {} : { slice }),
    window,
    ...(decision ? { wins } : {}),
  };
}

/** Tells fields apart that differ in more than their seed. */
function hashOf({ network, slice }: Field): string {
  const { seed: _seed, ...rest } = { seed: 0, ...network };
  return createHash('sha256')
    .update(JSON.stringify([rest, slice]))
    .digest('hex')
    .slice(0, 16);
}

/** @throws UsageError if the file holds other records */
function readKept(file: string, { subject, maxRegions }: Batch): Kept {
  // A run that begins has no file yet.
  if (!existsSync(file)) return { bytes: 0, seeds: new Set() };
  const kept = reading(`--resume: ${file}`, () => readRecords(piecesOf(file), subject, maxRegions));
  truncateSync(file, kept.bytes);
  return kept;
}

/** A file piece by piece: that of millions of networks is longer than a string can be. */
function* piecesOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const piece = new Uint8Array(PIECE_BYTES);
      const length = readSync(file, piece);
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

/** Writes whole lines, so that a run that is ended leaves whole records, but for the last one. */
function writerOf(file: string | null, kept: Kept | null): (lines: string) => void {
  if (file === null) return writeOut;
  if (kept === null) writeFileSync(file, '');
  return (lines) => appendFileSync(file, lines);
}

function writeOut(lines: string): void {
  const bytes = Buffer.from(lines);
  for (let start = 0; start < bytes.length; ) {
    try {
      start += writeSync(process.stdout.fd, bytes, start);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // The reader, e.g. head, has enough.
      if (code === 'EPIPE') process.exit(0);
      // A pipe that is full takes more later.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
