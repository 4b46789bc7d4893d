import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { fieldOf } from '../shorthand.ts';
import type { Budget } from './budget.ts';
import { type Spread, spreadOf } from './statistics.ts';

export interface RegionResult {
  readonly name: string;
  /** Milliseconds for all regions of the whole plane, certified, over seeds 0, 1, 2, … */
  readonly milliseconds: Spread;
  /** How many activation regions there were, over the same seeds. */
  readonly regions: Spread;
}

interface RegionNetwork {
  readonly widths: readonly number[];
  readonly seeds: number;
  readonly weight: number;
}

const NETWORKS: readonly RegionNetwork[] = [
  { widths: [2, 20, 1], seeds: 200, weight: 1 },
  { widths: [2, 5, 5, 5, 5, 1], seeds: 200, weight: 1 },
  { widths: [2, 30, 30, 30, 30, 1], seeds: 10, weight: 3 },
  { widths: [2, 64, 64, 64, 1], seeds: 3, weight: 5 },
];
/** Not counted: the first ones are run by code that has not been optimised yet. */
const WARM_UP = 20;
const FOLDER = fileURLToPath(new URL('../../.cache/bench/regions', import.meta.url));

/** Times the exact enumeration of regions over the whole plane, on one thread of Node. */
export async function measureRegions(quick: boolean, budget: Budget): Promise<RegionResult[]> {
  const { enumerateRegions, resolve } = await bundle();
  const networks = quick ? NETWORKS.slice(0, 3) : NETWORKS;
  const count = (widths: readonly number[], seed: number) => {
    const field = fieldOf({ kind: 'mlp', widths, activation: 'relu', seed, outputBias: null });
    const network = resolve(field).whole;
    const start = performance.now();
    const { activationRegions, certified } = enumerateRegions(network, { window: null });
    if (!certified) throw new Error(`${widths.join('-')}, seed ${seed}: not certified`);
    return { milliseconds: performance.now() - start, regions: activationRegions };
  };
  for (let seed = 0; seed < WARM_UP; seed += 1) {
    for (const { widths } of networks.slice(0, 2)) count(widths, seed);
  }
  return networks.map(({ widths, seeds, weight }, index) => {
    const left = networks.slice(index).reduce((sum, other) => sum + other.weight, 0);
    const slice = budget.share(weight, left);
    const counted: { milliseconds: number; regions: number }[] = [];
    for (let seed = 0; seed < seeds && (seed === 0 || slice.left > 0); seed += 1) {
      counted.push(count(widths, seed));
    }
    return {
      name: widths.join('-'),
      milliseconds: spreadOf(counted.map(({ milliseconds }) => milliseconds)),
      regions: spreadOf(counted.map(({ regions }) => regions)),
    };
  });
}

/** As the page has it: one file, whose functions call each other directly. */
async function bundle(): Promise<typeof import('./regionEntry.ts')> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: FOLDER,
      emptyOutDir: true,
      target: 'es2023',
      lib: {
        entry: fileURLToPath(new URL('regionEntry.ts', import.meta.url)),
        formats: ['es'],
        fileName: 'regions',
      },
    },
  });
  return import(/* @vite-ignore */ pathToFileURL(`${FOLDER}/regions.js`).href);
}
