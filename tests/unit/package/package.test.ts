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

it('its types are found, and check what is passed', () => {
  writeFileSync(
    join(folder, 'use.mts'),
    `import { createReluscope, type Reluscope, type State } from 'reluscope';
     import { train } from 'reluscope/training';
     const mounted: Reluscope = createReluscope(document.body, { url: true });
     export const state: State = mounted.state;
     // @ts-expect-error: not an option's type
     createReluscope(document.body, { url: 'yes' });
     export const losses: Promise<Float64Array> = train({}).then((run) => run.losses);`,
  );
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--types', ''];
  expect(run(process.execPath, [tsc, ...options, 'use.mts'])).toBe('');
});
