/** What an expression is made of; a number is as JavaScript spells it. */
const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|(pi|π|e)|([-+*/^()]))/giy;
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E };

/** A number, or the sign of a constant, an operation or a parenthesis. */
type Token = number | string;

/**
 * The value of an expression of numbers, pi or π, e, + - * / ^ and parentheses, e.g. -pi/4 or
 * 2(1 + 3^2); NaN if the text is something else. As usual in mathematics -2^2 is -4, 2^3^2 is 2^9, and
 * 2pi is a product.
 */
export function evaluateExpression(text: string): number {
  const tokens = readTokens(text.trim());
  if (tokens === null) return Number.NaN;
  const reader = new ExpressionReader(tokens);
  const value = reader.sum();
  return reader.isDone ? value : Number.NaN;
}

function readTokens(text: string): Token[] | null {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [, number, constant, sign] = TOKEN.exec(text) ?? [];
    if (number !== undefined) tokens.push(Number(number));
    else if (constant !== undefined) tokens.push(constant.toLowerCase());
    else if (sign !== undefined) tokens.push(sign);
    else return null;
  }
  return tokens;
}

/** Reads one expression from left to right; what is not one gives NaN, which no operation removes. */
class ExpressionReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isDone(): boolean {
    return this.#next === this.#tokens.length;
  }

  sum(): number {
    let value = this.#signed(() => this.#product());
    for (;;) {
      if (this.#take('+')) value += this.#product();
      else if (this.#take('-')) value -= this.#product();
      else return value;
    }
  }

  #product(): number {
    let value = this.#power();
    for (;;) {
      if (this.#take('*')) value *= this.#power();
      else if (this.#take('/')) value /= this.#power();
      // Not e, which would look like the power of ten of a number.
      else if (['(', 'pi', 'π'].includes(String(this.#tokens[this.#next]))) value *= this.#power();
      else return value;
    }
  }

  #power(): number {
    const base = this.#atom();
    if (!this.#take('^')) return base;
    const exponent = this.#signed(() => this.#power());
    // NaN ** 0 would be 1.
    return Number.isNaN(base) ? base : base ** exponent;
  }

  #signed(read: () => number): number {
    if (this.#take('-')) return -read();
    this.#take('+');
    return read();
  }

  #atom(): number {
    if (this.#take('(')) {
      const value = this.sum();
      return this.#take(')') ? value : Number.NaN;
    }
    const token = this.#tokens[this.#next];
    this.#next += 1;
    return typeof token === 'number' ? token : (CONSTANTS[token ?? ''] ?? Number.NaN);
  }

  #take(sign: string): boolean {
    const isNext = this.#tokens[this.#next] === sign;
    if (isNext) this.#next += 1;
    return isNext;
  }
}
