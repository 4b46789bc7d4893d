import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { lookAtPoints } from '../../../src/model/firstLook.ts';
import { ModelFileError } from '../../../src/models/modelFile.ts';
import { readPoints } from '../../../src/models/points.ts';
import { readModel } from '../../../src/models/readModel.ts';
import { FileReading } from '../../../src/reading/fileReading.ts';
import {
  answerReading,
  type ReadingKind,
  type ReadingRequest,
  restoreReadingFailure,
} from '../../../src/reading/readingWork.ts';
import { type PoolWorker, WorkerPool } from '../../../src/workers/workerPool.ts';
import { namedFile, pointsBytes, textFile } from '../models/files.ts';

/** A worker on the same thread, which answers in the next task, on a clock that goes on by 200 ms each time it is read. */
class FakeWorker implements PoolWorker {
  onmessage: PoolWorker['onmessage'] = null;
  onerror: PoolWorker['onerror'] = null;
  isTerminated = false;
  #clock = 0;

  postMessage(request: ReadingRequest & { readonly id: number }): void {
    const received = structuredClone(request);
    const post = (message: unknown) => {
      const event = { data: structuredClone(message) } as MessageEvent;
      if (!this.isTerminated) this.onmessage?.call(this as unknown as Worker, event);
    };
    setTimeout(() =>
      answerReading(received, post, () => {
        this.#clock += 200;
        return this.#clock;
      }),
    );
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

function makeReading() {
  const workers: FakeWorker[] = [];
  const start = () => {
    workers.push(new FakeWorker());
    return workers.at(-1)!;
  };
  const pool = new WorkerPool<ReadingKind>([start], 1, restoreReadingFailure);
  return { reading: new FileReading(pool), workers };
}

const { signal } = new AbortController();
const PLANE = { name: 'plane.csv', bytes: pointsBytes('plane.csv') };
const ignore = () => undefined;

describe('FileReading', () => {
  test('reads networks as readModel does, and starts a worker for large ones', async () => {
    const { reading, workers } = makeReading();
    const small = namedFile('small.npz');
    expect(await reading.readModel([small], signal)).toEqual(readModel([small]));
    expect(workers.length).toBe(0);
    const large = textFile(`{"W1": [[1, 2]]${' '.repeat(1e6)}}`, 'large.json');
    for (let times = 0; times < 2; times += 1) {
      expect(await reading.readModel([large], signal)).toEqual(readModel([large]));
    }
    expect(workers.length).toBe(1);
    reading.end();
    expect(workers[0]!.isTerminated).toBe(true);
  });

  test('finds planes as lookAtPoints does, and says how far it is', async () => {
    const { reading } = makeReading();
    const shares: number[] = [];
    const found = await reading.findPlane(PLANE, 5, signal, (share) => shares.push(share));
    expect(found).toEqual({ look: lookAtPoints(readPoints(PLANE, 5)), points: 60 });
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  test('rejects as the readers throw', async () => {
    const { reading } = makeReading();
    const wrong = reading.readModel([textFile('{}', 'a.json')], signal);
    await expect(wrong).rejects.toThrow(ModelFileError);
    await expect(wrong).rejects.toThrow('a.json: no weights');
    const line = reading.findPlane(textFile('1,1\n2,2\n3,3\n', 'a.csv'), 2, signal, ignore);
    await expect(line).rejects.toThrow(InvalidInputError);
    await expect(line).rejects.toThrow('received "3 points on one line"');
  });

  test('ends the worker when it is cancelled, and goes on with another', async () => {
    const { reading, workers } = makeReading();
    const abort = new AbortController();
    const cancelled = reading.findPlane(PLANE, 5, abort.signal, ignore);
    abort.abort();
    await expect(cancelled).rejects.toBe(abort.signal.reason);
    expect(workers[0]!.isTerminated).toBe(true);
    expect((await reading.findPlane(PLANE, 5, signal, ignore)).points).toBe(60);
  });
});
