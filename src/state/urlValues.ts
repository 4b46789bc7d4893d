import { InvalidInputError } from '../input/invalidInput.ts';
import { type Activation, DEFAULT_ACTIVATIONS } from '../model/activations.ts';
import type { ExplicitLayer } from '../model/networks.ts';
import type { Projection } from '../view/projection.ts';
import type { Norm, Range, Selection } from './state.ts';

/**
 * The spelling of values in the URL. Each form writes a value of a valid state as text, and reads
 * text back as unchecked JSON for validateState. The characters of all texts need no escape in a
 * fragment.
 */
export interface UrlForm {
  write(value: unknown): string;
  /** @throws InvalidInputError if the text does not have this form. */
  read(text: string, key: string): unknown;
}

const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The shortest text that reads back as the same float64; without '+', which some programs read as a space. */
export function writeNumber(value: unknown): string {
  return String(value).replace('+', '');
}

/** What `writeNumber` wrote. @throws InvalidInputError */
export function readNumber(text: string, key: string): number {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new InvalidInputError(key, text, 'a finite decimal number');
  return value;
}

export const numberForm: UrlForm = { write: writeNumber, read: readNumber };

export const wordForm: UrlForm = { write: String, read: (text) => text };

export const flagForm: UrlForm = {
  write: (value) => (value === true ? '1' : '0'),
  read: (text, key) => {
    if (text !== '0' && text !== '1') throw new InvalidInputError(key, text, '0 or 1');
    return text === '1';
  },
};

/** Numbers with a separator between them, e.g. 2-20-1. */
export function listForm(separator: string): UrlForm {
  return {
    write: (value) => (value as readonly number[]).map(writeNumber).join(separator),
    read: (text, key) => text.split(separator).map((part) => readNumber(part, key)),
  };
}

/** A word for null, or else the given form. */
export function nullableForm(word: string, form: UrlForm): UrlForm {
  return {
    write: (value) => (value === null ? word : form.write(value)),
    read: (text, key) => (text === word ? null : form.read(text, key)),
  };
}

/** The word auto, or else the given form. */
export function autoForm(form: UrlForm): UrlForm {
  return {
    write: (value) => (value === 'auto' ? value : form.write(value)),
    read: (text, key) => (text === 'auto' ? text : form.read(text, key)),
  };
}

const DRAWN_PREFIX = 'drawn:';

/** The logits of a shorthand, which only older links have: drawn:COUNT:SEED, or rows w₁,w₂,b with ';' between them. */
export function readLogits(text: string, key: string): unknown {
  if (text.startsWith(DRAWN_PREFIX)) {
    const [count, seed, ...rest] = text.slice(DRAWN_PREFIX.length).split(':');
    if (count === undefined || seed === undefined || rest.length > 0) {
      throw new InvalidInputError(key, text, 'drawn:COUNT:SEED');
    }
    return { count: readNumber(count, key), seed: readNumber(seed, key) };
  }
  const rows = text.split(';').map((row) => row.split(','));
  if (rows.some((row) => row.length !== 3)) {
    const expected = 'identity, drawn:COUNT:SEED or rows w1,w2,b;w1,w2,b;…';
    throw new InvalidInputError(key, text, expected);
  }
  const numbers = rows.map((row) => row.map((part) => readNumber(part, key)));
  return { weight: numbers.map((row) => row.slice(0, 2)), bias: numbers.map((row) => row[2]) };
}

/** NAME, or NAME_PARAMETER_PARAMETER…, e.g. leakyRelu_0.1. */
function writeActivation(activation: Activation): string {
  if (typeof activation === 'string') return activation;
  const { kind, ...parameters } = activation;
  return [kind, ...Object.values(parameters).flat().map(writeNumber)].join('_');
}

function readActivation(text: string, key: string): unknown {
  const [kind, ...texts] = text.split('_');
  if (texts.length === 0) return kind;
  const numbers = texts.map((part) => readNumber(part, key));
  const known = Object.entries(DEFAULT_ACTIVATIONS).find(([name]) => name === kind);
  const defaults = known?.[1];
  if (defaults === undefined || typeof defaults === 'string') {
    throw new InvalidInputError(key, text, 'an activation with parameters, e.g. leakyRelu_0.1');
  }
  if (defaults.kind === 'prelu') return { kind, slopes: numbers };
  const names = Object.keys(defaults).filter((name) => name !== 'kind');
  if (names.length !== numbers.length) {
    throw new InvalidInputError(key, text, `${kind} with ${names.length} numbers`);
  }
  return { kind, ...Object.fromEntries(names.map((name, i) => [name, numbers[i]])) };
}

