import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
/** Not in a clone. */
const LOCAL = ['.git', '.cache', 'node_modules', 'dist', 'test-results', 'playwright-report'];
/** The build takes ten seconds; a busy machine does not come near this. */
const BUILD_LIMIT_MS = 600_000;

/** An empty folder into which the package is installed. */
let folder: string;

// As npm installs a packed clone, but with the dependencies of this checkout: a clean machine may be offline.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reluscope-package-'));
  const clone = join(folder, 'clone');
  cpSync(ROOT, clone, {
    recursive: true,
    filter: (path) => !LOCAL.includes(basename(path)),
  });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  run('npm', ['pack', '--offline', '--pack-destination', folder], clone);
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
    bin: { reluscope: string };
  };
  run('tar', ['-xzf', `reluscope-${manifest.version}.tgz`, '-C', modules]);
  run('mv', [join(modules, 'package'), join(modules, 'reluscope')]);
  rmSync(clone, { recursive: true });
  symlinkSync(join('../reluscope', manifest.bin.reluscope), join(modules, '.bin/reluscope'));
  for (const name of Object.keys(readPacked().dependencies)) {
    const link = join(modules, name);
    // Of a package with a scope, e.g. @noble/hashes, there is a folder above it.
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
}, BUILD_LIMIT_MS);

afterAll(() => rmSync(folder, { recursive: true }));

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

function readPacked(): Manifest {
  const file = join(folder, 'node_modules/reluscope/package.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

/** @returns what the program prints. @throws with its errors unless it succeeds */
function run(program: string, args: readonly string[], cwd = folder): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
}

it('its command line runs', () => {
  const command = join(folder, 'node_modules/.bin/reluscope');
  expect(run(command, ['--version'])).toBe(`${readPacked().version}\n`);
  expect(run(command, ['render', '--help'])).toContain('Usage: reluscope render');
  expect(run(command, ['figures'])).toContain('softmax\t');
});

it('it holds the page that the command line drives', () => {
  const page = readFileSync(join(folder, 'node_modules/reluscope/dist/site/index.html'), 'utf8');
  const scripts = [...page.matchAll(/<script[^>]* src="\.\/([^"]+)"/g)].map(([, script]) =>
    readFileSync(join(folder, 'node_modules/reluscope/dist/site', script!), 'utf8'),
  );
  expect(Math.max(...scripts.map(({ length }) => length))).toBeGreaterThan(100_000);
});

it('its library can be imported', () => {
  const program = "console.log(Object.keys(await import('reluscope')).sort().join());";
  expect(run(process.execPath, ['--input-type=module', '--eval', program])).toBe(
    'InvalidInputError,ModelFileError,createReluscope\n',
  );
});

it('networks learn in Node, without a page', () => {
  const program = `
    import { data, train } from 'reluscope/training';
    const { x, y } = await data({ kind: 'moons', samples: 20, noise: 0.1, seed: 0 });
    const network = { kind: 'drawn', widths: [2, 4, 2], activation: 'relu', seed: 0 };
    const { step, losses } = await train({ data: { kind: 'points', x, y }, network, steps: 50 });
    console.log(step, losses[0] > losses[49]);`;
  expect(run(process.execPath, ['--input-type=module', '--eval', program])).toBe('50 true\n');
});

