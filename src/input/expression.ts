/** What an expression is made of; a number is as JavaScript spells it. */
const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|([a-zπ][a-z0-9]*)|([-+*/^(),]))/giy;
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E };
const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  exp: Math.exp,
  log: Math.log,
  ln: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  atan2: Math.atan2,
  relu: (z) => Math.max(z!, 0),
};
/** Functions of any number of values, at least one. */
const VARIADIC = { min: Math.min, max: Math.max };
/** Parentheses beyond it could exhaust the stack. */
const MAX_LENGTH = 1000;

/** A number, or a name or sign. */
type Token = number | string;

/** The value of an expression, given those of its variables. */
export type Expression = (...values: readonly number[]) => number;

/** Why a text is not an expression, e.g. "expected a number, a name or ( instead of the end". */
export class ExpressionError extends Error {}

/**
 * The value of an expression of numbers, pi or π, e, functions, + - * / ^ and parentheses, e.g. -pi/4 or
 * 2(1 + 3^2); NaN if the text is something else.
 */
export function evaluateExpression(text: string): number {
  try {
    return compileExpression(text, {})();
  } catch (error) {
    if (error instanceof ExpressionError) return Number.NaN;
    throw error;
  }
}

/**
 * An expression as a function of its variables, e.g. sin(3 x1) + x2^2. As usual in mathematics -2^2 is -4, 2^3^2 is 2^9, and
 * 2pi and x1 x2 are products.
 *
 * @param variables the position among the function's arguments of each name, in lower case
 * @throws ExpressionError
 */
export function compileExpression(
  text: string,
  variables: Readonly<Record<string, number>>,
): Expression {
  const reader = new ExpressionReader(readTokens(text.trim()), variables);
  return reader.whole();
}

function readTokens(text: string): Token[] {
  if (text.length > MAX_LENGTH) throw new ExpressionError(`at most ${MAX_LENGTH} characters`);
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const [, number, name, sign] = TOKEN.exec(text) ?? [];
    if (number !== undefined) tokens.push(Number(number));
    else if (name !== undefined) tokens.push(name.toLowerCase());
    else if (sign !== undefined) tokens.push(sign);
    else throw new ExpressionError(`no ${text.slice(start).trim()[0]}`);
  }
  return tokens;
}

/** Reads one expression from left to right. */
class ExpressionReader {
  readonly #tokens: readonly Token[];
  readonly #variables: Readonly<Record<string, number>>;
  #next = 0;

  constructor(tokens: readonly Token[], variables: Readonly<Record<string, number>>) {
    this.#tokens = tokens;
    this.#variables = variables;
  }

  whole(): Expression {
    const value = this.#sum();
    if (this.#next < this.#tokens.length) this.#fail('an operation');
    return value;
  }

  #sum(): Expression {
    let value = this.#signed(() => this.#product());
    for (;;) {
      const left = value;
      if (this.#take('+')) {
        const right = this.#product();
        value = (...x) => left(...x) + right(...x);
      } else if (this.#take('-')) {
        const right = this.#product();
        value = (...x) => left(...x) - right(...x);
      } else return value;
    }
  }

  #product(): Expression {
    let value = this.#power();
    for (;;) {
      const left = value;
      if (this.#take('/')) {
        const right = this.#power();
        value = (...x) => left(...x) / right(...x);
      } else if (this.#take('*') || this.#isFactor()) {
        const right = this.#power();
        value = (...x) => left(...x) * right(...x);
      } else return value;
    }
  }

  /** Whether a factor follows without a sign: not e, which would look like the power of ten of a number. */
  #isFactor(): boolean {
    const token = this.#tokens[this.#next];
    return typeof token === 'string' && token !== 'e' && /^[a-zπ(]/.test(token);
  }

  #power(): Expression {
    const base = this.#atom();
    if (!this.#take('^')) return base;
    const exponent = this.#signed(() => this.#power());
    return (...x) => base(...x) ** exponent(...x);
  }

  #signed(read: () => Expression): Expression {
    if (this.#take('-')) {
      const value = read();
      return (...x) => -value(...x);
    }
    this.#take('+');
    return read();
  }

  #atom(): Expression {
    const token = this.#tokens[this.#next];
    if (this.#take('(')) {
      const value = this.#sum();
      this.#expect(')');
      return value;
    }
    if (token === undefined || (typeof token === 'string' && !/^[a-zπ]/.test(token))) {
      return this.#fail('a number, a name or (');
    }
    this.#next += 1;
    return typeof token === 'number' ? () => token : this.#named(token);
  }

  #named(name: string): Expression {
    const position = memberOf(this.#variables, name);
    if (position !== undefined) return (...x) => x[position]!;
    const constant = memberOf(CONSTANTS, name);
    if (constant !== undefined) return () => constant;
    const ofAny = memberOf(VARIADIC, name);
    const call = ofAny ?? memberOf(FUNCTIONS, name);
    if (call === undefined) {
      const known = [this.#variables, CONSTANTS, FUNCTIONS, VARIADIC].flatMap(Object.keys);
      throw new ExpressionError(`no ${name}, but numbers and ${known.join(', ')}`);
    }
    const values = this.#arguments();
    if (ofAny === undefined && values.length !== call.length) {
      throw new ExpressionError(`${call.length} values of ${name} instead of ${values.length}`);
    }
    return (...x) => call(...values.map((value) => value(...x)));
  }

  #arguments(): Expression[] {
    this.#expect('(');
    const values = [this.#sum()];
    while (this.#take(',')) values.push(this.#sum());
    this.#expect(')');
    return values;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) this.#fail(sign);
  }

  #fail(expected: string): never {
    const found = this.#tokens[this.#next] ?? 'the end';
    throw new ExpressionError(`${expected} instead of ${found}`);
  }

  #take(sign: string): boolean {
    const isNext = this.#tokens[this.#next] === sign;
    if (isNext) this.#next += 1;
    return isNext;
  }
}

/** The record's own member: a name such as constructor is not one. */
function memberOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
