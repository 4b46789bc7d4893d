import { messageOf } from '../input/messageOf.ts';
import { type AdapterProfile, adapterProfile } from './adapterProfile.ts';
import { type GpuDevice, requestDevice } from './device.ts';
import { GpuError } from './errors.ts';
import { Fence } from './fence.ts';
import { Pace } from './pace.ts';
import { PipelineCache } from './pipelines.ts';
import { Turns } from './turns.ts';

/** The number of attempts to replace a lost device, and the wait before one, which doubles. */
export const RECOVERY_ATTEMPTS = 8;
const RECOVERY_WAIT_MS = 100;
/** A device that is lost sooner counts as a failed attempt: some adapters lose theirs at every picture. */
export const LASTING_MS = 10_000;
/** An operation on a lost device may fail this long before the loss is reported, on a busy machine later. */
const LOSS_TOLD_MS = 500;
const NEAR_LOSS_TOLD_MS = 5000;
const NEAR_LOSS: readonly string[] = ['AbortError', 'OperationError'];

/** What pictures on one device share. */
export interface SharedResources {
  /** The same shape of field in two panels is compiled once. */
  readonly pipelines: PipelineCache;
  readonly fence: Fence;
  readonly pace: Pace;
  readonly turns: Turns;
  /** How work is divided for this adapter. */
  readonly profile: AdapterProfile;
}

/** A device from its request to its loss. */
export interface DeviceSpan extends GpuDevice, SharedResources {
  readonly format: GPUTextureFormat;
}

/** Receives notifications about the device on which it draws. */
export interface DeviceUser {
  onLost(message: string): void;
  /** There is another device: everything has to be created again. */
  onRestored(): void;
  /** It will not come back. */
  onGone(error: GpuError): void;
  /** An error outside of any call. */
  onError(message: string): void;
}

/** What all canvases share on a new device; its fence measures the latency of the queue first. */
export async function createSharedResources({
  device,
  adapter,
}: GpuDevice): Promise<SharedResources> {
  const profile = adapterProfile({ software: adapter.software, limits: device.limits });
  return {
    pipelines: new PipelineCache(device),
    fence: await Fence.create(device.queue),
    pace: new Pace(profile),
    turns: new Turns(),
    profile,
  };
}

/** What a shared device needs from the page around it. */
export interface DeviceHost {
  /** @throws GpuError whose message says what is missing and what to do */
  request(): Promise<DeviceSpan>;
  wait(milliseconds: number): Promise<void>;
  /** Milliseconds, as `performance.now`. */
  now(): number;
  isHidden(): boolean;
  /** Resolves when the page is visible again. */
  shown(): Promise<void>;
}

/** One device for all canvases of a page; a lost device is replaced automatically. */
export class SharedDevice {
  /** The users that currently show something that moves; they share a frame's time. */
  readonly movers = new Set<DeviceUser>();
  /** The user that had the last turn: an error outside of any call is most likely theirs. */
  lastUser: DeviceUser | null = null;
  private readonly users = new Set<DeviceUser>();
  /** Set while the device is lost: settles when it is back, or after the last attempt. */
  private recovery: Promise<void> | null = null;
  private gone: GpuError | null = null;
  private end!: () => void;
  private readonly ended = new Promise<void>((resolve) => {
    this.end = resolve;
  });
  /** The number of attempts since a device lasted. */
  private attempts = 0;
  private since: number;

