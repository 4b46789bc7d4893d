import { cpus, loadavg, release, totalmem, type } from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly date: string;
  readonly loadAtStart: number;
  loadAtEnd?: number;
}

/** The load average over one minute: what else ran. */
export function load(): number {
  return loadavg()[0];
}

export function describeMachine(): Machine {
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

export function describe({ processor, cores, memoryGiB, system, node, date }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}, ${date}`;
}

export function loads({ loadAtStart, loadAtEnd }: Machine): string {
  const end = loadAtEnd === undefined ? '' : ` and ${loadAtEnd.toFixed(1)} at the end`;
  return `Load average over one minute: ${loadAtStart.toFixed(1)} at the start${end}`;
}
