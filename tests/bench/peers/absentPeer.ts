import type { Candidate } from '../candidate.ts';

/** Stands for a peer that this machine does not have, so that the tables say so. */
export class AbsentPeer implements Candidate {
  constructor(private readonly reason: string) {}

  private fail(): Promise<never> {
    return Promise.reject(new Error(this.reason));
  }

  load(): Promise<void> {
    return this.fail();
  }

  run(): Promise<number> {
    return this.fail();
  }

  probe(): Promise<(number | null)[]> {
    return this.fail();
  }

  async unload(): Promise<void> {}
}
