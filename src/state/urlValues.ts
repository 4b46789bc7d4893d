import { InvalidInputError } from '../input/invalidInput.ts';
import type { DrawnLogits, Logits } from '../model/field.ts';
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
function writeNumber(value: unknown): string {
  return String(value).replace('+', '');
}

function readNumber(text: string, key: string): number {
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

/** drawn:COUNT:SEED, or explicit rows w₁,w₂,b with ';' between them. */
export const logitsForm: UrlForm = {
  write: (value) => {
    const logits = value as DrawnLogits | Logits;
    if ('count' in logits) return `${DRAWN_PREFIX}${logits.count}:${writeNumber(logits.seed)}`;
    const rows = logits.weight.map((row, k) => [...row, logits.bias[k]!]);
    return rows.map((row) => row.map(writeNumber).join(',')).join(';');
  },
  read: (text, key) => {
    if (text.startsWith(DRAWN_PREFIX)) {
      const [count, seed, ...rest] = text.slice(DRAWN_PREFIX.length).split(':');
      if (count === undefined || seed === undefined || rest.length > 0) {
        throw new InvalidInputError(key, text, 'drawn:COUNT:SEED');
      }
      return { count: readNumber(count, key), seed: readNumber(seed, key) };
    }
    const rows = text.split(';').map((row) => row.split(','));
    if (rows.some((row) => row.length !== 3)) {
      throw new InvalidInputError(
        key,
        text,
        'identity, drawn:COUNT:SEED or rows w1,w2,b;w1,w2,b;…',
      );
    }
    const numbers = rows.map((row) => row.map((part) => readNumber(part, key)));
    return { weight: numbers.map((row) => row.slice(0, 2)), bias: numbers.map((row) => row[2]) };
  },
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
