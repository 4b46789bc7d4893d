import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that answers each line with one line of JSON. */
export class LineProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private failure: Error | null = null;
  private errors = '';

  constructor(
    private readonly command: string,
    args: readonly string[],
  ) {
    this.child = spawn(command, args);
    this.child.on('error', (error) => {
      this.failure = error;
    });
    // Writing to a process that has ended is told by its missing answer.
    this.child.stdin.on('error', () => {});
    this.child.stderr.on('data', (data: Buffer) => {
      this.errors = (this.errors + data.toString()).slice(-2000);
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async next<Answer>(): Promise<Answer> {
    const { value, done } = await this.lines.next();
    if (done) {
      const reason = this.errors.trim().split('\n').at(-1);
      throw this.failure ?? new Error(`${this.command} ended without an answer: ${reason}`);
    }
    return JSON.parse(value) as Answer;
  }

  ask<Answer>(line: string): Promise<Answer> {
    this.child.stdin.write(`${line}\n`);
    return this.next();
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.failure) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin.end();
    await ended;
  }
}
