import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { InOrder } from '../batches/blocks.ts';
import type { Batch } from '../batches/countSeeds.ts';
import type { BlockAnswer, BlockRequest } from './regionsThread.ts';

/** Built beside this file's bundle. */
const THREAD = join(dirname(fileURLToPath(import.meta.url)), 'regionsThread.mjs');

/**
 * Counts blocks of seeds on several threads.
 *
 * @param write gets whole lines, in the order of the seeds.
 * @param onRecords gets the number of networks counted since the last call.
 */
export async function countOnThreads(
  batch: Batch,
  blocks: Iterator<bigint[]>,
  threads: number,
  write: (lines: string) => void,
  onRecords: (records: number) => void,
): Promise<void> {
  // Each thread collects its young garbage alone. Helpers would wait for the other threads' cores, and their thread for them.
  setFlagsFromString('--no-parallel-scavenge');
  const inOrder = new InOrder();
  let sent = 0;
  const workers: Worker[] = [];
  const runThread = (first: bigint[]) =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(THREAD, { workerData: batch });
      workers.push(worker);
      const send = (seeds: bigint[]) =>
        worker.postMessage({ block: sent++, seeds } satisfies BlockRequest);
      worker.on('error', reject);
      worker.on('message', ({ block, lines, records, done }: BlockAnswer) => {
        try {
          write(inOrder.add(block, lines, done));
          onRecords(records);
        } catch (error) {
          return reject(error);
        }
        if (!done) return;
        const next = blocks.next();
        if (next.done) resolve();
        else send(next.value);
      });
      send(first);
    });
  try {
    const running: Promise<void>[] = [];
    while (running.length < threads) {
      const { value, done } = blocks.next();
      if (done) break;
      running.push(runThread(value));
    }
    await Promise.all(running);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
