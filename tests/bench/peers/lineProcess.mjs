import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that answers each line with one line of JSON. */
export class LineProcess {
  #child;
  #lines;
  #failure = null;

  constructor(command, args) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.on('error', (error) => {
      this.#failure = error;
    });
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async next() {
    const { value, done } = await this.#lines.next();
    if (done) throw this.#failure ?? new Error(`${this.#child.spawnfile} ended without an answer`);
    return JSON.parse(value);
  }

  ask(line) {
    this.#child.stdin.write(`${line}\n`);
    return this.next();
  }

  async end() {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin.end();
    await ended;
  }
}
