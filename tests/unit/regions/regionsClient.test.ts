import { describe, expect, test } from 'vitest';
import { CancelledError, LimitExceededError } from '../../../src/geometry/arrangement.ts';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { RegionsClient } from '../../../src/regions/regionsClient.ts';
import {
  answerRequest,
  type RegionRequest,
  type RegionWorkKind,
  restoreFailure,
} from '../../../src/regions/regionWork.ts';
import { type PoolWorker, type StartWorker, WorkerPool } from '../../../src/workers/workerPool.ts';
import { drawPlane } from '../../shorthand.ts';

function drawn(seed: number) {
  const widths = [2, 20, 1];
  return drawPlane({ kind: 'mlp', widths, activation: 'relu', seed, outputBias: null });
}

type Numbered = RegionRequest & { readonly id: number };

/** A worker on the same thread, which answers when told to. */
class FakeWorker implements PoolWorker {
  onmessage: PoolWorker['onmessage'] = null;
  onerror: PoolWorker['onerror'] = null;
  isTerminated = false;
  readonly requests: Numbered[] = [];

  postMessage(request: Numbered): void {
    this.requests.push(structuredClone(request));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  answer(): void {
    let clock = 0;
    const now = () => {
      clock += 1000;
      return clock;
    };
    answerRequest(this.requests.at(-1)!, (data) => this.deliver(data), now);
  }

  deliver(data: unknown): void {
    const event = { data } as MessageEvent;
    this.onmessage?.call(this as unknown as Worker, event);
  }

  fail(message: string | undefined): void {
    const event = { message } as ErrorEvent;
    this.onerror?.call(this as unknown as Worker, event);
  }
}

const poolOf = (starts: readonly StartWorker[], size: number) =>
  new WorkerPool<RegionWorkKind>(starts, size, restoreFailure);

function makeClients(count = 1, size = 4) {
  const workers: FakeWorker[] = [];
  const start = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const pool = poolOf([start], size);
  const clients = Array.from({ length: count }, () => new RegionsClient(pool));
  return { client: clients[0]!, clients, workers };
}

const PLANE = { window: null } as const;
/** Lets promises that are settled go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('RegionsClient', () => {
  test('starts one worker with the first request and sends one request at a time', async () => {
    const { client, workers } = makeClients();
    await settle();
    expect(workers.length).toBe(0);
    const steps: number[] = [];
    const onProgress = (done: number) => steps.push(done);
    const first = client.enumerate(drawn(0), { ...PLANE, onProgress });
    const second = client.enumerate(drawn(1), { ...PLANE, cells: true });
    await settle();
    expect(workers[0]!.requests.length).toBe(1);
    workers[0]!.answer();
    expect(await first).toMatchObject({ activationRegions: 211, reach: 204.3193609910916 });
    expect(steps.length).toBeGreaterThan(5);
    await settle();
    workers[0]!.answer();
    expect((await second).cells.length).toBe(211);
    expect(workers.length).toBe(1);
  });

  test('ends the worker when the running request is aborted, and continues with the next', async () => {
    const { client, workers } = makeClients();
    const abort = new AbortController();
    const first = client.enumerate(drawn(0), { ...PLANE, signal: abort.signal });
    const second = client.enumerate(drawn(1), PLANE);
    await settle();
    abort.abort();
    await expect(first).rejects.toThrow(CancelledError);
    await settle();
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    workers[1]!.answer();
    expect((await second).activationRegions).toBe(211);
  });

  test('drops a waiting request that is aborted, without ending the worker', async () => {
    const { client, workers } = makeClients();
    const abort = new AbortController();
    const first = client.enumerate(drawn(0), PLANE);
    const second = client.enumerate(drawn(1), { ...PLANE, signal: abort.signal });
    abort.abort();
    await expect(second).rejects.toThrow(CancelledError);
    await settle();
    workers[0]!.answer();
    await first;
    await settle();
    expect(workers.length).toBe(1);
    expect(workers[0]).toMatchObject({ isTerminated: false, requests: [{ id: 0 }] });
  });

  test('rejects at once if it was aborted beforehand', async () => {
    const { client, workers } = makeClients();
    const request = client.enumerate(drawn(0), { ...PLANE, signal: AbortSignal.abort() });
    await expect(request).rejects.toThrow(CancelledError);
    expect(workers.length).toBe(0);
  });

  test('says the limit, and why a request failed', async () => {
    const { client, workers } = makeClients();
    const limited = client.enumerate(drawn(0), { ...PLANE, maxRegions: 10 });
    await settle();
    workers[0]!.answer();
    await expect(limited).rejects.toEqual(new LimitExceededError('regions', 10));
    const wrong = client.enumerate(drawn(0), { window: { x: [1, 0], y: [0, 1] } });
    await settle();
    workers[0]!.answer();
    await expect(wrong).rejects.toThrow(InvalidInputError);
    await expect(wrong).rejects.toThrow('window.x: received [1,0], expected');
  });

  test('starts a new worker after one that broke', async () => {
    const { client, workers } = makeClients();
    const first = client.enumerate(drawn(0), PLANE);
    const second = client.enumerate(drawn(1), PLANE);
    await settle();
    workers[0]!.fail('out of memory');
    await expect(first).rejects.toThrow('out of memory');
    await settle();
    workers[1]!.answer();
    expect((await second).vertices).toBe(190);
  });

  test('rejects everything when disposed of', async () => {
    const { client, workers } = makeClients();
    const requests = [client.enumerate(drawn(0), PLANE), client.enumerate(drawn(1), PLANE)];
    await settle();
    client.dispose();
    for (const request of requests) await expect(request).rejects.toThrow(CancelledError);
    expect(workers[0]!.isTerminated).toBe(true);
    await expect(client.enumerate(drawn(0), PLANE)).rejects.toThrow(CancelledError);
  });
});

describe('the pool of workers', () => {
  test('is shared: sixteen panels have four', async () => {
    const { clients, workers } = makeClients(16, 4);
    const requests = clients.map((client) => client.enumerate(drawn(0), PLANE));
    await settle();
    expect(workers.length).toBe(4);
    for (let answered = 0; answered < 16; answered += 1) {
      workers[answered % 4]!.answer();
      await settle();
    }
    for (const request of requests) expect((await request).vertices).toBe(190);
    expect(workers.length).toBe(4);
  });

  test('ends its workers with the last client', async () => {
    const { clients, workers } = makeClients(2);
    const requests = clients.map((client) => client.enumerate(drawn(0), PLANE));
    await settle();
    for (const worker of workers) worker.answer();
    await Promise.all(requests);
    clients[0]!.dispose();
    expect(workers.some(({ isTerminated }) => isTerminated)).toBe(false);
    clients[1]!.dispose();
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
  });

  test('tries the next way to start a worker if one throws, or does not load', async () => {
    for (const breaks of ['throws', 'does not load']) {
      const broken: FakeWorker[] = [];
      const workers: FakeWorker[] = [];
      const first = () => {
        if (breaks === 'throws') throw new DOMException('from another origin', 'SecurityError');
        broken.push(new FakeWorker());
        return broken.at(-1)!;
      };
      const second = () => {
        workers.push(new FakeWorker());
        return workers.at(-1)!;
      };
      const pool = poolOf([first, second], 2);
      const requests = [0, 1].map(() => new RegionsClient(pool).enumerate(drawn(0), PLANE));
      await settle();
      // What cannot be loaded sends an event without a message.
      for (const worker of broken) worker.fail(undefined);
      expect(workers.length).toBe(2);
      for (const worker of workers) worker.answer();
      for (const request of requests) expect((await request).vertices, breaks).toBe(190);
    }
  });

  test('rejects, and continues, if no worker can be started', async () => {
    let isAllowed = false;
    const worker = new FakeWorker();
    const start = () => {
      if (!isAllowed) throw new Error('no workers here');
      return worker;
    };
    const client = new RegionsClient(poolOf([start], 2));
    await expect(client.enumerate(drawn(0), PLANE)).rejects.toThrow('no workers here');
    await expect(client.enumerate(drawn(0), PLANE)).rejects.toThrow('no workers here');
    isAllowed = true;
    const request = client.enumerate(drawn(0), PLANE);
    await settle();
    worker.answer();
    expect((await request).vertices).toBe(190);
  });
});
