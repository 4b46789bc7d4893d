/** What the page says of a network from a file. */
import { traitsOf } from '../model/activations.ts';
import type { Model, ModelInput } from '../model/models.ts';
import { parameterCount } from '../model/network.ts';
import type { FullNetwork } from '../model/networks.ts';
import { formatCount, formatNumber } from '../scales/format.ts';
import { numberInput, numberOutput } from '../scales/names.ts';

/** So many inputs and outputs are listed by name. */
const LISTED_MAX = 8;
const DIGITS = 4;
const BYTES_PER_KB = 1000;

/** "5-50×6-5" for a network 5-50-50-50-50-50-50-5. */
export function shortShape({ layers }: FullNetwork): string {
  const widths = [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)];
  const runs: { width: number; count: number }[] = [];
  widths.forEach((width, i) => {
    const last = runs.at(-1);
    const isHidden = i > 1 && i < widths.length - 1;
    if (isHidden && last?.width === width) last.count += 1;
    else runs.push({ width, count: 1 });
  });
  return runs.map(({ width, count }) => (count > 1 ? `${width}×${count}` : width)).join('-');
}

/** The bytes of its weights and biases, e.g. "53.2 kB". */
export function describeBytes({ layers }: FullNetwork): string {
  const bytes = layers.reduce(
    (sum, { weight, bias }) => sum + weight.byteLength + bias.byteLength,
    0,
  );
  return `${formatCount(Math.max(0.1, bytes / BYTES_PER_KB))} kB`;
}

/** Terms and what they are, as a card lists them. */
export function describeModel({ network, facts }: Model): readonly (readonly [string, string])[] {
  const { layers } = network;
  const { inputs, outputNames, ending } = facts;
  const widths = [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)];
  return [
    ['inputs', listOf(inputs.length, (i) => describeInput(inputs[i]!, i), hasFacts(inputs))],
    ['layers', shortShape(network)],
    ['activations', describeActivations(network)],
    ['parameters', formatCount(parameterCount(widths))],
    [
      'outputs',
      listOf(widths.at(-1)!, (k) => outputNames?.[k] ?? numberOutput(k), outputNames !== null),
    ],
    ...(ending === null ? [] : ([['at the end', ENDINGS[ending]]] as const)),
  ];
}

const ENDINGS = { softmax: 'softmax', logSoftmax: 'log-softmax' } as const;

function hasFacts(inputs: readonly ModelInput[]): boolean {
  return inputs.some(({ name, range }) => name !== null || range !== null);
}

/** In the file's own units, where it has some. */
function describeInput({ name, range, unit }: ModelInput, index: number): string {
  const shown = name ?? numberInput(index);
  if (range === null) return shown;
  const [least, greatest] = range.map((value) => {
    const own = unit === null ? value : unit.mean + unit.scale * value;
    return formatNumber(own, DIGITS);
  });
  return `${shown} (${least} to ${greatest})`;
}

function listOf(count: number, name: (index: number) => string, isNamed: boolean): string {
  if (!isNamed) return formatCount(count);
  const names = Array.from({ length: Math.min(count, LISTED_MAX) }, (_, i) => name(i));
  return `${formatCount(count)}: ${names.join(', ')}${count > LISTED_MAX ? ', …' : ''}`;
}

function describeActivations({ layers }: FullNetwork): string {
  const hidden = layers.slice(0, -1).map(({ activation }) => traitsOf(activation).label);
  return [...new Set(hidden)].join(', ') || 'none';
}
