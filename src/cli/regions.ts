import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { blocksOf } from '../batches/blocks.ts';
import { type Batch, countNetwork } from '../batches/countSeeds.ts';
import { type Kept, readRecords, type Subject } from '../batches/records.ts';
import { shardOf } from '../batches/seeds.ts';
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
import { reading, UsageError } from './usageError.ts';

/** Counts the regions of one network, or of one for each seed, exactly: a line of JSON each. */
export async function regions(command: RegionsCommand, progress: Progress): Promise<void> {
  const batch = batchOf(command);
  const { output } = command;
  if (output !== null) assertWritable(output);
  if (command.seeds === null) {
    progress.begin('Counting regions');
    const record = countNetwork(batch, null, (done) => progress.report(done));
    writerOf(output, null)(record);
    return progress.end();
  }
  const seeds = shardOf(command.seeds, command.shard);
  const kept = output !== null && command.resume ? readKept(output, batch.subject) : null;
  const write = writerOf(output, kept);
  const left = seeds.count - (kept?.seeds.size ?? 0);
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

function networks(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'network' : 'networks'}`;
}

/** @throws UsageError */
function batchOf(command: RegionsCommand): Batch {
  const field = readField(command);
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
function readField({ source, data, slice, activation }: RegionsCommand): Field {
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
  if (found.kind !== 'figure') return found.state.field;
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
function readKept(file: string, subject: Subject): Kept {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    // A run that begins has no file yet.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const kept = reading(`--resume: ${file}`, () => readRecords(text, subject));
  if (text !== '') truncateSync(file, kept.bytes);
  return kept;
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
