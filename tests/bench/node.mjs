// The kernels in Node through the package `webgpu` (Dawn): no browser, no peers. Rates against the
// device's peaks, by timestamp queries.

import { existsSync } from 'node:fs';
import { describeMachine } from './machine.mjs';
import { median } from './measure.mjs';
import { measurePeaks } from './peaks.mjs';
import { mainWorks } from './works.mjs';

/** SwiftShader as Chromium ships it, for machines without a Vulkan driver. */
const SOFTWARE_DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Sets up the software driver where there is none; true if the process must start again for it. */
export function needsSoftwareDriver() {
  const hasDriver = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'].some((path) =>
    existsSync(path),
  );
  if (process.platform !== 'linux' || hasDriver || process.env.VK_ICD_FILENAMES) return false;
  return existsSync(SOFTWARE_DRIVER);
}

/** The environment in which the software driver and Chromium's Vulkan loader are found. */
export function softwareDriverEnvironment() {
  return {
    ...process.env,
    VK_ICD_FILENAMES: SOFTWARE_DRIVER,
    LD_LIBRARY_PATH: ['/usr/lib/chromium', process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  };
}

export async function runNode(server, options, save) {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const { requestDevice } = await server.load('/src/gpu/device.ts');
  const { Ours } = await server.load('/tests/bench/ours.ts');
  const work = await server.load('/tests/bench/work.ts');
  const gpu = create([]);
  const found = await requestDevice(withTimestamps(gpu));
  const measured = await measurePeaks(found.device);
  const peaks = {
    bytes: Number(options['peak-bytes'] ?? measured.bytes),
    flops: Number(options['peak-flops'] ?? measured.flops),
  };
  const report = {
    machine: describeMachine(),
    adapter: found.adapter.name,
    peaks,
    measured,
    works: [],
  };
  console.log(
    `${found.adapter.name}: peaks ${(peaks.bytes / 1e9).toFixed(1)} GB/s, ${(peaks.flops / 1e9).toFixed(1)} GFLOP/s`,
  );
  const ours = new Ours(found);
  for (const entry of mainWorks(options.quick)) {
    if (options.only && !entry.name.includes(options.only)) continue;
    const full = work.makeWork(entry.name, entry.field, entry.side, entry.gradient);
    await ours.load(full);
    const times = [];
    for (let round = 0; round < entry.rounds; round += 1) times.push(await ours.timeOnDevice());
    const error = work.worstError(full, await ours.probe());
    if (!(error <= 1e-4)) throw new Error(`${entry.name}: error ${error} against float64`);
    const seconds = median(times) / 1e3;
    const samples = entry.side ** 2;
    const rates = {
      pointsPerSecond: samples / seconds,
      // As if nothing were culled: what the peers compute.
      flops: (samples * work.flopsPerSample(full)) / seconds,
      bytes: ours.bytes / seconds,
    };
    report.works.push({ ...entry, times, error, ...rates });
    console.log(
      `${entry.name}${entry.gradient ? ' + gradient' : ''}: ${(1e3 * seconds).toFixed(3)} ms, ` +
        `${(rates.pointsPerSecond / 1e6).toFixed(0)} M points/s, ` +
        `${(rates.flops / 1e9).toFixed(1)} GFLOP/s (${percent(rates.flops, peaks.flops)}), ` +
        `${(rates.bytes / 1e9).toFixed(2)} GB/s (${percent(rates.bytes, peaks.bytes)}), error ${error.toExponential(1)}`,
    );
    ours.unload();
    save(report);
  }
}

function percent(rate, peak) {
  return `${((100 * rate) / peak).toFixed(1)} % of the peak`;
}

/** The same GPU, whose devices have timestamp queries where the adapter does. */
function withTimestamps(gpu) {
  return {
    async requestAdapter(options) {
      const adapter = await gpu.requestAdapter(options);
      if (!adapter?.features.has('timestamp-query')) return adapter;
      const request = adapter.requestDevice.bind(adapter);
      adapter.requestDevice = (descriptor) =>
        request({ ...descriptor, requiredFeatures: ['timestamp-query'] });
      return adapter;
    },
  };
}
