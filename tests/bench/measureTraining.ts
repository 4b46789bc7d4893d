import { fileURLToPath } from 'node:url';
import type { DataSet } from '../../src/data/dataSet.ts';
import { loadDataSet } from '../../src/data/loadDataSet.ts';
import { readRecipe } from '../../src/training/readRecipe.ts';
import type { Recipe } from '../../src/training/recipe.ts';
import { Run } from '../../src/training/run.ts';
import { LineProcess } from './peers/lineProcess.ts';
import { type Playground, playgroundStepper } from './peers/playground.ts';
import { median, spreadOf } from './statistics.ts';
import { type Steps, type Took, timed } from './took.ts';

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
  console.log(
    '| network | peer | steps a second | the peer | ratio (its range) | by processor time | target |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const one of CASES) {
    if (one.peer === 'playground' && nn === null) {
      console.log(`| ${one.name} | Playground | not measured: no path of its src/nn.ts | | | | |`);
      continue;
    }
    const data = await loadDataSet(one.recipe.data);
    const peer = await startPeer(one, data, nn);
    const rounds = await takeTurns(oursOf(one.recipe, data), peer.steps);
    await peer.end();
    const rates = ([0, 1] as const)
      .map((i) => Math.round(median(rounds.map((round) => 1000 / round[i].ms))))
      .join(' | ');
    const ratio = spreadOf(rounds.map(([ours, theirs]) => theirs.ms / ours.ms));
    const range = `${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)} to ${ratio.max.toFixed(2)})`;
    const cpu = median(rounds.map(([ours, theirs]) => theirs.cpuMs / ours.cpuMs)).toFixed(2);
    console.log(`| ${one.name} | ${one.peer} | ${rates} | ${range} | ${cpu} | ${one.target} |`);
  }
}

function oursOf(recipe: Recipe, data: DataSet): Steps {
  const run = new Run(recipe, data);
  return async (count) => timed(() => void run.goTo(run.step + count));
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
    steps: (steps) => child.ask<Took>(JSON.stringify({ steps })),
    end: () => child.end(),
  };
}

/** What one step of each takes, round by round. */
async function takeTurns(...both: readonly [Steps, Steps]): Promise<readonly [Took, Took][]> {
  const sizes = [await blockSize(both[0]), await blockSize(both[1])] as const;
  const rounds: [Took, Took][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const step = async (i: 0 | 1): Promise<Took> => {
      const { ms, cpuMs } = await both[i](sizes[i]);
      return { ms: ms / sizes[i], cpuMs: cpuMs / sizes[i] };
    };
    if (round % 2 === 0) rounds.push([await step(0), await step(1)]);
    else {
      const theirs = await step(1);
      rounds.push([await step(0), theirs]);
    }
  }
  return rounds;
}

/** Steps that take about BLOCK_MS, found after some for the compiler. */
async function blockSize(steps: Steps): Promise<number> {
  await steps(50);
  const { ms } = await steps(200);
  return Math.max(20, Math.round((200 * BLOCK_MS) / ms));
}
