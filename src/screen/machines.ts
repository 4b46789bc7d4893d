import { GpuError } from '../gpu/errors.ts';
import { SharedDevice } from '../gpu/sharedDevice.ts';

/** What draws pictures: a graphics device; without one the CPU, for a reason. */
export type Machine =
  | { readonly device: SharedDevice }
  | { readonly device: null; readonly reason: GpuError };

/** The right to draw on a machine, until it is given back. */
export interface MachineLease {
  readonly machine: Promise<Machine>;
  /** The last one to be released destroys the device. */
  release(): void;
}

interface Shared {
  readonly machine: Promise<Machine>;
  users: number;
}

/** Lends one machine to all who draw in a document: the first asks for a device, the last destroys it. */
export class Machines {
  readonly #find: () => Promise<Machine>;
  #shared: Shared | null = null;
  /** That of `#shared`, once it is there. */
  #device: SharedDevice | null = null;

  constructor(find: () => Promise<Machine> = findMachine) {
    this.#find = find;
  }

  lease(): MachineLease {
    if (this.#device?.isGone) this.#forget();
    this.#shared ??= this.#start();
    const shared = this.#shared;
    shared.users += 1;
    let isHeld = true;
    return {
      machine: shared.machine,
      release: () => {
        if (isHeld) this.#release(shared);
        isHeld = false;
      },
    };
  }

  #start(): Shared {
    const shared = { machine: this.#find(), users: 0 };
    const found = (device: SharedDevice | null) => {
      if (this.#shared !== shared) return;
      // Whoever comes later asks again for what was not there.
      if (device === null) this.#forget();
      this.#device = device;
    };
    shared.machine.then(
      ({ device }) => found(device),
      () => found(null),
    );
    return shared;
  }

  #release(shared: Shared): void {
    shared.users -= 1;
    if (shared.users > 0) return;
    if (this.#shared === shared) this.#forget();
    shared.machine.then(({ device }) => device?.destroy()).catch(() => undefined);
  }

  #forget(): void {
    this.#shared = null;
    this.#device = null;
  }
}

/** All Reluscopes that this copy of the library mounts. */
export const MACHINES = new Machines();

async function findMachine(): Promise<Machine> {
  try {
    return { device: await SharedDevice.request() };
  } catch (reason) {
    if (!(reason instanceof GpuError)) throw reason;
    return { device: null, reason };
  }
}
