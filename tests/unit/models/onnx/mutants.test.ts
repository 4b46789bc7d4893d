import { expect, test } from 'vitest';
import { ModelFileError } from '../../../../src/models/modelFile.ts';
import { readOnnx } from '../../../../src/models/onnx/readOnnx.ts';
import { bytesOf, CASES } from './files.ts';

const IS_LONG = process.env.RELUSCOPE_LONG !== undefined;
const COUNT = IS_LONG ? 1_000_000 : 20_000;

/** Marsaglia's xorshift32: integers below a limit. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Bytes that lengths, counts and tags often get wrong. */
const TELLING = [0, 1, 0x7f, 0x80, 0xff];

const MUTATIONS: readonly ((
  bytes: Uint8Array,
  at: number,
  random: (below: number) => number,
) => Uint8Array)[] = [
  (bytes, at, random) => bytes.with(at, random(256)),
  (bytes, at, random) => bytes.with(at, bytes[at]! ^ (1 << random(8))),
  (bytes, at, random) => bytes.with(at, TELLING[random(TELLING.length)]!),
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, random) => joined(bytes.subarray(0, at), bytes.subarray(at + 1 + random(16))),
  (bytes, at, random) => joined(bytes.subarray(0, at + random(64)), bytes.subarray(at)),
  // A varint of nine bytes in the place of one.
  (bytes, at) =>
    joined(
      joined(bytes.subarray(0, at), new Uint8Array(8).fill(0xff)),
      joined(Uint8Array.of(0x7f), bytes.subarray(at + 1)),
    ),
];

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function mutant(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let result = bytes;
  for (let left = 1 + random(3); left > 0 && result.length > 0; left -= 1) {
    result = MUTATIONS[random(MUTATIONS.length)]!(result, random(result.length), random);
  }
  return result;
}

test(`${COUNT} mutants are networks or refused by a ModelFileError`, {
  timeout: IS_LONG ? 3_600_000 : 120_000,
}, () => {
  const files = CASES.map(({ file }) => bytesOf(file));
  const external = new Map([['external_weights.bin', bytesOf('external_weights.bin')]]);
  const random = randomFrom(7);
  const wrong: string[] = [];
  let refused = 0;
  let slowest = 0;
  for (let i = 0; i < COUNT; i += 1) {
    const bytes = mutant(files[i % files.length]!, random);
    const start = performance.now();
    try {
      const { network, inputs } = readOnnx(bytes, external);
      if (inputs.length !== network.layers[0]!.inputs || !isSound(network.layers)) {
        wrong.push(`mutant ${i} is no sound network`);
      }
    } catch (error) {
      if (error instanceof ModelFileError) refused += 1;
      else wrong.push(`mutant ${i}: ${(error as Error).stack}`);
    }
    slowest = Math.max(slowest, performance.now() - start);
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(refused).toBeGreaterThan(COUNT / 4);
  expect(refused).toBeLessThan(COUNT);
  // Budget bounds the work of each; the time is for people.
  if (IS_LONG) console.info(`the slowest mutant took ${Math.round(slowest)} ms`);
});

type Layers = ReturnType<typeof readOnnx>['network']['layers'];

function isSound(layers: Layers): boolean {
  return (
    layers.at(-1)!.activation === 'identity' &&
    layers.every(
      ({ inputs, outputs, weight, bias }, i) =>
        inputs === (i === 0 ? inputs : layers[i - 1]!.outputs) &&
        weight.length === inputs * outputs &&
        bias.length === outputs &&
        weight.every(Number.isFinite) &&
        bias.every(Number.isFinite),
    )
  );
}
