// npm run check:models -- DIR: tries every file of a folder and compares the network with DIR/expected.json, a list of
// {file, values: [{x, y}, …]} with the outputs y of the network at inputs x, of {file, refuse} and of {file} alone.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runnerImport } from 'vite';

/** What float32 leaves of a value in other programs, relative to the largest output. */
const TOLERANCE = 1e-6;
const EXPECTED = 'expected.json';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('npm run check:models -- DIR');
  process.exit(2);
}
const load = async (/** @type {string} */ path) => (await runnerImport(path)).module;
const { readModelFile } = await load('./src/models/readModelFile.ts');
const { forward } = await load('./src/reference/pointReading.ts');

/** @type {{file: string, values?: {x: number[], y: number[]}[] | null, refuse?: string}[]} */
const expectations = JSON.parse(readFileSync(join(folder, EXPECTED), 'utf8'));
const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !/(^|\/)(expected\.json|[^/]*\.(md|bin|py))$/.test(path))
  .sort();

let failures = 0;
for (const path of paths) {
  const name = relative(folder, path);
  const expected = expectations.find(({ file }) => file === name);
  const { verdict, report } = check(path, expected);
  if (verdict === 'WRONG') failures += 1;
  console.log(`${verdict.padEnd(6)} ${name.padEnd(48)} ${report}`);
}
console.log(`${paths.length} files, ${failures} wrong`);
process.exit(failures > 0 ? 1 : 0);

/**
 * @param {string} path
 * @param {{values?: {x: number[], y: number[]}[] | null, refuse?: string} | undefined} expected
 */
function check(path, expected) {
  const values = expected?.values ?? [];
  try {
    const model = readModelFile(withDataBeside(path));
    const { layers } = model.network;
    const widths = [layers[0].inputs, ...layers.map((/** @type {any} */ { outputs }) => outputs)];
    const errors = values.map(({ x, y }) => relativeError(forward(model.network, x), y));
    const error = errors.length === 0 ? 0 : Math.max(...errors);
    const isRight = expected?.refuse === undefined && error <= TOLERANCE;
    const compared =
      values.length === 0
        ? 'nothing to compare'
        : `${values.length} values, off by ${error.toExponential(1)}`;
    const report = [widths.join('-'), compared, ...model.notes].join('; ');
    return { verdict: isRight ? 'ok' : 'WRONG', report };
  } catch (error) {
    // Each load has classes of its own, so that instanceof would not recognise it.
    if (!(error instanceof Error && error.name === 'ModelFileError')) throw error;
    return {
      verdict: values.length > 0 ? 'WRONG' : 'ok',
      report: `refused: ${error.message.split('\n')[0]}`,
    };
  }
}

/** The file, and what lies beside it under the same name with another ending, as external data do. @param {string} path */
function withDataBeside(path) {
  const data = path.replace(/\.[^.]*$/, '.bin');
  const beside = readdirSync(dirname(path)).map((name) => join(dirname(path), name));
  const files = beside.includes(data) ? [path, data] : [path];
  return files.map((name) => ({ name: relative(dirname(path), name), bytes: readFileSync(name) }));
}

/** The largest difference over the largest output; NaN if one of them is. @param {number[]} found @param {number[]} expected */
function relativeError(found, expected) {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  const size = Math.max(...expected.map(Math.abs), Number.MIN_VALUE);
  return Math.max(...found.map((value, i) => Math.abs(value - expected[i]))) / size;
}
