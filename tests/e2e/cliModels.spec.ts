import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { readPngState } from '../../src/formats/pngMetadata.ts';
import { listModel } from '../../src/model/models.ts';
import { readModel } from '../../src/models/readModel.ts';
import { forward } from '../../src/reference/pointReading.ts';
import { decodeState } from '../../src/state/url.ts';

// Two browsers.
test.describe.configure({ timeout: 300_000 });

const FILE = 'tests/reference/models/onnx/act_max.onnx';
const OPTIONS = ['--slice', '1,3;2=0.5', '--site', 'dist/e2e', '-q'];

/** Runs the command line as a person does; a failure is an error with what it says. */
const reluscope = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['bin/reluscope.mjs', ...args, ...OPTIONS]);

test('sample and render take the file of a network, a slice and a readout', async () => {
  const [grid, picture] = ['grid.npy', 'picture.png'].map((name) => test.info().outputPath(name));
  const range = ['--x', '-1,1', '--y', '0,4', '--size', '3x2'];
  await reluscope('sample', FILE, '--readout', 'output:1', ...range, '-o', grid!);
  const bytes = readFileSync(grid!);
  const start = 10 + bytes.readUInt16LE(8);
  const values = Array.from({ length: 6 }, (_, i) => bytes.readDoubleLE(start + 8 * i));
  const model = readModel([{ name: FILE, bytes: readFileSync(FILE) }]);
  const expected = [0, 4].flatMap((x3) =>
    [-1, 0, 1].map((x1) => forward(model.network, [x1, 0.5, x3])[0]!),
  );
  const size = Math.max(...expected.map(Math.abs));
  // float32 kernels.
  const wrong = values.filter((value, i) => !(Math.abs(value - expected[i]!) <= 1e-6 * size));
  expect(wrong).toEqual([]);

  await reluscope('render', FILE, '--readout', 'tanh', '--size', '400', '-o', picture!);
  listModel(model);
  const { state } = decodeState(readPngState(readFileSync(picture!))!);
  expect(state.field).toEqual({
    network: { kind: 'model', id: model.id },
    slice: { origin: [0, 0.5, 0], axis1: [1, 0, 0], axis2: [0, 0, 1] },
    readout: { kind: 'tanh', index: 0 },
  });
});