/** One activation, or one for each hidden layer with ',' between them. */
export const activationForm: UrlForm = {
  write: (value) => {
    const list = Array.isArray(value) ? (value as Activation[]) : [value as Activation];
    return list.map(writeActivation).join(',');
  },
  read: (text, key) => {
    const list = text.split(',').map((part) => readActivation(part, key));
    return list.length === 1 ? list[0] : list;
  },
};

/** ACTIVATION:ROW;ROW;… for each layer with '~' between them; a row is its weights and then its bias. */
export const layersForm: UrlForm = {
  write: (value) =>
    (value as readonly ExplicitLayer[])
      .map(({ weight, bias, activation }) => {
        const rows = weight.map((row, i) => [...row, bias[i]!].map(writeNumber).join(','));
        return `${writeActivation(activation)}:${rows.join(';')}`;
      })
      .join('~'),
  read: (text, key) =>
    text.split('~').map((layer) => {
      const [activation, rows, ...rest] = layer.split(':');
      if (activation === undefined || rows === undefined || rest.length > 0) {
        throw new InvalidInputError(key, layer, 'ACTIVATION:w,w,b;w,w,b;… for each layer');
      }
      const numbers = rows
        .split(';')
        .map((row) => row.split(',').map((part) => readNumber(part, key)));
      return {
        weight: numbers.map((row) => row.slice(0, -1)),
        bias: numbers.map((row) => row.at(-1)),
        activation: readActivation(activation, key),
      };
    }),
};

const LOG_RADIAL_PREFIX = 'log-radial:';

/** plane, or log-radial:DECADES. */
export const projectionForm: UrlForm = {
  write: (value) => {
    const projection = value as Projection;
    return projection.kind === 'plane'
      ? 'plane'
      : `${LOG_RADIAL_PREFIX}${writeNumber(projection.decades)}`;
  },
  read: (text, key) => {
    if (text === 'plane') return { kind: 'plane' };
    if (!text.startsWith(LOG_RADIAL_PREFIX)) {
      throw new InvalidInputError(key, text, 'plane or log-radial:DECADES');
    }
    const decades = readNumber(text.slice(LOG_RADIAL_PREFIX.length), key);
    return { kind: 'logRadial', decades };
  },
};

/** auto, symmetric, or MIN,MAX. */
export const rangeForm: UrlForm = {
  write: (value) => {
    const range = value as Range;
    return range.mode === 'fixed'
      ? `${writeNumber(range.min)},${writeNumber(range.max)}`
      : range.mode;
  },
  read: (text, key) => {
    if (text === 'auto' || text === 'symmetric') return { mode: text };
    const [min, max, ...rest] = text.split(',');
    if (min === undefined || max === undefined || rest.length > 0) {
      throw new InvalidInputError(key, text, 'auto, symmetric or MIN,MAX');
    }
    return { mode: 'fixed', min: readNumber(min, key), max: readNumber(max, key) };
  },
};

/** auto, linear, equalized, symlog, or symlog:THRESHOLD. */
export const normForm: UrlForm = {
  write: (value) => {
    const norm = value as Norm;
    const isGiven = norm.kind === 'symlog' && norm.linearThreshold !== 'auto';
    return isGiven ? `${norm.kind}:${writeNumber(norm.linearThreshold)}` : norm.kind;
  },
  read: (text, key) => {
    const [kind, threshold, ...rest] = text.split(':');
    if (rest.length > 0) {
      throw new InvalidInputError(key, text, 'auto, linear, equalized, symlog or symlog:THRESHOLD');
    }
    return threshold === undefined
      ? { kind }
      : { kind, linearThreshold: readNumber(threshold, key) };
  },
};

/** X,Y, or X,Y,DX,DY for a point that float64 does not hold. */
export const selectionForm: UrlForm = {
  write: (value) => {
    const { point, pointLow } = value as Selection;
    const isExact = pointLow[0] === 0 && pointLow[1] === 0;
    return [...point, ...(isExact ? [] : pointLow)].map(writeNumber).join(',');
  },
  read: (text, key) => {
    const parts = text.split(',');
    if (parts.length !== 2 && parts.length !== 4) {
      throw new InvalidInputError(key, text, 'none, X,Y or X,Y,DX,DY');
    }
    const [x, y, dx = 0, dy = 0] = parts.map((part) => readNumber(part, key));
    return { point: [x, y], pointLow: [dx, dy] };
  },
};
