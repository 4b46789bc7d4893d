import { expect, it } from 'vitest';
import { parseCommand } from '../../../src/cli/options.ts';
import { UsageError } from '../../../src/cli/usageError.ts';

it('train takes a recipe and what to write', () => {
  const line =
    'train r.json -o net.onnx --losses l.csv --regions --frames dir --every 5 --size 400x400 -q';
  expect(parseCommand(line.split(' '))).toEqual({
    kind: 'train',
    source: 'r.json',
    output: 'net.onnx',
    losses: 'l.csv',
    regions: true,
    frames: 'dir',
    every: 5,
    size: { width: 400, height: 400 },
    site: null,
    gpu: false,
    quiet: true,
  });
  expect(parseCommand(['train', '--help'])).toEqual({ kind: 'help', about: 'train' });
});

it.each([
  ['train', 'missing a recipe'],
  ['train r.json', 'nothing to write, expected -o, --losses or --frames'],
  ['train r.json -o net.json --regions', '--regions adds a column to a table'],
  ['train r.json -o net.pt', '-o: received "net.pt", expected a file whose name ends with'],
  ['train r.json --frames d --every x', '--every: received "x", expected a number'],
  ['train r.json --frames d --every 0', '--every: received "0"'],
  ['train r.json --frames d --size 3x3', 'width: received 3'],
])('%s is refused', (line, message) => {
  const parse = () => parseCommand(line.split(' '));
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
});
