import { expect, test } from 'vitest';
import { readOnnx } from '../../../../src/models/onnx/readOnnx.ts';
import { faultOf, MUTANTS, MUTANTS_LIMIT_MS, mutate, readMutants } from '../mutants.ts';
import { bytesOf, CASES } from './files.ts';

test('mutants of ONNX files are read, or refused by a ModelFileError', {
  timeout: MUTANTS_LIMIT_MS,
}, () => {
  const files = CASES.map(({ file }) => bytesOf(file));
  const external = new Map([['external_weights.bin', bytesOf('external_weights.bin')]]);
  const refused = readMutants(
    'ONNX',
    MUTANTS,
    (i, random) => mutate(files[i % files.length]!, random),
    (mutant) => {
      const { network, inputs } = readOnnx(mutant, external);
      return inputs.length === network.layers[0]!.inputs ? faultOf(network) : 'has other inputs';
    },
  );
  expect(refused).toBeGreaterThan(0.25);
  expect(refused).toBeLessThan(1);
});
