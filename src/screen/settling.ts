import { GpuError } from '../gpu/errors.ts';
import { messageOf } from '../input/messageOf.ts';

interface Waiter {
  resolve(): void;
  reject(reason: unknown): void;
}

/** Counts what a canvas is to show, one version after another, and knows which of them it shows. */
export class Settling {
  // Declared before the promise, which sets it.
  private firstWaiter!: Waiter;
  /** Settles when the first full picture is on screen; rejected if none will come. */
  readonly firstPicture = new Promise<void>((resolve, reject) => {
    this.firstWaiter = { resolve, reject };
  });
  private newest = 0;
  private drawnVersion = -1;
  private settledVersion = -1;
  /** The state of this version could not be drawn. */
  private failure: { readonly version: number; readonly error: GpuError } | null = null;
  /** Nothing will be drawn any more. */
  private end: GpuError | null = null;
  private wake: () => void = () => {};
  private waiters: Waiter[] = [];
  private watchers: (() => void)[] = [];

  constructor() {
    // Callers that do not wait for the first picture learn of problems in other ways.
    this.firstPicture.catch(() => undefined);
  }

  /** How often `change` was called. */
  get version(): number {
    return this.newest;
  }

  /** Settles when the screen shows the finest picture of the newest version. */
  settled(): Promise<void> {
    if (this.end) return Promise.reject(this.end);
    if (this.failure?.version === this.newest) return Promise.reject(this.failure.error);
    if (this.settledVersion === this.newest) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiters.push({ resolve, reject }));
  }

  /** Resolves when the canvas has a picture of the newest version, coarse or fine, or will have none. */
  async drawn(): Promise<void> {
    const version = this.newest;
    while (this.drawnVersion < version && !this.end) {
      await new Promise<void>((resolve) => this.watchers.push(resolve));
    }
  }

  /** Something else is to be shown. */
  change(): void {
    this.newest += 1;
    this.wake();
  }

  /** Waits for a change, or the end. */
  nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** A picture of a version, coarse or fine, is on the canvas. */
  drew(version: number): void {
    this.drawnVersion = Math.max(this.drawnVersion, version);
    this.tellWatchers();
  }

  /** A full picture is on the screen. */
  shown(): void {
    this.firstWaiter.resolve();
  }

  /** The finest picture of a version is on the screen. */
  settle(version: number): void {
    this.settledVersion = version;
    for (const waiter of this.waiters.splice(0)) waiter.resolve();
  }

  /** What is on the screen is lost. */
  unsettle(): void {
    this.settledVersion = -1;
  }

  /** A version cannot be drawn. @returns the reason */
  fail(version: number, cause: unknown): GpuError {
    const error = cause instanceof GpuError ? cause : new GpuError('gpu', messageOf(cause));
    this.failure = { version, error };
    if (version === this.newest) this.reject(error);
    this.drew(version);
    return error;
  }

  /** Nothing will be drawn any more. */
  finish(reason: GpuError): void {
    this.end ??= reason;
    this.reject(reason);
    this.tellWatchers();
    this.wake();
  }

  private tellWatchers(): void {
    for (const resolve of this.watchers.splice(0)) resolve();
  }

  private reject(reason: GpuError): void {
    this.firstWaiter.reject(reason);
    for (const waiter of this.waiters.splice(0)) waiter.reject(reason);
  }
}
