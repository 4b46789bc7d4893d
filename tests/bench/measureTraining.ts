import { fileURLToPath } from 'node:url';
import type { DataSet } from '../../src/data/dataSet.ts';
import { loadDataSet } from '../../src/data/loadDataSet.ts';
import { readRecipe } from '../../src/training/readRecipe.ts';
import type { Recipe } from '../../src/training/recipe.ts';
import { Run } from '../../src/training/run.ts';
import { LineProcess } from './peers/lineProcess.ts';
import { type Playground, playgroundStepper } from './peers/playground.ts';
import { spreadOf } from './statistics.ts';

/** What makes steps, ours or a peer's. @returns milliseconds for so many of them */
export type Steps = (count: number) => Promise<number>;

interface Case {
  readonly name: string;
  readonly peer: 'torch' | 'numpy' | 'playground';
  readonly recipe: Recipe;
  /** At least this many times as many steps a second as the peer. */
  readonly target: number;
}

const ROUNDS = 9;
/** What each block of steps takes, about. */
const BLOCK_MS = 300;
const PEER = fileURLToPath(new URL('peers/trainPeer.py', import.meta.url));
const PYTHON = process.env.RELUSCOPE_PYTHON ?? '/usr/bin/python3';

const moons = { kind: 'moons', samples: 200, noise: 0.1, seed: 0 };
const drawn = (widths: readonly number[]) => ({ kind: 'drawn', widths, activation: 'relu' });
const sgd = (learningRate: number) => ({ kind: 'sgd', learningRate });
const onMoons = (widths: readonly number[]) =>
  readRecipe({
    ...{ data: moons, network: drawn(widths), loss: 'binaryCrossEntropy', optimizer: sgd(0.1) },
  });

const CASES: readonly Case[] = [
  { name: '2-20-1', peer: 'torch', target: 3, recipe: onMoons([2, 20, 1]) },
  { name: '2-5-5-5-5-1', peer: 'torch', target: 3, recipe: onMoons([2, 5, 5, 5, 5, 1]) },
  {
    ...{ name: '2-8-8-1, batches of 10', peer: 'playground', target: 3 },
    recipe: readRecipe({
      ...{ data: moons, network: drawn([2, 8, 8, 1]), loss: 'meanSquaredError' },
      ...{ optimizer: sgd(0.03), batch: { size: 10 } },
    }),
  },
  {
    ...{ name: '64-32-10, digits', peer: 'numpy', target: 1 },
    recipe: readRecipe({
      data: { kind: 'digits', split: { testSize: 0.25, seed: 123 } },
      network: { ...drawn([64, 32, 10]), initialization: 'xavierUniform' },
      optimizer: sgd(0.01),
    }),
  },
];

/** Prints a table; blocks of ours and the peer's take turns. @param nn Playground's module, if it is there */
export async function measureTraining(nn: Playground | null): Promise<void> {
  console.log('| network | peer | steps a second | the peer | ratio (its range) | target |');
  console.log('|---|---|---|---|---|---|');
  for (const one of CASES) {
    if (one.peer === 'playground' && nn === null) {
      console.log(`| ${one.name} | Playground | not measured: no path of its src/nn.ts | | | |`);
      continue;
    }
    const data = await loadDataSet(one.recipe.data);
    const peer = await startPeer(one, data, nn);
    const rows = await takeTurns(oursOf(one.recipe, data), peer.steps);
    await peer.end();
    const [ours, theirs] = [0, 1].map((i) => spreadOf(rows.map((row) => row[i as 0 | 1])));
    const ratio = spreadOf(rows.map(([a, b]) => a / b));
    const range = `${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)} to ${ratio.max.toFixed(2)})`;
    const rates = [ours!, theirs!].map(({ median }) => Math.round(median)).join(' | ');
    console.log(`| ${one.name} | ${one.peer} | ${rates} | ${range} | ${one.target} |`);
  }
}

function oursOf(recipe: Recipe, data: DataSet): Steps {
  const run = new Run(recipe, data);
  return async (count) => {
    const start = performance.now();
    run.goTo(run.step + count);
    return performance.now() - start;
  };
}

async function startPeer(
  { peer, recipe }: Case,
  data: DataSet,
  nn: Playground | null,
): Promise<{ readonly steps: Steps; end(): Promise<void> }> {
  if (peer === 'playground') return { steps: playgroundStepper(nn!, data), end: async () => {} };
  const child = new LineProcess(PYTHON, [PEER]);
  await child.next();
  const { x, y, count } = data.train;
  const rows = Array.from({ length: count }, (_, i) =>
    Array.from(x.subarray(i * data.inputs, (i + 1) * data.inputs)),
  );
  const { network, optimizer } = recipe;
  const widths = network.kind === 'drawn' ? network.widths : [];
  const rate = optimizer.learningRate;
  await child.ask(JSON.stringify({ peer, case: { widths, rate, x: rows, y: Array.from(y) } }));
  return {
    steps: async (steps) => (await child.ask<{ ms: number }>(JSON.stringify({ steps }))).ms,
    end: () => child.end(),
  };
}

/** Steps a second of both, round by round. */
async function takeTurns(...both: readonly [Steps, Steps]): Promise<readonly [number, number][]> {
  const sizes = [await blockSize(both[0]), await blockSize(both[1])] as const;
  const rounds: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const rates: [number, number] = [0, 0];
    const order: readonly (0 | 1)[] = round % 2 === 0 ? [0, 1] : [1, 0];
    for (const i of order) rates[i] = (sizes[i] / (await both[i](sizes[i]))) * 1000;
    rounds.push(rates);
  }
  return rounds;
}

/** Steps that take about BLOCK_MS, found after some for the compiler. */
async function blockSize(steps: Steps): Promise<number> {
  await steps(50);
  const ms = await steps(200);
  return Math.max(20, Math.round((200 * BLOCK_MS) / ms));
}
