import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { blocksOf, InOrder } from '../../../src/batches/blocks.ts';
import { type Batch, countNetwork } from '../../../src/batches/countSeeds.ts';
import { readRecords } from '../../../src/batches/records.ts';
import { generatorSeed, parseSeeds, parseShard, shardOf } from '../../../src/batches/seeds.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';

const BATCH: Batch = {
  field: validateField({ network: { kind: 'drawn', widths: [2, 3, 1] } }),
  subject: { network: '2-3-1', activation: 'relu', window: null },
  window: null,
  wins: 'greatest',
  withDecision: false,
  maxRegions: 1000,
};

describe('seeds', () => {
  it.each([
    ['0:100000', { first: 0n, count: 100_000 }],
    ['7', { first: 7n, count: 1 }],
    ['-5:5', { first: -5n, count: 10 }],
    ['−5:-4', { first: -5n, count: 1 }],
    ['18446744073709551615', { first: 2n ** 64n - 1n, count: 1 }],
    ['-9223372036854775808', { first: -(2n ** 63n), count: 1 }],
  ])('%s', (text, expected) => expect(parseSeeds(text)).toEqual(expected));

  it.each([
    '',
    '5:5',
    '5:4',
    '1.5',
    '0:',
    'a:b',
    '0:1000000001',
    '18446744073709551616',
    '-9223372036854775809',
  ])('%j is refused with what is expected', (text) => {
    expect(() => parseSeeds(text)).toThrow(/^--seeds: received .*expected/);
  });

  it.each(['0/3', '4/3', '1', '1/0', 'a/b', '-1/3'])('the part %j is refused', (text) => {
    expect(() => parseShard(text)).toThrow(/^--shard: received .*expected PART\/PARTS/);
  });

  it('reach the generator as PyTorch takes them: by their lower 32 bits', () => {
    expect(generatorSeed(-1n)).toBe(2 ** 32 - 1);
    expect(generatorSeed(2n ** 64n - 1n)).toBe(2 ** 32 - 1);
    expect(generatorSeed(2n ** 32n + 5n)).toBe(5);
  });

  // The first weight and bias of torch.nn.Linear(2, 3) after torch.manual_seed(seed), PyTorch 1.13.
  it.each([
    [0n, -0.005293981172144413, -0.014010033570230007],
    [2n ** 63n, -0.005293981172144413, -0.014010033570230007],
    [-(2n ** 63n), -0.005293981172144413, -0.014010033570230007],
    [2n ** 64n - 1n, 0.6983377933502197, 0.2558608651161194],
    [-1n, 0.6983377933502197, 0.2558608651161194],
    [-5n, 0.6092645525932312, -0.5488975048065186],
    [2n ** 53n + 1n, 0.36434608697891235, -0.1454697549343109],
    [2n ** 32n + 5n, 0.46704667806625366, -0.47462207078933716],
  ])('%d draws what PyTorch draws', (seed, weight, bias) => {
    const network = { kind: 'drawn', widths: [2, 3], seed: generatorSeed(seed) } as const;
    const [layer] = networkOf(validateField({ network }).network).layers;
    expect(layer!.weight[0]).toBe(weight);
    expect(layer!.bias[0]).toBe(bias);
  });

  test('the parts of a range follow each other and differ by one seed at most', () => {
    const range = fc.record({
      first: fc.bigInt(-1000n, 1000n),
      count: fc.integer({ min: 1, max: 1e9 }),
    });
    fc.assert(
      fc.property(range, fc.integer({ min: 1, max: 64 }), (whole, of) => {
        const parts = Array.from({ length: of }, (_, i) => shardOf(whole, { index: i + 1, of }));
        let next = whole.first;
        for (const { first, count } of parts) {
          expect(first).toBe(next);
          next += BigInt(count);
        }
        expect(next).toBe(whole.first + BigInt(whole.count));
        const counts = parts.map(({ count }) => count);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('blocks', () => {
  test('hold every seed that is left once, in order, and get small towards the end', () => {
    const kept = fc.uniqueArray(fc.bigInt(0n, 2999n), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        kept,
        fc.integer({ min: 1, max: 9 }),
        (count, given, threads) => {
          const skipped = new Set(given);
          const blocks = [...blocksOf({ first: 0n, count }, skipped, threads)];
          const expected = Array.from({ length: count }, (_, i) => BigInt(i));
          expect(blocks.flat()).toEqual(expected.filter((seed) => !skipped.has(seed)));
          expect(blocks.every(({ length }) => length >= 1 && length <= 256)).toBe(true);
          expect(blocks.at(-1)?.length ?? 1).toBe(1);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('their lines come out in order, however they arrive', () => {
    const arrivals = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
    fc.assert(
      fc.property(arrivals, (order) => {
        const inOrder = new InOrder();
        let written = '';
        for (const block of order) written += inOrder.add(block, `${block}a`, false);
        for (const block of order.toReversed()) written += inOrder.add(block, `${block}b`, true);
        expect(written).toBe('0a0b1a1b2a2b3a3b4a4b5a5b');
      }),
    );
  });
});

/** Pieces of some length. */
function* cut(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += length) yield bytes.subarray(i, i + length);
}

describe('records', () => {
  it('hold the exact counts, with all digits of the seed', () => {
    const seed = 2n ** 64n - 1n;
    const record = countNetwork(BATCH, seed);
    expect(record).toMatch(/^\{"seed":18446744073709551615,"network":"2-3-1","activation":"relu",/);
    expect(record.endsWith('}\n')).toBe(true);
    // Three lines in general position.
    expect(JSON.parse(record)).toMatchObject({ activationRegions: 7, vertices: 3, unbounded: 6 });
    expect(JSON.parse(record)).not.toHaveProperty('decision');
  });

  it('say of which networks there are too many regions', () => {
    const record = JSON.parse(countNetwork({ ...BATCH, maxRegions: 6 }, 0n));
    expect(record.error).toBe('found more than 6 regions, which is the limit');
    expect(record).not.toHaveProperty('activationRegions');
  });

  it('hold decision regions when asked for', () => {
    const field = validateField({ network: { kind: 'drawn', widths: [2, 4, 3] } });
    const batch = { ...BATCH, field, withDecision: true };
    const { decision } = JSON.parse(countNetwork(batch, 3n));
    expect(decision.classes.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2]);
    expect(decision.regions).toBeGreaterThanOrEqual(1);
  });

  it('are found again in a file that ends in the middle of one', () => {
    const whole = [1n, -2n, 2n ** 63n].map((seed) => countNetwork(BATCH, seed)).join('');
    for (const end of [
      '',
      '{',
      '{"seed":-',
      '{"seed":4,"netw',
      countNetwork(BATCH, 4n).slice(0, -2),
    ]) {
      const file = Buffer.from(whole + end);
      for (const length of [1, 7, file.length]) {
        const { bytes, seeds } = readRecords(cut(file, length), BATCH.subject, 1000);
        expect(bytes).toBe(Buffer.byteLength(whole));
        expect([...seeds]).toEqual([1n, -2n, 2n ** 63n]);
      }
    }
  });

  it.each([
    [
      'other networks',
      countNetwork({ ...BATCH, subject: { ...BATCH.subject, network: '2-4-1' } }, 0n),
      'line 1, network: received "2-4-1", expected "2-3-1"',
    ],
    [
      'another window',
      countNetwork(
        { ...BATCH, subject: { ...BATCH.subject, window: { x: [0, 1], y: [0, 1] } } },
        0n,
      ),
      'line 1, window',
    ],
    [
      'decisions',
      countNetwork({ ...BATCH, subject: { ...BATCH.subject, wins: 'least' } }, 0n),
      'line 1, wins: received "least", expected none, as in this run',
    ],
    [
      'fields that are more than widths',
      countNetwork({ ...BATCH, subject: { ...BATCH.subject, field: 'abc' } }, 0n),
      'line 1, field: received "abc", expected none',
    ],
    [
      'another limit',
      countNetwork({ ...BATCH, maxRegions: 6 }, 0n),
      'line 1, error: received "--max-regions 1000", expected --max-regions 6',
    ],
    ['other lines', 'a,b\n', 'line 1: received "a,b", expected a record of this command'],
    ['broken lines', '{"seed":1,"net}\n', 'line 1: received'],
    ['a line without an end', 'notes', 'line 1: received "notes", expected a record of this'],
    ['the start of others', '{"seed":1,"network":"2-4', 'line 1: received'],
  ])('of %s are refused', (_, text, message) => {
    expect(() => readRecords([Buffer.from(text)], BATCH.subject, 1000)).toThrow(message);
  });
});
