// npm run check:models -- DIR: tries every file of a folder and compares the network with DIR/expected.json, a list of
// {file, values: [{x, y}, …]} with the outputs y of the network at inputs x, of {file, refuse} and of {file} alone.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runnerImport } from 'vite';

/** Relative to the largest output. */
const TOLERANCE = 1e-6;
/** Expected outputs may come from float32 sums in any order: they may be off by so many times what one order is off by. */
const ROUNDING_FACTOR = 4;
const EXPECTED = 'expected.json';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('npm run check:models -- DIR');
  process.exit(2);
}
const load = async (/** @type {string} */ path) => (await runnerImport(path)).module;
const { readModelFile } = await load('./src/models/readModelFile.ts');
const { forward } = await load('./src/reference/pointReading.ts');
const { traitsOf } = await load('./src/model/activations.ts');

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
    const found = values.map(({ x }) => ended(forward(model.network, x), model.ending));
    const error = largest(values.map(({ y }, i) => relativeError(found[i], y)));
    const rounding = largest(
      values.map(({ x }, i) =>
        relativeError(ended(forwardInFloat32(model.network, x), model.ending), found[i]),
      ),
    );
    const tolerance = Math.max(TOLERANCE, ROUNDING_FACTOR * rounding);
    const isRight = expected?.refuse === undefined && error <= tolerance;
    const compared =
      values.length === 0
        ? 'nothing to compare'
        : `${values.length} values, off by ${error.toExponential(1)} (float32: ${rounding.toExponential(1)})`;
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

/** @param {number[]} list */
function largest(list) {
  return Math.max(0, ...list);
}

/** The outputs after what ends the file's network. @param {number[]} outputs @param {string | null} ending */
function ended(outputs, ending) {
  if (ending === null) return outputs;
  const top = Math.max(...outputs);
  const sum = outputs.reduce((total, z) => total + Math.exp(z - top), 0);
  const logarithms = outputs.map((z) => z - top - Math.log(sum));
  return ending === 'softmax' ? logarithms.map(Math.exp) : logarithms;
}

/** What a program in float32 computes. @param {any} network @param {number[]} x */
function forwardInFloat32({ layers }, x) {
  let h = x.map(Math.fround);
  for (const { inputs, weight, bias, activation } of layers) {
    h = Array.from(bias, (b, i) => {
      let z = 0;
      for (let j = 0; j < inputs; j += 1) {
        z = Math.fround(z + Math.fround(Math.fround(weight[i * inputs + j]) * h[j]));
      }
      return Math.fround(
        traitsOf(activation).value(Math.fround(z + Math.fround(b)), activation, i),
      );
    });
  }
  return h;
}

/** The largest difference over the largest output; NaN if one of them is. @param {number[]} found @param {number[]} expected */
function relativeError(found, expected) {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  const size = Math.max(...expected.map(Math.abs), Number.MIN_VALUE);
  return Math.max(...found.map((value, i) => Math.abs(value - expected[i]))) / size;
}
