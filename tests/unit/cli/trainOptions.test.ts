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

it.each([
  ['-o net.json -o other.json', "received --output twice, 'net.json' and 'other.json'"],
  ['-o net.json --losses l.csv --losses l.csv', '--losses twice'],
  ['-o net.json --every 5', '--every without --frames or --regions'],
  ['-o net.json --losses l.csv --size 400x400', '--size without --frames'],
  ['-o net.json --gpu', '--gpu without --frames'],
])('train r.json %s is refused, as one of its options would count for nothing', (line, message) => {
  const parse = () => parseCommand(['train', 'r.json', ...line.split(' ')]);
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
});

it('what counts a run’s regions takes steps without pictures', () => {
  const line = 'train r.json --losses l.csv --regions --every 5';
  expect(parseCommand(line.split(' '))).toMatchObject({ every: 5, frames: null });
});
