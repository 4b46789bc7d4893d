import { describe, expect, test } from 'vitest';
import type { DeviceSpan } from '../../../src/gpu/sharedDevice.ts';
import { DeviceQueue } from '../../../src/screen/deviceQueue.ts';

/** A device that is replaced whenever `lose` is called. */
function makeQueue() {
  const shared = {
    current: {} as DeviceSpan,
    isLost: false,
    acquire: async () => shared.current,
    wasLost: async (span: DeviceSpan) => span !== shared.current,
  };
  const lose = () => {
    shared.current = {} as DeviceSpan;
  };
  return { queue: new DeviceQueue(shared), lose };
}

describe('a queue of work on a device', () => {
  test('does one piece after another, and goes on when one fails', async () => {
    const { queue } = makeQueue();
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (name === 'a') throw new Error('a fails');
      return name;
    };
    const [a, b] = [queue.run(work('a')), queue.run(work('b'))];
    await expect(a).rejects.toThrow('a fails');
    expect(await b).toBe('b');
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('begins work again whose device was lost, whether it failed or seems done', async () => {
    const { queue, lose } = makeQueue();
    const spans = new Set<DeviceSpan>();
    const result = await queue.run(async (span) => {
      spans.add(span);
      if (spans.size < 3) lose();
      if (spans.size === 1) throw new Error('lost');
      return spans.size;
    });
    expect(result).toBe(3);
  });

  test('gives up work that its signal has ended, even if the device was lost', async () => {
    const { queue, lose } = makeQueue();
    const life = new AbortController();
    const ended = queue.run(async () => {
      lose();
      life.abort(new Error('enough'));
      throw life.signal.reason;
    }, life.signal);
    await expect(ended).rejects.toThrow('enough');
  });

  test('rejects what waits when it is destroyed', async () => {
    const { queue } = makeQueue();
    const first = queue.run(async () => queue.destroy());
    const second = queue.run(async () => 'never');
    await first;
    await expect(second).rejects.toThrow('destroyed');
  });
});
