/** Milliseconds of some steps: by the clock, and of all processors. */
export interface Took {
  readonly ms: number;
  readonly cpuMs: number;
}

/** What makes steps, ours or a peer's. @returns what so many of them took */
export type Steps = (count: number) => Promise<Took>;

/** What some work in this process takes. */
export function timed(work: () => void): Took {
  const cpu = process.cpuUsage();
  const start = performance.now();
  work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}
