import { parentPort, workerData } from 'node:worker_threads';
import { type Batch, countNetwork } from '../batches/countSeeds.ts';

/** Seeds to count, to a thread. */
export interface BlockRequest {
  readonly block: number;
  readonly seeds: readonly bigint[];
}

/** Records of a block, from a thread: some of them now and then, the last ones with `done`. */
export interface BlockAnswer {
  readonly block: number;
  readonly lines: string;
  readonly records: number;
  readonly done: boolean;
}

/** Milliseconds between two answers about one block. */
const ANSWER_INTERVAL = 200;

/** A thread that counts blocks of seeds of the batch with which it was started; src/cli/regionsThreads.ts talks to it. */
const batch = workerData as Batch;
const port = parentPort!;
port.on('message', ({ block, seeds }: BlockRequest) => {
  let [lines, records, last] = ['', 0, performance.now()];
  const answer = (done: boolean) => {
    port.postMessage({ block, lines, records, done } satisfies BlockAnswer);
    [lines, records, last] = ['', 0, performance.now()];
  };
  for (const seed of seeds) {
    lines += countNetwork(batch, seed);
    records++;
    if (performance.now() - last > ANSWER_INTERVAL) answer(false);
  }
  answer(true);
});
