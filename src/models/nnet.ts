import { bytesToText } from '../formats/ascii.ts';
import { assemble, NO_INPUT_FACTS, type ReadOptions } from './assemble.ts';
import type { DenseLayer } from './denseLayers.ts';
import { Memory, requireSmallText } from './memory.ts';
import { type ModelFile, ModelFileError, type ModelUnit } from './modelFile.ts';
import { decimalOf, startOfText } from './textNumbers.ts';

const [LINE_FEED, SLASH, COMMA, SPACE] = [0x0a, 0x2f, 0x2c, 0x20];
const TOKEN_LENGTH_MAX = 64;
/** A digit and what separates it from the next number. */
const BYTES_PER_NUMBER = 2;
const LAYERS_MAX = 1000;
const SIDE_MAX = 1e7;
/** Enough for the comments at the beginning, and for the first line with numbers. */
const [COMMENT_BYTES_MAX, PROBE_BYTES] = [1e6, 4096];

/** Whether a text begins as .nnet files do: comments, then numbers with commas. */
export function isNnet(bytes: Uint8Array): boolean {
  const reader = new NumberReader(bytes.subarray(0, COMMENT_BYTES_MAX));
  const start = reader.skipSeparators();
  const [first] = bytesToText(bytes.subarray(start, start + PROBE_BYTES)).split('\n', 1);
  return /^\d+\s*,[\s\d,]*(\/\/.*)?$/.test(first!);
}

/**
 * A ReLU network in the text format of ACAS Xu, float64: comments; the number of layers, inputs, outputs and the largest width; all
 * widths; a flag without meaning; minima and maxima of the inputs; their means, and that of the outputs; their ranges
 * likewise; then each layer's weight, row by row, and its biases.
 *
 * Inputs and outputs of the network are normalised; `unit` and `outputUnit` say how.
 *
 * Source: https://github.com/sisl/NNet, README, "File format of .nnet".
 * @throws ModelFileError that names the line.
 */
export function readNnet(bytes: Uint8Array, options: ReadOptions = {}): ModelFile {
  requireSmallText(bytes);
  const reader = new NumberReader(bytes);
  const count = reader.integer('the number of layers', LAYERS_MAX);
  const inputs = reader.integer('the number of inputs', SIDE_MAX);
  const outputs = reader.integer('the number of outputs', SIDE_MAX);
  reader.number('the largest width');
  const widths = reader.list(count + 1, 'widths', () => reader.integer('a width', SIDE_MAX));
  if (widths[0] !== inputs || widths.at(-1) !== outputs) {
    throw reader.error(`the widths ${widths.join(', ')}`, `${inputs} first and ${outputs} last`);
  }
  reader.number('a flag');
  const minima = reader.list(inputs, 'minima of the inputs');
  const maxima = reader.list(inputs, 'maxima of the inputs');
  const means = reader.list(inputs + 1, 'means of inputs and outputs');
  const ranges = reader.list(inputs + 1, 'ranges of inputs and outputs');
  const wrong = ranges.findIndex((range) => !(range > 0));
  if (wrong >= 0) throw reader.error(`range ${wrong + 1} is ${ranges[wrong]}`, 'more than 0');
  const units = means.map((mean, i): ModelUnit => ({ mean, scale: ranges[i]! }));
  const facts = minima.map((minimum, i) => {
    const [least, greatest] = [minimum, maxima[i]!].map((raw) => normalise(raw, units[i]!));
    if (!(least! <= greatest! && greatest! - least! < Number.POSITIVE_INFINITY)) {
      throw reader.error(`input ${i + 1} goes from ${minimum} to ${maxima[i]}`, 'an interval');
    }
    return { ...NO_INPUT_FACTS, range: [least!, greatest!], unit: units[i]! } as const;
  });
  const layers = readLayers(reader, widths);
  reader.requireEnd();
  const following = layers.map((_, i) => (i < count - 1 ? 'relu' : 'identity'));
  return {
    ...assemble(layers, following, options, []),
    inputs: facts,
    outputUnit: units[inputs]!,
  };
}