/** @returns what TypeScript finds wrong in a program that uses the package */
function check(program: string): string {
  writeFileSync(join(folder, 'use.mts'), program);
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext'];
  try {
    return run(process.execPath, [tsc, ...options, '--types', '', 'use.mts']);
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}

it('its types are found, and check what is passed', () => {
  const program = `
     import { createReluscope, type Reluscope, type State } from 'reluscope';
     import { train } from 'reluscope/training';
     const mounted: Reluscope = createReluscope(document.body, { url: true });
     export const state: State = mounted.state;
     // @ts-expect-error: not an option's type
     createReluscope(document.body, { url: 'yes' });
     // @ts-expect-error: not a setting's type
     mounted.openFigure('softmax', { seed: '3' });
     mounted.sample({ field: { kind: 'lse' }, x: [0, 1], y: [0, 1], width: 2, height: 2 });
     // @ts-expect-error: misspelt
     mounted.sample({ field: { network: { kind: 'drawn', width: [2, 3] } }, x: [0, 1], y: [0, 1], width: 2, height: 2 });`;
  expect(check(program)).toBe('');
});

/** Both ways to train. */
const TRAINERS = [
  ['a page', `declare const data: Reluscope['data'], train: Reluscope['train'];`],
  ['Node', `import { data, train } from 'reluscope/training';`],
].map(([name, names]) => [
  name,
  `import type { DataInput, RecipeInput, Reluscope } from 'reluscope';
    ${names}
    declare const text: string;`,
]);

it.each(TRAINERS)(
  'recipes and data sets are typed, as they are written and in variables, for %s',
  (_, names) => {
    const program = `${names}
    const plain = {
      data: { kind: 'moons', samples: 200, noise: 0.1, seed: 3, split: { testSize: 0.5 } },
      network: { kind: 'drawn', widths: [2, 3, 2], activation: ['relu', { kind: 'elu', alpha: 1 }] },
      loss: 'crossEntropy',
      optimizer: { kind: 'adam', betas: [0.9, 0.99] },
      batch: null,
    };
    const constant = {
      data: { kind: 'exercise' },
      network: { kind: 'drawn', widths: [2, 2], initialization: 'zeros' },
      optimizer: { kind: 'adamw', betas: [0.9, 0.9] },
    } as const;
    const layers = [{ weight: [[1, 2]] }, { weight: [[1]], bias: [0] }];
    const run = await train(
      {
        data: { kind: 'moons', samples: 200, noise: 0.1, seed: 3 },
        network: { kind: 'drawn', widths: [2, 8, 8, 2], activation: 'relu', seed: 1 },
        loss: 'crossEntropy',
        optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0 },
        batch: null,
        steps: 300,
      },
      { onStep: ({ step }) => void step },
    );
    const losses: Float64Array = run.losses;
    const { x, y } = await data({ kind: 'circles', samples: 9, noise: 0.1, factor: 0.5, seed: 1 });
    await data({ kind: 'blobs', samples: 9, centers: 3, standardDeviation: 1, seed: 1 });
    await data({ kind: 'digits', split: { testSize: 0.25, seed: 123 } });
    await data({ kind: 'formula', formula: text });
    await train({
      data: { kind: 'points', x, y },
      network: { kind: 'explicit', layers: run.network.layers },
      optimizer: { kind: 'adam', learningRate: 0.1, betas: [0.9, 0.99], epsilon: 1e-8, weightDecay: 0 },
      batch: { size: 3, seed: 1 },
      schedule: { kind: 'step', every: 3 },
      penalty: { l1: 0.1 },
    });
    await train(plain);
    await train({ ...plain, network: { kind: 'explicit', layers } });
    await train({ data: { kind: 'exercise' }, network: plain.network });
    await data(plain.data);
    const typed: RecipeInput = constant;
    const source: DataInput = constant.data;
    await Promise.all([train(constant), train(typed), data(source), train(JSON.parse('{}'))]);`;
    expect(check(program)).toBe('');
  },
);

const NETWORK = "network: { kind: 'drawn' }";
const WRONG = [
  'train({})',
  "train({ data: { kind: 'moons' } })",
  `train({ data: { kind: 'moons', sampels: 3 }, ${NETWORK} })`,
  `train({ data: { kind: 'moons', factor: 3 }, ${NETWORK} })`,
  `train({ data: { kind: 'moon' }, ${NETWORK} })`,
  "train({ data: { kind: 'moons' }, network: { kind: 'drawn', width: [2] } })",
  "train({ data: { kind: 'moons' }, network: { kind: 'identity' } })",
  `train({ data: { kind: 'moons' }, ${NETWORK}, optimiser: { kind: 'sgd' } })`,
  `train({ data: { kind: 'moons' }, ${NETWORK}, optimizer: { kind: 'sgd', betas: [0, 0] } })`,
  `train({ data: { kind: 'moons' }, ${NETWORK}, loss: 'hinge' })`,
  `train({ data: { kind: 'moons' }, ${NETWORK}, batch: { seed: 3 } })`,
  `train({ data: { kind: 'moons' }, ${NETWORK}, schedule: { kind: 'step' } })`,
  "data({ kind: 'points', x: [[1]] })",
  "data({ kind: 'formula' })",
  "data({ kind: 'formula', formula: text, sampels: 3 })",
  "data({ kind: 'digits', split: { size: 3 } })",
  "data({ kind: 'xor', samples: '3' })",
  "data('moons')",
];

it.each(TRAINERS)(
  'what is misspelt, missing or of another kind is wrong by its type, for %s',
  (_, names) => {
    const first = names!.split('\n').length + 1;
    const program = [names, ...WRONG.map((call) => `${call};`)].join('\n');
    const lines = check(program).matchAll(/^use\.mts\((\d+),/gm);
    const noticed = new Set(Array.from(lines, ([, line]) => WRONG[Number(line) - first]));
    expect(WRONG.filter((call) => !noticed.has(call))).toEqual([]);
  },
);
