import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { allPoints } from '../data/allPoints.ts';
import { loadDataSet } from '../data/loadDataSet.ts';
import { encodeOnnx } from '../formats/onnx/encodeOnnx.ts';
import { plainNetwork } from '../formats/plainNetwork.ts';
import { encodeSafetensors } from '../formats/safetensors.ts';
import { regionsAround } from '../geometry/regionsAround.ts';
import { networkOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import { requireRegions } from '../model/fieldValidation.ts';
import { explicitSource } from '../model/parameters.ts';
import { beginTraining } from '../state/beginTraining.ts';
import { DEFAULT_STATE } from '../state/defaults.ts';
import { applyPatch } from '../state/patch.ts';
import type { State } from '../state/state.ts';
import { prepareRun } from '../trainer/prepareRun.ts';
import { localTrainer } from '../trainer/trainer.ts';
import { type TrainingResult, trainToEnd } from '../trainer/trainToEnd.ts';
import { lossTable } from '../training/lossTable.ts';
import { readRecipe } from '../training/readRecipe.ts';
import type { Recipe } from '../training/recipe.ts';
import { Run } from '../training/run.ts';
import type { RunStart } from '../training/session.ts';
import { beginsJson, parseJson } from './json.ts';
import { assertWritable, makeDirectory } from './outputs.ts';
import { ReluscopePage } from './page.ts';
import type { Progress } from './progress.ts';
import { readSource } from './stateSource.ts';
import type { TrainCommand } from './trainOptions.ts';
import { reading, UsageError } from './usageError.ts';

/** Pictures of a run, and counts of its regions, unless somebody says how many. */
const PLACES = 100;

/** Trains a recipe to its end, and writes the network, its losses, and pictures of its steps. */
export async function train(command: TrainCommand, progress: Progress): Promise<void> {
  const { recipe, state } = readTraining(command.source);
  assertOutputs(command);
  progress.begin(`Training ${recipe.steps.toLocaleString('en')} steps`);
  const start = await prepareRun(recipe);
  const counted = command.regions ? await fieldToCount(start, state) : null;
  const result = await trainToEnd(trainerOf(start), start, {
    onStep: ({ step }) => progress.report(step / Math.max(1, recipe.steps)),
  });
  if (command.output !== null) {
    save(command.output, encode(command.output, result), progress);
  }
  if (command.losses !== null) {
    const steps = placesOf(command, recipe, result.step);
    const regions = counted ? countRegions(start, counted, steps, progress) : new Map();
    save(command.losses, lossTable(result.losses, regions), progress);
  }
  if (command.frames !== null) await drawFrames(command, recipe, state, result.step, progress);
  const { accuracy, divergence, losses } = result;
  const right = accuracy === null ? '' : `, ${(100 * accuracy).toFixed(2)} % right`;
  progress.note(`Trained ${result.step} steps: last loss ${losses.at(-1) ?? 'none'}${right}`);
  if (divergence !== null) throw new Error(divergence.message);
}

/** @throws UsageError if a file or directory cannot be written, or one would be lost to another */
function assertOutputs({ source, output, losses, frames }: TrainCommand): void {
  const taken = new Set([resolve(source)]);
  for (const [option, file] of [
    ['-o', output],
    ['--losses', losses],
  ] as const) {
    if (file === null) continue;
    const path = resolve(file);
    if (taken.has(path)) {
      throw new UsageError(`${option}: received '${file}', expected a file of its own`);
    }
    taken.add(path);
    assertWritable(file, option);
  }
  if (frames === null) return;
  makeDirectory(frames, '--frames');
  assertWritable(join(frames, '0.png'), '--frames');
}

/** @throws UsageError */
const trainerOf: typeof localTrainer = (start) => reading('train', () => localTrainer(start));

/** A recipe, and the state that shows it if there is one. @throws UsageError */
function readTraining(source: string): { recipe: Recipe; state: State | null } {
  const isFile = existsSync(source) && statSync(source).isFile();
  const text = isFile ? readFileSync(source, 'utf8') : source;
  if (beginsJson(text)) {
    const json = parseJson(text, 'the recipe') as object;
    // A state has none, so that it is a recipe, though others of its parts may be missing.
    if ('network' in json) {
      return { recipe: reading('train', () => readRecipe(json)), state: null };
    }
  }
  const read = readSource(source);
  const run = read.kind === 'state' ? read.state.run : null;
  if (read.kind !== 'state' || run === null) {
    throw new UsageError(
      `train: received '${source.slice(0, 80)}', expected a recipe {data, network, …}, or a state with a run`,
    );
  }
  return { recipe: run.recipe, state: read.state };
}

function encode(file: string, { network: { layers } }: TrainingResult): Uint8Array | string {
  const trained = networkOf({ kind: 'explicit', layers });
  const name = file.toLowerCase();
  if (name.endsWith('.json')) return `${JSON.stringify(plainNetwork(trained))}\n`;
  return name.endsWith('.onnx') ? encodeOnnx(trained) : encodeSafetensors(trained, {});
}

/** The steps of which there are pictures or counts, up to the last one. */
function placesOf({ every }: TrainCommand, { steps }: Recipe, last: number): number[] {
  const stride = every ?? Math.max(1, Math.ceil(steps / PLACES));
  const places = Array.from({ length: Math.floor(last / stride) + 1 }, (_, i) => i * stride);
  return places.at(-1)! < last ? [...places, last] : places;
}

/** The field of a run's start, on the slice of its state. @throws UsageError for a network without linear regions */
async function fieldToCount({ recipe, network }: RunStart, given: State | null): Promise<Field> {
  const { field } = given ?? (await stateFor(recipe));
  const start = { ...field, network: explicitSource(network, 'network') };
  return reading('train --regions', () => requireRegions(start));
}

/** The linear regions of a run's network at some steps, around the points of the data. */
function countRegions(
  { recipe, data, network }: RunStart,
  field: Field,
  steps: readonly number[],
  progress: Progress,
): ReadonlyMap<number, number> {
  progress.begin(`Counting the regions of ${steps.length} steps`);
  const counts = new Map<number, number>();
  const points = allPoints(data);
  const run = new Run(recipe, data, network);
  for (const step of steps) {
    run.goTo(step);
    const at = { ...field, network: explicitSource(run.network, 'network') };
    counts.set(step, regionsAround(at, points));
    progress.report(counts.size / steps.length);
  }
  return counts;
}

/** Numbered pictures, so that a program for films finds them in order. */
async function drawFrames(
  command: TrainCommand,
  recipe: Recipe,
  given: State | null,
  last: number,
  progress: Progress,
): Promise<void> {
  const shown = given ?? (await stateFor(recipe));
  const steps = placesOf(command, recipe, last);
  const digits = String(steps.length - 1).length;
  const page = await ReluscopePage.open(command, progress, null);
  try {
    await page.openState({ ...shown, run: { recipe, step: 0 } });
    for (const [i, step] of steps.entries()) {
      progress.begin(`Drawing ${i + 1} of ${steps.length}, step ${step}`);
      await page.set({ run: { step } });
      const file = join(command.frames!, `${String(i).padStart(digits, '0')}.png`);
      writeFileSync(file, await page.toPng(command.size));
    }
  } finally {
    await page.close();
  }
  progress.note(`Wrote ${steps.length} pictures to ${command.frames}`);
}

async function stateFor(recipe: Recipe): Promise<State> {
  const set = await loadDataSet(recipe.data);
  const patch = beginTraining(DEFAULT_STATE, recipe.data, set);
  return applyPatch(DEFAULT_STATE, { ...patch, run: { recipe, step: 0 } });
}

function save(file: string, content: Uint8Array | string, progress: Progress): void {
  writeFileSync(file, content);
  progress.note(`Wrote ${file}`);
}
