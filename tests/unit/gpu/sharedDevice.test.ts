import { describe, expect, it, vi } from 'vitest';
import { GpuError } from '../../../src/gpu/errors.ts';
import {
  type DeviceHost,
  type DeviceSpan,
  type DeviceUser,
  LASTING_MS,
  RECOVERY_ATTEMPTS,
  SharedDevice,
} from '../../../src/gpu/sharedDevice.ts';
import { Turns } from '../../../src/gpu/turns.ts';

/** As much of a device as is shared, and a way to lose it. */
function makeSpan() {
  let lose!: (info: { message: string }) => void;
  let finishWork!: () => void;
  const work = new Promise<void>((resolve) => {
    finishWork = resolve;
  });
  const device = {
    lost: new Promise<{ message: string }>((resolve) => {
      lose = resolve;
    }),
    addEventListener: () => undefined,
    destroy: vi.fn(),
  };
  const fence = { done: () => work };
  const span = { device, fence, turns: new Turns() } as unknown as DeviceSpan;
  return { span, device, finishWork, lose: (message: string) => lose({ message }) };
}

/** A page whose time passes when somebody waits, and whose adapter answers as it is told. */
class FakeHost implements DeviceHost {
  time = 0;
  hidden = false;
  requests = 0;
  answer: () => Promise<DeviceSpan>;
  #show: () => void = () => undefined;

  constructor(answer: () => Promise<DeviceSpan>) {
    this.answer = answer;
  }

  request(): Promise<DeviceSpan> {
    this.requests += 1;
    return this.answer();
  }

  async wait(milliseconds: number): Promise<void> {
    this.time += milliseconds;
  }

  now(): number {
    return this.time;
  }

  isHidden(): boolean {
    return this.hidden;
  }

  shown(): Promise<void> {
    return new Promise((resolve) => {
      this.#show = resolve;
    });
  }

  show(): void {
    this.hidden = false;
    this.#show();
  }
}

function makeUser() {
  return {
    onLost: vi.fn<DeviceUser['onLost']>(),
    onRestored: vi.fn<DeviceUser['onRestored']>(),
    onGone: vi.fn<DeviceUser['onGone']>(),
    onError: vi.fn<DeviceUser['onError']>(),
  };
}

