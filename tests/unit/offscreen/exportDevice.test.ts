import { describe, expect, it, vi } from 'vitest';
import { GpuError } from '../../../src/gpu/errors.ts';
import type { DeviceSpan } from '../../../src/gpu/sharedDevice.ts';
import { type ExportHost, withExportDevice } from '../../../src/offscreen/exportDevice.ts';

/** What Chrome says of work on a device whose process is gone. */
const RAW = 'A valid external Instance reference no longer exists.';

/** As much of a device as is used, and a way to lose it. */
function makeSpan() {
  let lose!: (info: { message: string }) => void;
  const lost = new Promise<{ message: string }>((resolve) => {
    lose = resolve;
  });
  const device = { lost, addEventListener: () => undefined, destroy: vi.fn() };
  const span = { device } as unknown as DeviceSpan;
  return { span, device, lose: () => lose({ message: 'a crash' }) };
}

type Span = ReturnType<typeof makeSpan>;

/** A page that gives these devices, one after another; null is a request that fails. */
function hostOf(answers: (Span | null)[], hadDevice = true) {
  const waits: number[] = [];
  const host: ExportHost = {
    request: async () => {
      const answer = answers.shift();
      if (!answer) throw new GpuError('no-adapter', 'There is no adapter.');
      return answer.span;
    },
    hadDevice: () => hadDevice,
    // Losses are told before a wait is over.
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return new Promise((resolve) => setTimeout(resolve));
    },
  };
  return { host, waits };
}

/** Work that fails as Chrome has it on devices that are lost. */
function workOf(spans: Span[], lost: (span: Span) => boolean) {
  return vi.fn(async (span: DeviceSpan) => {
    const own = spans.find((other) => other.span === span)!;
    if (!lost(own)) return 'a picture';
    setTimeout(own.lose);
    throw new DOMException(RAW, 'AbortError');
  });
}

describe('work on a device of its own', () => {
  it('begins again when the device is lost', async () => {
    const spans = [makeSpan(), makeSpan()];
    const { host } = hostOf([...spans]);
    const work = workOf(spans, (span) => span === spans[0]);
    expect(await withExportDevice(work, undefined, host)).toBe('a picture');
    expect(work).toHaveBeenCalledTimes(2);
    for (const { device } of spans) expect(device.destroy).toHaveBeenCalledOnce();
  });

  it('begins again when it waits and the loss alone is told', async () => {
    const spans = [makeSpan(), makeSpan()];
    const { host } = hostOf([...spans]);
    const work = (span: DeviceSpan) => {
      if (span === spans[1]!.span) return Promise.resolve(2);
      spans[0]!.lose();
      return new Promise<number>(() => undefined);
    };
    expect(await withExportDevice(work, undefined, host)).toBe(2);
  });

  it('waits for the adapter that comes back', async () => {
    const spans = [makeSpan(), makeSpan()];
    const { host, waits } = hostOf([spans[0]!, null, null, spans[1]!]);
    const work = workOf(spans, (span) => span === spans[0]);
    expect(await withExportDevice(work, undefined, host)).toBe('a picture');
    expect(waits.slice(-2)).toEqual([100, 200]);
  });

  it('does not wait for an adapter that never was', async () => {
    const { host, waits } = hostOf([null, makeSpan()], false);
    const message = 'Files of pictures need WebGPU. There is no adapter.';
    await expect(withExportDevice(async () => 1, undefined, host)).rejects.toThrow(message);
    expect(waits).toEqual([]);
  });

  it('says so when devices are lost again and again', async () => {
    const spans = Array.from({ length: 9 }, makeSpan);
    const { host } = hostOf([...spans]);
    const work = workOf(spans, () => true);
    await expect(withExportDevice(work, undefined, host)).rejects.toThrow(
      /^The picture could not be drawn: the graphics device was lost each time \(/,
    );
    expect(work).toHaveBeenCalledTimes(4);
  });

  it('that fails for another reason, or is no longer wanted, does not begin again', async () => {
    const [span, second] = [makeSpan(), makeSpan()];
    const work = vi.fn(async () => {
      throw new RangeError('too large');
    });
    await expect(withExportDevice(work, undefined, hostOf([span]).host)).rejects.toThrow(
      'too large',
    );
    const aborted = new AbortController();
    const cancelled = vi.fn(async () => {
      aborted.abort(new Error('cancelled'));
      second.lose();
      throw new DOMException(RAW, 'AbortError');
    });
    const { host } = hostOf([second]);
    await expect(withExportDevice(cancelled, aborted.signal, host)).rejects.toThrow('cancelled');
    expect(cancelled).toHaveBeenCalledOnce();
    expect(work).toHaveBeenCalledOnce();
  });
});