  /** @throws GpuError whose message says what is missing and what to do */
  static async request(host: DeviceHost = PAGE): Promise<SharedDevice> {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return new SharedDevice(await host.request(), host);
      } catch (cause) {
        const isLost = cause instanceof GpuError && cause.kind === 'lost';
        if (!isLost || attempts >= RECOVERY_ATTEMPTS) throw cause;
      }
      await host.wait(RECOVERY_WAIT_MS * 2 ** (attempts - 1));
    }
  }

  private constructor(
    private span: DeviceSpan,
    private readonly host: DeviceHost,
  ) {
    this.since = host.now();
    this.watch(span);
  }

  /** The current device, lost or not. */
  get current(): DeviceSpan {
    return this.span;
  }

  get isLost(): boolean {
    return this.recovery !== null;
  }

  /** Whether it will not come back. */
  get isGone(): boolean {
    return this.gone !== null;
  }

  /** The device, once it is there. @throws GpuError if it will not come back */
  async acquire(): Promise<DeviceSpan> {
    // It may be lost again the moment it has come back.
    while (this.recovery && !this.gone) await Promise.race([this.recovery, this.ended]);
    if (this.gone) throw this.gone;
    return this.span;
  }

  add(user: DeviceUser): void {
    this.users.add(user);
  }

  remove(user: DeviceUser): void {
    this.users.delete(user);
    this.movers.delete(user);
    if (this.lastUser === user) this.lastUser = null;
  }

  /** Whether an operation failed with a cause because its device was lost, which is reported a little later. */
  async wasLost(span: DeviceSpan, cause: unknown): Promise<boolean> {
    if (span !== this.span || this.recovery || this.gone) return true;
    return toldLost(span.device, cause, (milliseconds) => this.host.wait(milliseconds));
  }

  /** Ends all waits at once; the device itself is destroyed when all submissions are done. */
  async destroy(): Promise<void> {
    this.gone ??= destroyedError();
    this.users.clear();
    this.end();
    const { device, fence, turns } = this.span;
    // Chromium has hung when a device was destroyed during its work.
    const done = turns.run(false, () => fence.done());
    await Promise.race([done, device.lost]).catch(() => undefined);
    device.destroy();
  }

  private watch(span: DeviceSpan): void {
    span.device.addEventListener('uncapturederror', ({ error }) => {
      const user = this.lastUser ?? [...this.users][0];
      user?.onError(`WebGPU: ${error.message}`);
    });
    void span.device.lost.then((info) => {
      if (this.gone || span !== this.span) return;
      this.recovery = this.recover(info.message);
    });
  }

  private async recover(reason: string): Promise<void> {
    const message = `The graphics device was lost (${reason || 'no reason given'}). Restoring it…`;
    for (const user of this.users) user.onLost(message);
    const { host } = this;
    if (host.now() - this.since >= LASTING_MS) this.attempts = 0;
    let failure = `it was lost again each time it came back: ${reason || 'no reason given'}`;
    while (!this.gone) {
      if (this.attempts >= RECOVERY_ATTEMPTS) {
        if (!host.isHidden()) return this.giveUp(failure);
        // Nobody saw the failure, and after sleep the machine may have its adapter again.
        await Promise.race([host.shown(), this.ended]);
        this.attempts = 0;
        continue;
      }
      await host.wait(RECOVERY_WAIT_MS * 2 ** this.attempts);
      if (this.gone) break;
      this.attempts += 1;
      try {
        return this.restore(await host.request());
      } catch (cause) {
        failure = messageOf(cause);
      }
    }
    this.recovery = null;
  }

  private restore(span: DeviceSpan): void {
    this.recovery = null;
    if (this.gone) {
      span.device.destroy();
      return;
    }
    this.span = span;
    this.since = this.host.now();
    this.watch(span);
    for (const user of this.users) user.onRestored();
  }

  private giveUp(failure: string): void {
    const gone = new GpuError(
      'lost',
      `The graphics device was lost and did not come back (${failure}). Reload the page; if that ` +
        'does not help, restart the browser.',
    );
    this.recovery = null;
    this.gone = gone;
    for (const user of this.users) user.onGone(gone);
  }
}

/** Waits for the word that a device is lost, after an operation on it has failed. */
export function toldLost(
  { lost }: GPUDevice,
  cause: unknown,
  wait: (milliseconds: number) => Promise<void>,
): Promise<boolean> {
  // What browsers throw for work that a lost device will not do; seldom for other reasons.
  const isNear = cause instanceof DOMException && NEAR_LOSS.includes(cause.name);
  const patience = isNear ? NEAR_LOSS_TOLD_MS : LOSS_TOLD_MS;
  return Promise.race([lost.then(() => true), wait(patience).then(() => false)]);
}

/** Why nothing is drawn after `destroy`. */
export function destroyedError(): GpuError {
  return new GpuError('lost', 'This Reluscope was destroyed.');
}

let hadDevice = false;

/** Whether this page has had a device. */
export function hasHadDevice(): boolean {
  return hadDevice;
}

/** @throws GpuError whose message says what is missing and what to do; of kind 'lost', it may succeed later */
export async function requestSpan(): Promise<DeviceSpan> {
  const gpu = await requestDevice(navigator.gpu);
  hadDevice = true;
  const format = navigator.gpu.getPreferredCanvasFormat();
  try {
    return { ...gpu, ...(await createSharedResources(gpu)), format };
  } catch (cause) {
    gpu.device.destroy();
    const reason = messageOf(cause);
    throw new GpuError('lost', `The graphics device was lost as soon as it came (${reason}).`);
  }
}

/** The page itself. */
const PAGE: DeviceHost = {
  request: requestSpan,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  now: () => performance.now(),
  isHidden: () => document.visibilityState === 'hidden',
  shown: () =>
    new Promise((resolve) => {
      document.addEventListener('visibilitychange', () => resolve(), { once: true });
    }),
};