const normalise = (value: number, { mean, scale }: ModelUnit) => (value - mean) / scale;

function readLayers(reader: NumberReader, widths: readonly number[]): DenseLayer[] {
  const memory = new Memory();
  const shapes = widths.slice(1).map((outputs, i) => ({ inputs: widths[i]!, outputs }));
  let numbers = 0;
  for (const { inputs, outputs } of shapes) numbers += (inputs + 1) * outputs;
  memory.take(numbers * Float64Array.BYTES_PER_ELEMENT, 'the network');
  reader.requireRoom(numbers, 'weights and biases');
  return shapes.map(({ inputs, outputs }, i) => ({
    inputs,
    outputs,
    weight: reader.fill(new Float64Array(inputs * outputs), `a weight of layer ${i + 1}`),
    bias: reader.fill(new Float64Array(outputs), `a bias of layer ${i + 1}`),
  }));
}

/** Reads numbers that commas, blanks, line ends and comments separate. */
class NumberReader {
  readonly #bytes: Uint8Array;
  #at: number;
  #line = 1;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#at = startOfText(bytes);
  }

  /** Finite. */
  number(what: string): number {
    const token = this.#token();
    const value = decimalOf(token);
    if (!Number.isFinite(value)) {
      const received = token === '' ? 'the file ends' : JSON.stringify(token);
      throw this.error(received, `a number, ${what}`);
    }
    return value;
  }

  integer(what: string, max: number): number {
    const value = this.number(what);
    if (!(Number.isInteger(value) && value >= 1 && value <= max)) {
      throw this.error(`${value}`, `${what}, from 1 to ${max}`);
    }
    return value;
  }

  list(count: number, what: string, read = () => this.number(`one of ${count} ${what}`)): number[] {
    this.requireRoom(count, what);
    return Array.from({ length: count }, read);
  }

  fill(values: Float64Array, what: string): Float64Array {
    for (let i = 0; i < values.length; i += 1) values[i] = this.number(what);
    return values;
  }

  /** So that nothing is allocated for numbers that the file cannot have. */
  requireRoom(count: number, what: string): void {
    if (count * BYTES_PER_NUMBER > this.#bytes.length - this.#at + 1) {
      throw this.error('the file ends too early', `${count} ${what}`);
    }
  }

  requireEnd(): void {
    const token = this.#token();
    if (token !== '') throw this.error(JSON.stringify(token), 'the end of the file');
  }

  error(received: string, expected: string): ModelFileError {
    return new ModelFileError(`line ${this.#line}: ${received}; expected ${expected}`);
  }

  /** Goes to the next character that is neither a separator nor in a comment. Returns where it is. */
  skipSeparators(): number {
    const bytes = this.#bytes;
    for (; this.#at < bytes.length; this.#at += 1) {
      if (bytes[this.#at] === SLASH && bytes[this.#at + 1] === SLASH) this.#skipLine();
      else if (!isSeparator(bytes[this.#at]!)) break;
      if (bytes[this.#at] === LINE_FEED) this.#line += 1;
    }
    return this.#at;
  }

  /** The next characters up to a separator; '' at the end. */
  #token(): string {
    const bytes = this.#bytes;
    const start = this.skipSeparators();
    while (this.#at < bytes.length && !isSeparator(bytes[this.#at]!)) this.#at += 1;
    return bytesToText(bytes.subarray(start, Math.min(this.#at, start + TOKEN_LENGTH_MAX)));
  }

  #skipLine(): void {
    const end = this.#bytes.indexOf(LINE_FEED, this.#at);
    this.#at = end < 0 ? this.#bytes.length : end;
  }
}

const isSeparator = (byte: number) => byte === COMMA || byte <= SPACE;
