import { describeClocks } from './deviceClock.ts';
import { describe, loads, type Machine } from './machine.ts';
import type { KernelResult } from './measureKernels.ts';
import type { Peaks } from './peaks.ts';
import { digits, SCALED, table, timeOf } from './tables.ts';

export interface Rates {
  readonly pointsPerSecond: number;
  /** As if nothing were culled: what the peers compute. */
  readonly flops: number;
  readonly bytes: number;
}

export interface NodeReport {
  readonly machine: Machine;
  readonly adapter: string;
  /** Given on the command line, or measured. */
  readonly peaks: Peaks;
  readonly measuredPeaks: Peaks;
  readonly kernels: (KernelResult & { readonly rates: Rates | null })[];
}

/** The report of the kernels in Node. */
export function nodeMarkdown({ machine, adapter, peaks, kernels }: NodeReport): string {
  const percent = (rate: number, peak: number) => `${digits((100 * rate) / peak)} %`;
  const rows = kernels.map((kernel) => [
    `${kernel.name}${kernel.gradient ? ', value and gradient' : ', value'}, ${kernel.side}²`,
    ...(kernel.rates
      ? [
          timeOf(kernel),
          digits(kernel.rates.pointsPerSecond / 1e6),
          digits(kernel.rates.flops / 1e9),
          percent(kernel.rates.flops, peaks.flops),
          digits(kernel.rates.bytes / 1e9),
          percent(kernel.rates.bytes, peaks.bytes),
        ]
      : [kernel.failure ?? '', '', '', '', '', '']),
  ]);
  const clocks = describeClocks(kernels.map(({ clock }) => clock));
  return [
    '# Benchmark in Node',
    `${describe(machine)}; Dawn on ${adapter}. ${loads(machine)}. Peaks: ${digits(peaks.bytes / 1e9)} GB/s, ` +
      `${digits(peaks.flops / 1e9)} GFLOP/s. Clock: ${clocks}.`,
    table(['', 'ms', 'Mpoint/s', 'GFLOP/s', 'of the peak', 'GB/s', 'of the peak'], rows),
    `GFLOP/s count the arithmetic of an evaluation without culling, so that they may exceed the peak. ${SCALED}\n`,
  ].join('\n\n');
}
