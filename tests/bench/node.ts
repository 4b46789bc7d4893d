// The kernels in Node through the package `webgpu` (Dawn): no browser, no peers. Rates against the
// device's peaks.

import { existsSync } from 'node:fs';
import type { Budget } from './budget.ts';
import { describeMachine } from './machine.ts';
import { type KernelResult, measureKernel } from './measureKernels.ts';
import type { NodeReport, Rates } from './nodeReport.ts';
import type { BenchOptions } from './options.ts';
import { Ours } from './ours.ts';
import { measurePeaks } from './peaks.ts';
import { flopsPerSample } from './work.ts';
import { kernelWorks } from './works.ts';

/** SwiftShader as Chromium ships it, for machines without a Vulkan driver. */
const SOFTWARE_DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** @returns the environment in which the software driver is found, if this process lacks it; or null */
export function missingDriverEnvironment(): NodeJS.ProcessEnv | null {
  const hasDriver = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'].some((path) =>
    existsSync(path),
  );
  const { VK_ICD_FILENAMES, VK_DRIVER_FILES, LD_LIBRARY_PATH } = process.env;
  if (process.platform !== 'linux' || hasDriver || VK_ICD_FILENAMES || VK_DRIVER_FILES) return null;
  if (!existsSync(SOFTWARE_DRIVER)) return null;
  const libraries = ['/usr/lib/chromium', LD_LIBRARY_PATH].filter(Boolean).join(':');
  return { ...process.env, VK_ICD_FILENAMES: SOFTWARE_DRIVER, LD_LIBRARY_PATH: libraries };
}

export async function measureInNode(
  options: BenchOptions,
  budget: Budget,
  progress: (line: string) => void,
): Promise<NodeReport> {
  const ours = await Ours.create(await dawn());
  const measuredPeaks = await measurePeaks(ours.device);
  const report: NodeReport = {
    machine: describeMachine(),
    adapter: ours.adapter,
    peaks: {
      bytes: options.peakBytes ?? measuredPeaks.bytes,
      flops: options.peakFlops ?? measuredPeaks.flops,
    },
    measuredPeaks,
    kernels: [],
  };
  const items = kernelWorks(options);
  for (const [index, item] of items.entries()) {
    const result = await measureKernel(item, ours, budget.share(1, items.length - index));
    const rates = result.failure === null ? ratesOf(result) : null;
    report.kernels.push({ ...result, rates });
    progress(
      `${item.name}${item.gradient ? ' + gradient' : ''}, ${item.side}²: ${result.failure ?? `${result.median.toFixed(2)} ms`}`,
    );
  }
  return report;
}

async function dawn(): Promise<GPU> {
  const { create, globals } = await import('webgpu');
  const gpu = create([]);
  // Devices stop answering once the garbage collector takes what they came from.
  Object.assign(globalThis, globals, { dawnOfTheBenchmark: gpu });
  return gpu;
}

function ratesOf(result: KernelResult): Rates {
  const seconds = result.median / 1e3;
  const samples = result.side ** 2;
  return {
    pointsPerSecond: samples / seconds,
    flops: (samples * flopsPerSample(result)) / seconds,
    bytes: (samples * 4 * (result.gradient ? 3 : 1)) / seconds,
  };
}
