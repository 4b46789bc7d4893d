import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { figureList } from '../../../src/cli/commands.ts';
import { helpText } from '../../../src/cli/help.ts';
import { parseCommand } from '../../../src/cli/options.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';

const COMMON = { site: null, gpu: false, quiet: false };
const NO_MODEL = { data: [], slice: null, readout: null, state: null };

describe('a command line', () => {
  it.each([
    ['render {} -o a.png', { source: '{}', output: 'a.png', size: {} }],
    [
      'render #v=1 --output b/a.PNG --size 1600x1200 --scale 4',
      { source: '#v=1', output: 'b/a.PNG', size: { width: 1600, height: 1200, scale: 4 } },
    ],
    [
      'render --size=300×301 --figure regions -o a.png',
      { source: 'regions', output: 'a.png', size: { width: 300, height: 301 } },
    ],
    [
      'render {} -o a.png --size 12x9cm --dpi 600',
      { source: '{}', output: 'a.png', size: { width: '12 cm', height: '9 cm', dpi: 600 } },
    ],
    [
      'render net.onnx net.bin --slice 1,2;3=-0.5 --readout class -o a.png',
      {
        source: 'net.onnx',
        data: ['net.bin'],
        slice: '1,2;3=-0.5',
        readout: 'class',
        output: 'a.png',
        size: {},
      },
    ],
    [
      '-o a.png --gpu -q --site dist/e2e -- -odd.json',
      {
        source: '-odd.json',
        output: 'a.png',
        size: {},
        gpu: true,
        quiet: true,
        site: 'dist/e2e',
      },
    ],
  ])('%s', (line, expected) => {
    const args = line.startsWith('render') ? line.split(' ') : ['render', ...line.split(' ')];
    expect(parseCommand(args)).toEqual({ kind: 'render', ...COMMON, ...NO_MODEL, ...expected });
  });

  it('render --figure all takes a directory', () => {
    expect(parseCommand(['render', '--figure', 'all', '-o', 'plots/'])).toEqual({
      ...COMMON,
      kind: 'renderAll',
      output: 'plots/',
      size: {},
    });
  });

  it.each([
    ['render {}', null],
    ['render --figure regions', null],
    ['render --figure all', 'figures'],
    ['sample {}', 'reluscope.npy'],
  ])('%s needs no -o', (line, output) => {
    expect(parseCommand(line.split(' '))).toMatchObject({ output });
  });

  it.each([
    [[], { x: null, y: null, size: null, quantity: null }],
    [
      ['--x', '-3,3', '--y', '-.5,1e3', '--size', '7x8192', '--quantity', 'npGradientRows'],
      { x: [-3, 3], y: [-0.5, 1000], size: { width: 7, height: 8192 }, quantity: 'npGradientRows' },
    ],
    [
      ['--x=3,-3', '--size', '1x1'],
      { x: [3, -3], y: null, size: { width: 1, height: 1 }, quantity: null },
    ],
  ])('sample with %j', (options, expected) => {
    expect(parseCommand(['sample', 'a.json', '-o', 'a.npy', ...options])).toEqual({
      ...COMMON,
      ...NO_MODEL,
      kind: 'sample',
      source: 'a.json',
      output: 'a.npy',
      ...expected,
    });
  });

  it.each([
    ['', { kind: 'help', about: null }],
    ['--help', { kind: 'help', about: null }],
    ['help', { kind: 'help', about: null }],
    ['help sample', { kind: 'help', about: 'sample' }],
    ['render --help', { kind: 'help', about: 'render' }],
    ['sample -h', { kind: 'help', about: 'sample' }],
    ['figures -h', { kind: 'help', about: 'figures' }],
    ['--version', { kind: 'version' }],
    ['figures -q', { kind: 'figures' }],
  ])('"%s"', (line, expected) => {
    expect(parseCommand(line.split(' ').filter(Boolean))).toEqual(expected);
  });
});

