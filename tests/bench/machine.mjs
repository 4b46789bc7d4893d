import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** The load average over one minute: what else ran. */
export function load() {
  return loadavg()[0];
}

export function describeMachine() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    loadAtStart: load(),
  };
}
