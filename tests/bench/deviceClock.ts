import { commonStep } from './statistics.ts';

/** What a time was taken by. */
export interface Clock {
  readonly kind: 'timestamp queries' | 'queue completion';
  /** Why timestamp queries were not used, or in what steps they count. */
  readonly note: string;
}

/** A clock whose step is coarser than this share of a measurement is of no use for it. */
const COARSEST = 0.05;
/** Device time beyond what passed outside it, or below a fifth of it, is no measure of the work. */
const BELIEVABLE = { least: 0.2, most: 1.05 };
const STAMP_BYTES = 8;
/** What fewer stamps have in common says little of the clock. */
const ENOUGH_STAMPS = 6;

/** Times submitted work by timestamps that passes write before and after it. */
export class DeviceClock {
  private readonly queries: GPUQuerySet;
  private readonly resolved: GPUBuffer;
  private readonly staging: GPUBuffer;
  private readonly stamps: bigint[] = [];

  /** @returns null where the device has no timestamp queries */
  static of(device: GPUDevice): DeviceClock | null {
    return device.features.has('timestamp-query') ? new DeviceClock(device) : null;
  }

  private constructor(private readonly device: GPUDevice) {
    this.queries = device.createQuerySet({ label: 'Bench.queries', type: 'timestamp', count: 2 });
    this.resolved = device.createBuffer({
      label: 'Bench.resolved',
      size: 2 * STAMP_BYTES,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    this.staging = device.createBuffer({
      label: 'Bench.times',
      size: 2 * STAMP_BYTES,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  /** @returns milliseconds on the device, or null with the reason if they cannot be believed */
  async time(submitWork: () => void): Promise<{ ms: number | null; clock: Clock }> {
    const start = performance.now();
    this.mark({ beginningOfPassWriteIndex: 0 });
    submitWork();
    this.mark({ endOfPassWriteIndex: 1 });
    await this.device.queue.onSubmittedWorkDone();
    const outside = performance.now() - start;
    this.submit((encoder) => {
      encoder.resolveQuerySet(this.queries, 0, 2, this.resolved, 0);
      encoder.copyBufferToBuffer(this.resolved, 0, this.staging, 0, 2 * STAMP_BYTES);
    });
    await this.staging.mapAsync(GPUMapMode.READ);
    const [from, to] = new BigUint64Array(this.staging.getMappedRange().slice(0));
    this.staging.unmap();
    this.stamps.push(from, to);
    const ms = Number(to - from) / 1e6;
    const known = this.stamps.length >= ENOUGH_STAMPS;
    const step = known ? Number(commonStep(this.stamps)) / 1e6 : 0;
    const doubt = doubtOf(ms, step, outside);
    if (doubt) return { ms: null, clock: { kind: 'queue completion', note: doubt } };
    const note = step < 1e-3 ? 'in steps below 0.001 ms' : `in steps of ${step.toFixed(3)} ms`;
    return { ms, clock: { kind: 'timestamp queries', note } };
  }

  private mark(timestampWrites: Omit<GPUComputePassTimestampWrites, 'querySet'>): void {
    const descriptor = {
      label: 'Bench.mark',
      timestampWrites: { querySet: this.queries, ...timestampWrites },
    };
    this.submit((encoder) => encoder.beginComputePass(descriptor).end());
  }

  private submit(encode: (encoder: GPUCommandEncoder) => void): void {
    const encoder = this.device.createCommandEncoder({ label: 'Bench.mark' });
    encode(encoder);
    this.device.queue.submit([encoder.finish()]);
  }
}

/** @returns why a time of the device is not believed, or null */
export function doubtOf(ms: number, stepMs: number, outsideMs: number): string | null {
  if (!(ms > 0)) return `timestamps did not advance (${ms} ms)`;
  if (!(stepMs <= COARSEST * ms)) return `timestamps count in steps of ${stepMs} ms`;
  if (!(ms >= BELIEVABLE.least * outsideMs && ms <= BELIEVABLE.most * outsideMs))
    return `timestamps say ${ms.toFixed(2)} ms where ${outsideMs.toFixed(2)} ms passed`;
  return null;
}

/** What times were taken by, in words; of each kind the last note, which knows most. */
export function describeClocks(clocks: readonly (Clock | null)[]): string {
  const used = clocks.filter((clock) => clock !== null);
  const kinds = [...new Set(used.map(({ kind }) => kind))].map((kind) => {
    const same = used.filter((clock) => clock.kind === kind);
    const share = same.length === used.length ? '' : `, for ${same.length} of ${used.length}`;
    return `${kind}${share} (${same.at(-1)!.note})`;
  });
  return kinds.join('; ');
}
