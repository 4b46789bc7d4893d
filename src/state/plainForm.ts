import { InvalidInputError } from '../input/invalidInput.ts';
import type { UrlForm } from './urlValues.ts';

/**
 * Plain JSON in signs that a link need not escape: (key:value,…) for an object, !(value,…) for an array, !t, !f and !n for true, false
 * and null, numbers as they are, words as they are, and other texts of letters and digits after a ~.
 */
export const plainForm: UrlForm = {
  write: (value) => writePlain(value),
  read: (text, key) => new Reader(text, key).all(),
};

const WORD = /^[a-z_][\w.-]*$/i;
/** Deeper texts are none of ours. */
const DEPTH_MAX = 16;

function writePlain(value: unknown): string {
  if (value === null) return '!n';
  if (typeof value === 'boolean') return value ? '!t' : '!f';
  if (Array.isArray(value)) return `!(${value.map(writePlain).join(',')})`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([name, member]) => `${name}:${writePlain(member)}`);
    return `(${members.join(',')})`;
  }
  const text = String(value);
  if (typeof value !== 'string' || WORD.test(text)) return text;
  if (!/^[\w.-]+$/.test(text)) throw new Error(`a link has no spelling for the text "${text}"`);
  return `~${text}`;
}

class Reader {
  readonly #text: string;
  readonly #key: string;
  #at = 0;

  constructor(text: string, key: string) {
    this.#text = text;
    this.#key = key;
  }

  all(): unknown {
    const value = this.#value(0);
    if (this.#at < this.#text.length) throw this.#wrong('nothing more');
    return value;
  }

  #value(depth: number): unknown {
    if (depth > DEPTH_MAX) throw this.#wrong(`at most ${DEPTH_MAX} levels`);
    if (this.#takes('~')) return this.#token();
    if (this.#takes('!(')) return this.#list(() => this.#value(depth + 1));
    for (const [sign, value] of [
      ['!t', true],
      ['!f', false],
      ['!n', null],
    ] as const) {
      if (this.#takes(sign)) return value;
    }
    if (this.#takes('(')) {
      const members = this.#list(() => {
        const name = this.#token();
        if (!this.#takes(':')) throw this.#wrong("':'");
        return [name, this.#value(depth + 1)] as const;
      });
      return Object.fromEntries(members);
    }
    const token = this.#token();
    if (WORD.test(token)) return token;
    const number = Number(token);
    if (Number.isNaN(number)) throw this.#wrong('a number or a word');
    return number;
  }

  /** Up to the closing parenthesis. */
  #list<T>(item: () => T): T[] {
    const items: T[] = [];
    if (this.#takes(')')) return items;
    do items.push(item());
    while (this.#takes(','));
    if (!this.#takes(')')) throw this.#wrong("',' or ')'");
    return items;
  }

  #takes(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  #token(): string {
    const [token = ''] = /^[\w.+-]+/.exec(this.#text.slice(this.#at, this.#at + 40)) ?? [];
    if (token === '') throw this.#wrong('a number or a word');
    this.#at += token.length;
    return token;
  }

  #wrong(expected: string): InvalidInputError {
    const rest = this.#text.slice(this.#at, this.#at + 20);
    return new InvalidInputError(this.#key, rest === '' ? 'its end' : rest, expected);
  }
}