const noAdapter = () => Promise.reject(new GpuError('no-adapter', 'no adapter'));
const never = () => new Promise<never>(() => undefined);
/** Lets all that is ready go on: a loop over settled promises would keep this from ever resolving. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

async function open(answer: () => Promise<DeviceSpan>) {
  const first = makeSpan();
  const host = new FakeHost(() => Promise.resolve(first.span));
  const shared = await SharedDevice.request(host);
  host.answer = answer;
  const user = makeUser();
  shared.add(user);
  return { first, host, shared, user };
}

describe('a device that is lost as soon as it comes', () => {
  it('is asked for again, and not for ever', async () => {
    const { span } = makeSpan();
    const early = () => Promise.reject(new GpuError('lost', 'lost as soon as it came'));
    const host = new FakeHost(() => (host.requests < 3 ? early() : Promise.resolve(span)));
    expect((await SharedDevice.request(host)).current).toBe(span);
    const hopeless = new FakeHost(early);
    await expect(SharedDevice.request(hopeless)).rejects.toThrow('as soon as it came');
    expect(hopeless.requests).toBe(RECOVERY_ATTEMPTS);
  });
});

describe('a lost device', () => {
  it('comes back to everyone who waits for it', async () => {
    const second = makeSpan();
    const { first, shared, user } = await open(() => Promise.resolve(second.span));
    first.lose('a crash');
    await first.device.lost;
    const waiting = shared.acquire();
    expect(await waiting).toBe(second.span);
    expect(user.onLost).toHaveBeenCalledWith(expect.stringContaining('a crash'));
    expect(user.onRestored).toHaveBeenCalledOnce();
    expect(shared.isLost).toBe(false);
  });

  for (const [name, answer] of [
    ['while it is asked for', never],
    ['while there is none', noAdapter],
  ] as const) {
    it(`ends the waits when it is destroyed ${name}`, async () => {
      const { first, host, shared, user } = await open(answer);
      const wait = host.wait.bind(host);
      // A wait between two attempts that goes on.
      if (answer === noAdapter) host.wait = (ms) => (host.requests < 4 ? wait(ms) : never());
      first.lose('a crash');
      await settle();
      expect(shared.isLost).toBe(true);
      const waiting = Promise.allSettled([shared.acquire(), shared.acquire()]);
      await shared.destroy();
      for (const result of await waiting) {
        expect(result).toMatchObject({ reason: { message: 'This Reluscope was destroyed.' } });
      }
      await expect(shared.acquire()).rejects.toThrow('destroyed');
      expect(user.onGone).not.toHaveBeenCalled();
    });
  }

  it('that arrives after the end is destroyed', async () => {
    const late = makeSpan();
    let arrive!: (span: DeviceSpan) => void;
    const { first, shared, user } = await open(
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    );
    first.lose('a crash');
    await settle();
    await shared.destroy();
    arrive(late.span);
    await settle();
    expect(late.device.destroy).toHaveBeenCalledOnce();
    expect(user.onRestored).not.toHaveBeenCalled();
    await expect(shared.acquire()).rejects.toThrow('destroyed');
  });

  it('is given up with a sentence when it does not come back', async () => {
    const { first, host, shared, user } = await open(noAdapter);
    first.lose('a crash');
    await settle();
    expect(host.requests).toBe(1 + RECOVERY_ATTEMPTS);
    expect(user.onGone).toHaveBeenCalledOnce();
    await expect(shared.acquire()).rejects.toThrow(/did not come back \(no adapter\)/);
  });

  it('is requested again when a hidden page becomes visible', async () => {
    const second = makeSpan();
    const { first, host, shared, user } = await open(noAdapter);
    host.hidden = true;
    first.lose('asleep');
    await settle();
    expect(host.requests).toBe(1 + RECOVERY_ATTEMPTS);
    expect(user.onGone).not.toHaveBeenCalled();
    host.answer = () => Promise.resolve(second.span);
    host.show();
    expect(await shared.acquire()).toBe(second.span);
    expect(user.onRestored).toHaveBeenCalledOnce();
  });

  it('ends the waits of a hidden page when it is destroyed', async () => {
    const { first, host, shared } = await open(noAdapter);
    host.hidden = true;
    first.lose('asleep');
    await settle();
    const waiting = shared.acquire();
    await shared.destroy();
    await expect(waiting).rejects.toThrow('destroyed');
    expect(host.requests).toBe(1 + RECOVERY_ATTEMPTS);
  });

  it('is given up when it is lost again each time it came back', async () => {
    const { first, host, user } = await open(async () => {
      const span = makeSpan();
      span.lose('no room');
      return span.span;
    });
    first.lose('no room');
    await settle();
    expect(host.requests).toBe(1 + RECOVERY_ATTEMPTS);
    expect(user.onGone).toHaveBeenCalledOnce();
    expect(user.onGone.mock.calls[0]![0].message).toMatch(/lost again each time.*no room/);
  });

  it('has all its attempts again once a device has lasted', async () => {
    let span = makeSpan();
    const { first, host, shared, user } = await open(async () => span.span);
    first.lose('a crash');
    for (let loss = 0; loss < 3 * RECOVERY_ATTEMPTS; loss += 1) {
      await settle();
      expect(await shared.acquire()).toBe(span.span);
      host.time += LASTING_MS;
      const lost = span;
      span = makeSpan();
      lost.lose('a crash');
    }
    await settle();
    expect(user.onGone).not.toHaveBeenCalled();
  });
});

describe('the end of a device', () => {
  it('comes after the work that was submitted', async () => {
    const { first, shared } = await open(never);
    const ending = shared.destroy();
    await settle();
    expect(first.device.destroy).not.toHaveBeenCalled();
    first.finishWork();
    await ending;
    expect(first.device.destroy).toHaveBeenCalledOnce();
  });

  it('does not wait for a lost one', async () => {
    const { first, shared } = await open(never);
    first.lose('a crash');
    await shared.destroy();
    expect(first.device.destroy).toHaveBeenCalledOnce();
  });
});
