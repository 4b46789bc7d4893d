import { describe, expect, test } from 'vitest';
import { CancelledError, LimitExceededError } from '../../../src/geometry/arrangement.ts';
import type { MlpField } from '../../../src/model/field.ts';
import { drawNetwork } from '../../../src/model/network.ts';
import { RegionsClient, type RegionWorker } from '../../../src/regions/regionsClient.ts';
import { answerRequest, type RegionRequest } from '../../../src/regions/regionWork.ts';

function drawn(seed: number) {
  const widths = [2, 20, 1];
  const field: MlpField = { kind: 'mlp', widths, activation: 'relu', seed, outputBias: null };
  return drawNetwork(field);
}

/** A worker on the same thread, which answers when told to. */
class FakeWorker implements RegionWorker {
  onmessage: RegionWorker['onmessage'] = null;
  onerror: RegionWorker['onerror'] = null;
  isTerminated = false;
  readonly requests: RegionRequest[] = [];

  postMessage(request: RegionRequest): void {
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

  fail(message: string): void {
    const event = { message } as ErrorEvent;
    this.onerror?.call(this as unknown as Worker, event);
  }
}

function makeClient() {
  const workers: FakeWorker[] = [];
  const client = new RegionsClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { client, workers };
}

const PLANE = { window: null } as const;

describe('RegionsClient', () => {
  test('starts one worker with the first request and asks one thing at a time', async () => {
    const { client, workers } = makeClient();
    expect(workers.length).toBe(0);
    const steps: number[] = [];
    const onProgress = (done: number) => steps.push(done);
    const first = client.enumerate(drawn(0), { ...PLANE, onProgress });
    const second = client.enumerate(drawn(1), { ...PLANE, cells: true });
    expect(workers[0].requests.length).toBe(1);
    workers[0].answer();
    expect(await first).toMatchObject({ activationRegions: 211, reach: 204.3193609910916 });
    expect(steps.length).toBeGreaterThan(5);
    workers[0].answer();
    expect((await second).cells.length).toBe(211);
    expect(workers.length).toBe(1);
  });

  test('ends the worker when the running request is aborted, and goes on with the next', async () => {
    const { client, workers } = makeClient();
    const abort = new AbortController();
    const first = client.enumerate(drawn(0), { ...PLANE, signal: abort.signal });
    const second = client.enumerate(drawn(1), PLANE);
    abort.abort();
    await expect(first).rejects.toThrow(CancelledError);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    workers[1].answer();
    expect((await second).activationRegions).toBe(211);
  });

  test('drops a waiting request that is aborted, without ending the worker', async () => {
    const { client, workers } = makeClient();
    const abort = new AbortController();
    const first = client.enumerate(drawn(0), PLANE);
    const second = client.enumerate(drawn(1), { ...PLANE, signal: abort.signal });
    abort.abort();
    await expect(second).rejects.toThrow(CancelledError);
    workers[0].answer();
    await first;
    expect(workers.length).toBe(1);
    expect(workers[0]).toMatchObject({ isTerminated: false, requests: [{ id: 0 }] });
  });

  test('refuses at once what is aborted beforehand', async () => {
    const { client, workers } = makeClient();
    const request = client.enumerate(drawn(0), { ...PLANE, signal: AbortSignal.abort() });
    await expect(request).rejects.toThrow(CancelledError);
    expect(workers.length).toBe(0);
  });

  test('tells the limit, and why a request failed', async () => {
    const { client, workers } = makeClient();
    const limited = client.enumerate(drawn(0), { ...PLANE, maxRegions: 10 });
    workers[0].answer();
    await expect(limited).rejects.toEqual(new LimitExceededError('regions', 10));
    const wrong = client.enumerate(drawn(0), { window: { x: [1, 0], y: [0, 1] } });
    workers[0].answer();
    await expect(wrong).rejects.toThrow('window.x');
  });

  test('starts a new worker after one that broke', async () => {
    const { client, workers } = makeClient();
    const first = client.enumerate(drawn(0), PLANE);
    const second = client.enumerate(drawn(1), PLANE);
    workers[0].fail('out of memory');
    await expect(first).rejects.toThrow('out of memory');
    workers[1].answer();
    expect((await second).vertices).toBe(190);
  });

  test('rejects everything when disposed of', async () => {
    const { client, workers } = makeClient();
    const requests = [client.enumerate(drawn(0), PLANE), client.enumerate(drawn(1), PLANE)];
    client.dispose();
    for (const request of requests) await expect(request).rejects.toThrow(CancelledError);
    expect(workers[0].isTerminated).toBe(true);
  });
});
