// The C program: written for one piece of work, compiled, and run as a process that answers by lines.

import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RowBlock } from '../blocks.ts';
import type { Candidate } from '../candidate.ts';
import type { Model, Work } from '../work.ts';
import { LineProcess } from './lineProcess.ts';

type Mlp = Extract<Model, { kind: 'mlp' }>;

const FLAGS = ['-O3', '-march=native', '-ffast-math', '-fno-math-errno', '-pthread'];
const compile = promisify(execFile);

/** @returns the first line of `cc --version`, or null where there is no compiler */
export function compilerVersion(): string | null {
  try {
    return execFileSync('cc', ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? null;
  } catch {
    return null;
  }
}

export class CPeer implements Candidate {
  private process: LineProcess | null = null;
  private folder: string | null = null;

  async load(work: Work, model: Model): Promise<void> {
    await this.unload();
    const folder = mkdtempSync(join(tmpdir(), 'reluscope-bench-'));
    this.folder = folder;
    const at = (name: string) => join(folder, name);
    copyFileSync(new URL('peer.c', import.meta.url), at('peer.c'));
    writeFileSync(at('parameters.h'), parametersHeader(work, model));
    await compile('cc', [...FLAGS, at('peer.c'), '-o', at('peer'), '-lm']);
    this.process = new LineProcess(at('peer'), []);
  }

  async run(blocks: readonly RowBlock[]): Promise<number> {
    const rows = blocks.map(({ first, count }) => `${first} ${count}`).join(' ');
    return (await this.process!.ask<{ ms: number }>(`run ${rows}`)).ms;
  }

  async probe(): Promise<(number | null)[]> {
    return (await this.process!.ask<{ results: (number | null)[] }>('probe')).results;
  }

  async unload(): Promise<void> {
    await this.process?.end();
    if (this.folder) rmSync(this.folder, { recursive: true });
    this.process = null;
    this.folder = null;
  }
}

function parametersHeader(work: Work, model: Model): string {
  const array = (name: string, values: readonly number[]) =>
    `static const float ${name}[] = {${values.map((v) => `${v.toExponential()}f`).join(',')}};`;
  const layers =
    model.kind === 'mlp' ? model.layers : [{ weight: model.weight.flat(), bias: model.bias }];
  const lines = [
    `#define SIDE ${work.side}L`,
    '#define HALF_WIDTH 3.0',
    `#define GRADIENT ${work.gradient ? 1 : 0}`,
    `#define PROBES ${work.probes.length}`,
    `static const long probes[] = {${work.probes.join(',')}};`,
    ...layers.flatMap((layer, l) => [
      array(`weight${l}`, layer.weight),
      array(`bias${l}`, layer.bias),
    ]),
  ];
  if (model.kind === 'lse') {
    lines.push(`#define LOGITS ${model.bias.length}`, `#define LAMBDA ${model.lambda.toFixed(8)}f`);
  } else {
    lines.push(`#define EVALUATE_BLOCK ${mlpBody(model, work.gradient).join(' ')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The calls, layer by layer, with every width a constant. */
function mlpBody({ layers, isClass }: Mlp, gradient: boolean): string[] {
  const last = layers.length - 1;
  const lines = ['INLINE void evaluateBlock(const Lanes *x, Lanes *out) {'];
  const outputs = layers[last]!.outputs;
  if (isClass) lines.push(`Lanes logits[${outputs}];`);
  layers.forEach(({ inputs, outputs }, l) => {
    const input = l === 0 ? 'x' : `(const Lanes *)h${l - 1}`;
    const output = l < last ? `z${l}` : isClass ? 'logits' : 'out';
    if (l < last) lines.push(`Lanes z${l}[${outputs}], h${l}[${outputs}];`);
    lines.push(`affine(${inputs}, ${outputs}, weight${l}, bias${l}, ${input}, ${output});`);
    if (l < last) lines.push(`relu(${outputs}, (const Lanes *)z${l}, h${l});`);
  });
  if (isClass) lines.push(`indexOfLargest(${outputs}, (const Lanes *)logits, out);`);
  if (gradient) {
    const top = layers[last]!.inputs;
    lines.push(`Lanes g${last - 1}[${top}];`);
    lines.push(`for (int j = 0; j < ${top}; j++)`);
    lines.push(`for (int p = 0; p < BLOCK; p++) g${last - 1}[j][p] = weight${last}[j];`);
    for (let l = last - 1; l >= 0; l -= 1) {
      const { inputs, outputs } = layers[l]!;
      const below = l === 0 ? '(out + 1)' : `g${l - 1}`;
      if (l > 0) lines.push(`Lanes g${l - 1}[${inputs}];`);
      lines.push(
        `affineBack(${inputs}, ${outputs}, weight${l}, (const Lanes *)z${l}, (const Lanes *)g${l}, ${below});`,
      );
    }
  }
  return [...lines, '}'];
}
