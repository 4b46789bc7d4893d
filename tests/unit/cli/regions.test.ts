import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readLook } from '../../../src/cli/modelSource.ts';
import { parseCommand } from '../../../src/cli/options.ts';
import { Progress } from '../../../src/cli/progress.ts';
import { regions } from '../../../src/cli/regions.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { restrict } from '../../../src/model/restrict.ts';
import { readModel } from '../../../src/models/readModel.ts';
import { train } from '../../../src/training.ts';

const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../reference/models/${name}`, import.meta.url));
const THREE = pathOf('onnx/act_max.onnx');

/** The records that a command line writes. */
async function recordsOf(...args: string[]): Promise<unknown[]> {
  const output = join(mkdtempSync(join(tmpdir(), 'reluscope-')), 'counts.jsonl');
  const command = parseCommand(['regions', ...args, '-q', '-o', output]);
  if (command.kind !== 'regions') throw new Error(`read as ${command.kind}`);
  await regions(command, new Progress(process.stderr, true));
  const lines = readFileSync(output, 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line));
}

test.each([null, '1,3;2=0.5', '{"origin": [0, 0, 1], "axis1": [1, 1, 0], "axis2": [0, 0, 1]}'])(
  'regions FILE counts the plane %s of its inputs',
  async (slice) => {
    const window = { x: [-2, 2], y: [-1, 3] } as const;
    const options = ['--window', '-2,2,-1,3', ...(slice === null ? [] : ['--slice', slice])];
    const records = await recordsOf(THREE, ...options);
    const model = readModel([{ name: 'act_max.onnx', bytes: readFileSync(THREE) }]);
    const plane = readLook(slice, model).slice;
    const counts = enumerateRegions(restrict(model.network, plane, null), { window });
    expect(records).toEqual([
      expect.objectContaining({
        seed: null,
        network: '3-3-3-1',
        window,
        slice: plane,
        field: expect.stringMatching(/^[0-9a-f]{16}$/),
        activationRegions: counts.activationRegions,
        linearRegions: counts.linearRegions,
        vertices: counts.vertices,
      }),
    ]);
    expect(counts.activationRegions).toBeGreaterThan(1);
  },
);

test.each(['small.npz', 'small.safetensors', 'small_layers.json'])(
  'regions %s: two lines that cross',
  async (name) => {
    const [record] = await recordsOf(pathOf(name));
    expect(record).toMatchObject({ network: '2-2-1', activationRegions: 4, vertices: 1 });
    expect(record).not.toHaveProperty('slice');
  },
);

test('without --seeds a drawn network is that of its own seed, which its record has', async () => {
  const field = { kind: 'mlp', widths: [2, 3, 1], seed: 7 };
  const [record] = await recordsOf(JSON.stringify({ field }));
  expect(record).toMatchObject({ seed: 7, network: '2-3-1', activationRegions: 7 });
});

test('--resume counts what is left of the range, and lets a file alone that is not its own', async () => {
  const output = join(mkdtempSync(join(tmpdir(), 'reluscope-')), 'counts.jsonl');
  const said: string[] = [];
  const resume = async (seeds: string) => {
    const line = ['regions', '2-3-1', '--seeds', seeds, '--resume', '-o', output];
    const command = parseCommand(line);
    if (command.kind !== 'regions') throw new Error(`read as ${command.kind}`);
    await regions(command, new Progress({ write: (text) => said.push(text) }, false));
  };
  writeFileSync(output, 'notes without an end');
  await expect(resume('0:3')).rejects.toThrow('line 1: received "notes without an end"');
  expect(readFileSync(output, 'utf8')).toBe('notes without an end');

  const [record] = await recordsOf('{"field": {"kind": "mlp", "widths": [2, 3, 1], "seed": 9}}');
  const lines = [5, 6, 7].map((seed) => `${JSON.stringify({ ...(record as object), seed })}\n`);
  writeFileSync(output, lines.join(''));
  await resume('6:8');
  expect(said).toEqual(['Counting regions of 0 networks…\n', 'Counted 0 networks\n']);
  expect(readFileSync(output, 'utf8')).toBe(lines.join(''));
});

test('a state with a run is counted at its step', async () => {
  const recipe = {
    data: { kind: 'moons', samples: 60, noise: 0.1, seed: 1 },
    network: { kind: 'drawn', widths: [2, 6, 1], activation: 'relu', seed: 1 },
    ...{ loss: 'binaryCrossEntropy', optimizer: { kind: 'adam', learningRate: 0.05 }, steps: 60 },
  };
  const { network } = await train({ ...recipe, steps: 37 });
  const explicit = { kind: 'explicit', layers: network.layers };
  const ofRun = await recordsOf(JSON.stringify({ run: { recipe, step: 37 } }), '--window', '-2,2');
  const field = { network: explicit };
  const ofNetwork = await recordsOf(JSON.stringify({ field }), '--window', '-2,2');
  expect(ofRun).toEqual(ofNetwork);
  const wild = {
    ...recipe,
    loss: 'meanSquaredError',
    optimizer: { kind: 'sgd', learningRate: 1e6 },
  };
  await expect(recordsOf(JSON.stringify({ run: { recipe: wild, step: 60 } }))).rejects.toThrow(
    'The run diverged at step',
  );
});

test('planes of one network are told apart', async () => {
  const [one] = await recordsOf(THREE, '--slice', '1,2');
  const [other] = await recordsOf(THREE, '--slice', '1,2;3=4');
  expect((one as { field: string }).field).not.toBe((other as { field: string }).field);
});

test.each([
  [['2-20-1', '--slice', '1,2'], "received --slice for '2-20-1', expected it with the file"],
  [['{"field": {"kind": "lse"}}', '--slice', '1,2'], 'expected the file of a network with them'],
  [[THREE, '--seeds', '0:3'], "received --seeds for a network that is 'model'"],
  [[THREE, '--activation', 'abs'], 'others have their own'],
  [[THREE, '--slice', '1,9'], 'expected an input from 1 to 3'],
  [[pathOf('elu.npz')], 'expected piecewise linear ones'],
  [[pathOf('torch.pt')], 'torch.pt'],
])('regions %j is refused', async (args, says) => {
  await expect(recordsOf(...args)).rejects.toThrow(UsageError);
  await expect(recordsOf(...args)).rejects.toThrow(says);
});
