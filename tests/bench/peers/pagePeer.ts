import type { Page } from 'playwright';
import type { RowBlock } from '../blocks.ts';
import type { Candidate } from '../candidate.ts';
import type { Clock } from '../deviceClock.ts';
import type { DeviceCandidate } from '../measureKernels.ts';
import type { Bench } from '../page/page.ts';
import type { Work } from '../work.ts';

declare global {
  var bench: Bench;
}

/** A candidate that runs in the page (page/page.ts). */
export class PagePeer implements Candidate {
  constructor(
    protected readonly page: Page,
    readonly name: string,
  ) {}

  load(work: Work): Promise<void> {
    return this.page.evaluate(([name, given]) => bench.load(name, given), [
      this.name,
      work,
    ] as const);
  }

  run(blocks: readonly RowBlock[]): Promise<number> {
    return this.page.evaluate(([name, rows]) => bench.run(name, rows), [
      this.name,
      blocks,
    ] as const);
  }

  probe(): Promise<(number | null)[]> {
    return this.page.evaluate((name) => bench.probe(name), this.name);
  }

  unload(): Promise<void> {
    return this.page.evaluate((name) => bench.unload(name), this.name);
  }
}

/** Reluscope in the page, which can also be timed by its device's clock. */
export class PageOurs extends PagePeer implements DeviceCandidate {
  runOnDevice(blocks: readonly RowBlock[]): Promise<{ ms: number; clock: Clock }> {
    return this.page.evaluate((rows) => bench.runOnDevice(rows), blocks);
  }
}