describe('a wrong command line', () => {
  it.each([
    [
      'draw',
      "received the command 'draw', expected one of render, sample, inspect, regions, train, figures",
    ],
    ['--verbose', "received the option '--verbose', expected one of render"],
    ['help draw', "received the command 'draw'"],
    ['render', 'render: missing a state or a figure'],
    [
      'render --figure neuron --readout class',
      'received --figure neuron with --slice, --readout or --state, expected the file of a network',
    ],
    ['render {} --figure a -o a.png', "received '{}' and --figure a, expected only one of them"],
    ['render {} -o a.jpg', '-o: received "a.jpg", expected a file whose name ends with .png'],
    ['render {} -o a.png --sise 3x3', "Unknown option '--sise'. 'reluscope render --help' lists"],
    ['render {} -o a.png --size', "Option '--size <value>' argument missing. 'reluscope render"],
    ['render {} -o a.png --size -3x3', "Option '--size' argument is ambiguous. 'reluscope"],
    ['render {} -o a.png --gpu=yes', "Option '--gpu' does not take an argument"],
    [
      'render {} -o a.png --size 1600x',
      '--size: received "1600x", expected a size, e.g. 1600x1200',
    ],
    ['render {} -o a.png --size 299', 'render: width: received 299, expected 300 to 16384 pixels'],
    ['render {} -o a.png --size 600.5x600', 'render: width: received 600.5'],
    ['render {} -o a.png --size 2cm', 'render: width: received 236, expected 300 to 16384 pixels'],
    ['render {} -o a.png --size 16385x600', 'width: received 16385'],
    ['render {} -o a.png --output b.png', "received --output twice, 'a.png' and 'b.png'"],
    ['render {} -o a.png --scale 0', 'scale: received 0, expected a number from 0.5 to 16'],
    ['render {} -o a.png --scale x', '--scale: received "x", expected a number'],
    ['render {} -o a.png --dpi 47', 'dpi: received 47, expected a number from 48 to 1536'],
    ['render {} -o a.png --x 1,2', "Unknown option '--x'"],
    ['sample -o a.npy', 'sample: missing a state'],
    ['sample {} -o a.png', '-o: received "a.png", expected a file whose name ends with .npy'],
    ['sample {} -o a.npy --size 8193x2', 'expected sides of at most 8192'],
    ['sample {} -o a.npy --x 1', '--x: received "1", expected two numbers, e.g. -3,3'],
    ['sample {} -o a.npy --x 1,2,3', '--x: received "1,2,3", expected two numbers'],
    ['sample {} -o a.npy --y a,b', '--y: received "a,b", expected two numbers'],
    ['sample {} -o a.npy --y 1,', '--y: received "1,", expected two numbers'],
    ['sample {} -o a.npy --y 1,Infinity', '--y: received "1,Infinity", expected two numbers'],
    [
      'sample {} -o a.npy --quantity height',
      '--quantity: received "height", expected one of value',
    ],
    ['figures --gpu', "figures: Unknown option '--gpu'"],
    ['figures all', "figures: received 'all', expected no further arguments"],
  ])('%s', (line, message) => {
    const parse = () => parseCommand(line.split(' '));
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });
});

describe('the help', () => {
  it.each(['render', 'sample', 'figures'] as const)(
    'of %s names every option that it takes',
    (name) => {
      const options = {
        render: ['--output', '--size', '--dpi', '--scale', '--figure'],
        sample: ['--output', '--size', '--x', '--y', '--quantity', ...QUANTITIES],
        figures: [],
      }[name];
      const common = name === 'figures' ? [] : ['--gpu', '--site'];
      for (const word of [...options, ...common, '--quiet', '--help']) {
        expect(helpText(name)).toContain(word);
      }
    },
  );

  it('fits into a terminal', () => {
    for (const about of [null, 'render', 'sample', 'inspect', 'figures'] as const) {
      const longest = Math.max(
        ...helpText(about)
          .split('\n')
          .map((line) => line.length),
      );
      expect(longest).toBeLessThanOrEqual(100);
    }
  });
});

test('a reader that has enough ends the command line without a word', async () => {
  const program = fileURLToPath(new URL('../../../bin/reluscope.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, 'figures'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const status = await new Promise((end) => child.on('close', end));
  expect({ status, said }).toEqual({ status: 0, said: '' });
});

test('bin/figures.txt lists the figures, so that nothing is built to show them', async () => {
  await expect(figureList()).toMatchFileSnapshot('../../../bin/figures.txt');
});
