import { expect, it, test } from 'vitest';
import { parseCommand } from '../../../src/cli/options.ts';
import { UsageError } from '../../../src/cli/usageError.ts';

const DEFAULTS = {
  kind: 'regions',
  source: '2-20-1',
  data: [],
  slice: null,
  activation: null,
  seeds: null,
  shard: { index: 1, of: 1 },
  window: null,
  decision: false,
  wins: 'greatest',
  output: null,
  resume: false,
  maxRegions: 200_000,
  quiet: false,
};

it.each([
  ['', {}],
  [
    '--seeds -3:100 --shard 3/16 -o a.jsonl --resume --threads 5 -q',
    {
      seeds: { first: -3n, count: 103 },
      shard: { index: 3, of: 16 },
      output: 'a.jsonl',
      resume: true,
      threads: 5,
      quiet: true,
    },
  ],
  ['--window -1,1 --activation abs', { window: { x: [-1, 1], y: [-1, 1] }, activation: 'abs' }],
  ['--window=-1,1,2,3.5', { window: { x: [-1, 1], y: [2, 3.5] } }],
  ['--decision --wins least --max-regions 7', { decision: true, wins: 'least', maxRegions: 7 }],
])('regions 2-20-1 %s', (options, expected) => {
  const args = ['regions', '2-20-1', ...options.split(' ').filter(Boolean)];
  expect(parseCommand(args)).toEqual({ ...DEFAULTS, threads: expect.any(Number), ...expected });
});

test('the file of a network takes files with its data, and a slice', () => {
  const command = parseCommand(['regions', 'net.onnx', 'net.bin', '--slice', '1,2;3=0.5']);
  expect(command).toMatchObject({ source: 'net.onnx', data: ['net.bin'], slice: '1,2;3=0.5' });
});

test('regions --help is its help', () => {
  expect(parseCommand(['regions', '--help'])).toEqual({ kind: 'help', about: 'regions' });
});

it.each([
  ['regions', 'missing widths, a state or a file'],
  ['regions 2-20-1 more', "received 'more', expected no further arguments"],
  ['regions 2-20-1 --resume', '--resume continues a file'],
  ['regions 2-20-1 --resume -o a.jsonl', '--resume without --seeds'],
  ['regions net.onnx --shard 2/4', '--shard without --seeds'],
  ['regions 2-5-3 --wins least', '--wins without --decision'],
  ['regions 2-20-1 --seeds 0:3 --seeds -5', "received --seeds twice, '0:3' and '-5'"],
  ['regions 2-20-1 --threads x', '--threads: received "x", expected a number'],
  ['regions 2-20-1 --window 1,-1', '--window: received "1,-1", expected'],
  ['regions 2-20-1 --window 1,2,3', '--window'],
  ['regions 2-20-1 --window 1,NaN', '--window'],
  ['regions 2-20-1 --window -1e31,1', '--window'],
  [
    'regions 2-5-3 --decision --wins most',
    '--wins: received "most", expected one of greatest, least',
  ],
  ['regions 2-20-1 --threads 0', '--threads'],
  ['regions 2-20-1 --max-regions 200001', '--max-regions'],
  ['regions 2-20-1 --seeds 3:2', '--seeds: received "3:2", expected'],
  ['regions 2-20-1 --shard 17/16', '--shard'],
])('%s is refused', (line, message) => {
  const parse = () => parseCommand(line.split(' '));
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
});
