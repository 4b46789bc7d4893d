// The half of againstRegioncam.py that runs our enumeration: prints the networks and slices of a list of cases as a line of JSON, and then
// for each number of a case on its input the milliseconds and the counts.

import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { runnerImport } from 'vite';

const load = async (/** @type {string} */ path) => (await runnerImport(path)).module;
const { readModelFile } = await load('./src/models/readModelFile.ts');
const { restrict } = await load('./src/model/restrict.ts');
const { enumerateRegions } = await load('./src/geometry/enumerateRegions.ts');
const { plainNetwork } = await load('./src/formats/plainNetwork.ts');

const file = process.argv[2] ?? '';
/** @type {{name: string, file: string, slice: {origin: number[], axis1: number[], axis2: number[]}}[]} */
const given = JSON.parse(readFileSync(file, 'utf8'));
const cases = given.map((one) => {
  const path = resolve(dirname(file), one.file);
  const { network } = readModelFile([{ name: basename(path), bytes: readFileSync(path) }]);
  return { ...one, network };
});
const plain = cases.map(({ name, slice, network }) => ({ name, slice, ...plainNetwork(network) }));
console.log(JSON.stringify(plain));

// One output, since the regions of its hidden layers are what both count; the square [−1, 1]² of the slice.
const output = { kind: 'output', index: 0 };
for await (const line of createInterface({ input: process.stdin })) {
  const { network, slice } = cases[Number(line)] ?? {};
  const start = performance.now();
  const plane = restrict(network, slice, output);
  const window = { x: [-1, 1], y: [-1, 1] };
  const { activationRegions, linearRegions } = enumerateRegions(plane, { window });
  console.log(JSON.stringify({ ms: performance.now() - start, activationRegions, linearRegions }));
}
