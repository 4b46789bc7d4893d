// PyTorch on the CPU, in a Python that has it.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LineProcess } from './lineProcess.mjs';

const SCRIPT = fileURLToPath(new URL('torchPeer.py', import.meta.url));

/** @returns {string | null} a Python with PyTorch: RELUSCOPE_PYTHON, Debian's, or the first on the path */
export function findTorchPython() {
  const candidates = [process.env.RELUSCOPE_PYTHON, '/usr/bin/python3', 'python3'];
  for (const python of candidates.filter(Boolean)) {
    try {
      execFileSync(python, ['-c', 'import torch, numpy'], { stdio: 'ignore', timeout: 60_000 });
      return python;
    } catch {
      // The next one may have it.
    }
  }
  return null;
}

export class TorchPeer {
  name = 'PyTorch';
  version = '';
  #process;

  static async start(python) {
    const peer = new TorchPeer();
    peer.#process = new LineProcess(python, [SCRIPT]);
    peer.version = (await peer.#process.next()).version;
    return peer;
  }

  async load(work, model) {
    await this.#process.ask(JSON.stringify({ do: 'load', work, model }));
    await this.run();
  }

  async run() {
    return (await this.#process.ask(JSON.stringify({ do: 'run' }))).ms;
  }

  async probe() {
    return (await this.#process.ask(JSON.stringify({ do: 'probe' }))).results;
  }

  async unload() {}

  end() {
    return this.#process.end();
  }
}
