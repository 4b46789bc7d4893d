// PyTorch on the CPU, in a Python that has it.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RowBlock } from '../blocks.ts';
import type { Candidate } from '../candidate.ts';
import type { Model, Work } from '../work.ts';
import { LineProcess } from './lineProcess.ts';

const SCRIPT = fileURLToPath(new URL('torchPeer.py', import.meta.url));

/** @returns a Python with PyTorch: RELUSCOPE_PYTHON, Debian's, or the first on the path; null if none has it */
function findTorchPython(): string | null {
  const candidates = [process.env.RELUSCOPE_PYTHON, '/usr/bin/python3', 'python3'];
  for (const python of candidates) {
    if (!python) continue;
    try {
      execFileSync(python, ['-c', 'import torch, numpy'], { stdio: 'ignore', timeout: 60_000 });
      return python;
    } catch {
      // The next one may have it.
    }
  }
  return null;
}

export class TorchPeer implements Candidate {
  private constructor(
    private readonly process: LineProcess,
    readonly version: string,
  ) {}

  /** @returns null where no Python has PyTorch */
  static async start(): Promise<TorchPeer | null> {
    const python = findTorchPython();
    if (!python) return null;
    const child = new LineProcess(python, [SCRIPT]);
    return new TorchPeer(child, (await child.next<{ version: string }>()).version);
  }

  async load(work: Work, model: Model): Promise<void> {
    await this.process.ask(JSON.stringify({ do: 'load', work, model }));
  }

  async run(blocks: readonly RowBlock[]): Promise<number> {
    return (await this.process.ask<{ ms: number }>(JSON.stringify({ do: 'run', blocks }))).ms;
  }

  async probe(): Promise<(number | null)[]> {
    const line = JSON.stringify({ do: 'probe' });
    return (await this.process.ask<{ results: (number | null)[] }>(line)).results;
  }

  async unload(): Promise<void> {}

  end(): Promise<void> {
    return this.process.end();
  }
}
