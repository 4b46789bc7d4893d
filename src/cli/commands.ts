import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIGURES } from '../figures/figures.ts';
import { encodeNpy } from '../formats/npy.ts';
import { squareOf } from '../model/rectangle.ts';
import { type GridRequest, validateGridRequest } from '../reference/gridRequest.ts';
import type { State } from '../state/state.ts';
import type { RenderAllCommand, RenderCommand, SampleCommand } from './options.ts';
import { assertWritable, makeDirectory } from './outputs.ts';
import { ReluscopePage } from './page.ts';
import type { Progress } from './progress.ts';
import { readSource, type Source } from './stateSource.ts';
import { trainedState } from './trainedState.ts';
import { reading, UsageError } from './usageError.ts';

/** Draws a state or a figure into a file. */
export async function render(command: RenderCommand, progress: Progress): Promise<void> {
  const source = readSource(command.source, command);
  const output = command.output ?? `${source.kind === 'figure' ? source.id : 'reluscope'}.png`;
  assertWritable(output);
  await withPage(command, progress, hashOf(source), async (page) => {
    if (source.kind === 'model') await page.openModel(source.files, source.state);
    if (source.kind === 'figure' && source.hash === null) await page.openFigure(source.id);
    progress.begin(`Drawing ${output}`);
    save(output, await page.toPng(command.size), progress);
  });
}

/** Draws every figure into a directory, as NAME.png. */
export async function renderAll(command: RenderAllCommand, progress: Progress): Promise<void> {
  const fileOf = (id: string) => join(command.output, `${id}.png`);
  makeDirectory(command.output);
  for (const { id } of FIGURES) assertWritable(fileOf(id));
  await withPage(command, progress, null, async (page) => {
    for (const [i, { id }] of FIGURES.entries()) {
      progress.begin(`Drawing ${i + 1} of ${FIGURES.length}, ${id}`);
      await page.openFigure(id);
      save(fileOf(id), await page.toPng(command.size), progress);
    }
  });
}

/** Evaluates a grid into a file for numpy.load. */
export async function sample(command: SampleCommand, progress: Progress): Promise<void> {
  const source = readSource(command.source, command);
  if (source.kind === 'figure') {
    throw new UsageError(
      `sample: received '${source.id}', expected a state; a figure has several fields`,
    );
  }
  assertWritable(command.output);
  const request = gridRequest(command, await trainedState(source.state, progress));
  await withPage(command, progress, hashOf(source), async (page) => {
    if (source.kind === 'model') await page.openModel(source.files, source.state);
    const { width, height } = request;
    progress.begin(`Sampling ${width} × ${height} values`);
    save(command.output, encodeNpy(await page.sample(request), [height, width]), progress);
  });
}

/** The figures, one per line: name, tab, title. bin/figures.txt holds the same, for bin/reluscope.mjs. */
export function figureList(): string {
  return FIGURES.map(({ id, title }) => `${id}\t${title}\n`).join('');
}

function hashOf(source: Source): string | null {
  return source.kind === 'model' ? null : source.hash;
}

async function withPage(
  command: RenderCommand | RenderAllCommand | SampleCommand,
  progress: Progress,
  hash: string | null,
  work: (page: ReluscopePage) => Promise<void>,
): Promise<void> {
  const page = await ReluscopePage.open(command, progress, hash);
  try {
    await work(page);
  } finally {
    await page.close();
  }
}

/** @throws UsageError */
function gridRequest(command: SampleCommand, state: State): GridRequest {
  const { field, quantity, view, gridSamples: side } = state;
  const { x, y } = command;
  const square = squareOf(view);
  // A side that is given is relative to the origin.
  const centerOf = (center: readonly [number, number]) =>
    [x ? 0 : center[0], y ? 0 : center[1]] as const;
  const request: GridRequest = {
    field,
    quantity: command.quantity ?? quantity,
    x: x ?? square.x,
    y: y ?? square.y,
    center: centerOf(view.center),
    centerLow: centerOf(view.centerLow),
    ...(command.size ?? { width: side, height: side }),
  };
  return reading('sample', () => validateGridRequest(request));
}

function save(file: string, bytes: Uint8Array, progress: Progress): void {
  writeFileSync(file, bytes);
  progress.note(`Wrote ${file}, ${bytes.length.toLocaleString('en')} bytes`);
}
