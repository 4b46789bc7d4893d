import { InvalidInputError } from './invalidInput.ts';

/**
 * JSON in the letters that the fragment of an address may hold as they are: (key:value,key:value), !(item,item), !t, !f, !n, numbers, and
 * words, which stand in quotes where they could be anything else.
 *
 * Source: Rison, https://github.com/Nanonid/rison
 */

/** A word that needs no quotes: it begins like no number, and has no sign of the notation. */
const PLAIN_WORD = /^[A-Za-z_][\w.-]*$/;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?/;
/** Deeper nesting is no input of a person. */
const DEPTH_MAX = 20;

/** @param value plain JSON */
export function writeRison(value: unknown): string {
  if (value === null) return '!n';
  if (value === true) return '!t';
  if (value === false) return '!f';
  // A plus would become a space in some places: 1e+21 is also 1e21.
  if (typeof value === 'number') return String(value).replace('+', '');
  if (typeof value === 'string') return writeWord(value);
  if (Array.isArray(value)) return `!(${value.map(writeRison).join(',')})`;
  const members = Object.entries(value as object).map(
    ([key, member]) => `${writeWord(key)}:${writeRison(member)}`,
  );
  return `(${members.join(',')})`;
}

/**
 * The JSON that was written; unchecked.
 * @param path the text's name in messages
 * @throws InvalidInputError that says where the text cannot be read
 */
export function readRison(text: string, path: string): unknown {
  const reader = new Reader(text, path);
  const value = reader.value(0);
  reader.expectEnd();
  return value;
}

function writeWord(word: string): string {
  if (PLAIN_WORD.test(word)) return word;
  return `'${encodeURIComponent(word.replace(/[!']/g, '!$&')).replace(/%20/g, '+')}'`;
}

class Reader {
  #at = 0;
  readonly #text: string;
  readonly #path: string;

  constructor(text: string, path: string) {
    this.#text = text;
    this.#path = path;
  }

  value(depth: number): unknown {
    if (depth > DEPTH_MAX) this.#fail(`at most ${DEPTH_MAX} levels`);
    if (this.#takes('(')) return this.#members(depth);
    if (this.#takes('!')) return this.#special(depth);
    const [number] = NUMBER.exec(this.#text.slice(this.#at)) ?? [];
    if (number === undefined) return this.#word();
    this.#at += number.length;
    return Number(number);
  }

  expectEnd(): void {
    if (this.#at < this.#text.length) this.#fail('the end');
  }

  #special(depth: number): unknown {
    if (this.#takes('n')) return null;
    if (this.#takes('t')) return true;
    if (this.#takes('f')) return false;
    if (!this.#takes('(')) this.#fail('!n, !t, !f or !(…)');
    return this.#list(() => this.value(depth + 1));
  }

  #members(depth: number): object {
    const entries = this.#list(() => {
      const key = this.#word();
      if (!this.#takes(':')) this.#fail('a colon');
      return [key, this.value(depth + 1)] as const;
    });
    return Object.fromEntries(entries);
  }

  /** Items up to the closing bracket. */
  #list<T>(item: () => T): T[] {
    const items: T[] = [];
    if (this.#takes(')')) return items;
    for (;;) {
      items.push(item());
      if (this.#takes(')')) return items;
      if (!this.#takes(',')) this.#fail('a comma or a closing bracket');
    }
  }

  #word(): string {
    if (this.#takes("'")) return this.#quoted();
    const [word] = /^[A-Za-z_][\w.-]*/.exec(this.#text.slice(this.#at)) ?? [];
    if (word === undefined) return this.#fail('a value');
    this.#at += word.length;
    return word;
  }

  #quoted(): string {
    const [quoted] = /^(?:[^!']|![!'])*'/.exec(this.#text.slice(this.#at)) ?? [];
    if (quoted === undefined) return this.#fail('a closing quote');
    this.#at += quoted.length;
    try {
      const decoded = decodeURIComponent(quoted.slice(0, -1).replace(/\+/g, '%20'));
      return decoded.replace(/!([!'])/g, '$1');
    } catch {
      return this.#fail('letters escaped by percent signs');
    }
  }

  #takes(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #fail(expected: string): never {
    const rest = this.#text.slice(this.#at, this.#at + 20);
    throw new InvalidInputError(this.#path, rest, `${expected} at letter ${this.#at + 1}`);
  }
}
