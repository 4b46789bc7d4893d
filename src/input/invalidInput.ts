/** The content of an InvalidInputError, as plain data. */
export interface PlainInvalidInput {
  readonly path: string;
  readonly received: string;
  readonly expected: string;
}

/**
 * A caller's mistake: the message says what was received and what is expected.
 * `path` names the wrong part of the input, e.g. `field.widths[2]`.
 */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  readonly path: string;
  /** What was received, as text of at most 80 characters. */
  readonly received: string;
  readonly expected: string;

  constructor(path: string, received: unknown, expected: string) {
    const receivedText = printReceived(received);
    super(`${path}: received ${receivedText}, expected ${expected}`);
    this.path = path;
    this.received = receivedText;
    this.expected = expected;
  }

  /** An error that another thread has posted as plain data. */
  static restore({ path, received, expected }: PlainInvalidInput): InvalidInputError {
    return new InvalidInputError(path, new PrintedValue(received), expected);
  }

  get plain(): PlainInvalidInput {
    const { path, received, expected } = this;
    return { path, received, expected };
  }

  /** The same error about a part of something larger, e.g. a panel of a page. */
  within(whole: string): InvalidInputError {
    return this.at(`${whole}.${this.path}`);
  }

  /** The same error, of a part by another name. */
  at(path: string): InvalidInputError {
    return InvalidInputError.restore({ ...this.plain, path });
  }
}

/** Begins a text that is printed without quotes; JSON escapes it. */
const MARK = '\u0000';
const MARKED = /"\\u0000(-?\w+)"/g;

/** JSON writes NaN, infinities and what is missing in a list as null, and refuses a bigint. */
function markWhatJsonLacks(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${MARK}${value}n`;
  const isLost = value === undefined || (typeof value === 'number' && !Number.isFinite(value));
  return isLost ? `${MARK}${value}` : value;
}

class PrintedValue {
  constructor(readonly text: string) {}
}

function printReceived(value: unknown): string {
  if (value instanceof PrintedValue) return value.text;
  if (typeof value === 'number' || value === undefined) return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function' || typeof value === 'symbol') return typeof value;
  let text: string | undefined;
  try {
    text = JSON.stringify(value, markWhatJsonLacks)?.replace(MARKED, '$1');
  } catch {
    text = undefined;
  }
  text ??= typeof value;
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
