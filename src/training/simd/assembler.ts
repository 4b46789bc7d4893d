/** Assembles modules of WebAssembly with 128-bit vectors. Source: https://webassembly.github.io/spec/core/binary/ */

/** The types of values that the kernels use, as the format numbers them. */
export const I32 = 0x7f;
export const V128 = 0x7b;
type ValueType = typeof I32 | typeof V128;

/** A local variable of a function, its parameters first. */
export type Local = number & { readonly local: unique symbol };

const VOID_BLOCK = 0x40;
const END = 0x0b;
/** The instructions of vectors begin with this byte. */
const VECTOR = 0xfd;
/** Loads and stores say how they are aligned, as a power of two: to numbers of 8 bytes. */
const ALIGNMENT = 3;

/** The body of one function, written instruction by instruction onto WebAssembly's stack. */
export class Code {
  readonly #bytes: number[] = [];
  readonly #locals: ValueType[] = [];
  readonly parameters: readonly Local[];

  /** @param count parameters, all of them i32 */
  constructor(count: number) {
    this.parameters = Array.from({ length: count }, (_, i) => i as Local);
  }

  local(type: ValueType): Local {
    this.#locals.push(type);
    return (this.parameters.length + this.#locals.length - 1) as Local;
  }

  locals(type: ValueType, count: number): readonly Local[] {
    return Array.from({ length: count }, () => this.local(type));
  }

  get(local: Local): this {
    return this.#write(0x20, ...unsigned(local));
  }

  set(local: Local): this {
    return this.#write(0x21, ...unsigned(local));
  }

  constant(value: number): this {
    return this.#write(0x41, ...signed(value));
  }

  add(): this {
    return this.#write(0x6a);
  }

  subtract(): this {
    return this.#write(0x6b);
  }

  multiply(): this {
    return this.#write(0x6c);
  }

  /** Whether the lower of two numbers, taken as unsigned, is less. */
  isLess(): this {
    return this.#write(0x49);
  }

  /** local += what `amount` pushes. */
  increase(local: Local, amount: () => void): this {
    this.get(local);
    amount();
    return this.add().set(local);
  }

  /** Runs the body, and again as long as it leaves a number other than 0. */
  repeat(body: () => void): this {
    this.#write(0x03, VOID_BLOCK);
    body();
    return this.#write(0x0d, 0, END);
  }

  /** Runs the body if the number on the stack is not 0. */
  when(body: () => void): this {
    this.#write(0x04, VOID_BLOCK);
    body();
    return this.#write(END);
  }

  call(index: number): this {
    return this.#write(0x10, ...unsigned(index));
  }

  /** Two numbers from the address on the stack. */
  load(offset: number): this {
    return this.#write(VECTOR, 0x00, ALIGNMENT, ...unsigned(offset));
  }

  /** One number, twice. */
  loadTwice(offset: number): this {
    return this.#write(VECTOR, 0x0a, ALIGNMENT, ...unsigned(offset));
  }

  store(offset: number): this {
    return this.#write(VECTOR, 0x0b, ALIGNMENT, ...unsigned(offset));
  }

  addVectors(): this {
    return this.#write(VECTOR, ...unsigned(0xf0));
  }

  multiplyVectors(): this {
    return this.#write(VECTOR, ...unsigned(0xf2));
  }

  /** The larger of two numbers each; NaN if one is. */
  largerVectors(): this {
    return this.#write(VECTOR, ...unsigned(0xf5));
  }

  /** A mask: all bits where the first number is greater than the second. */
  areGreater(): this {
    return this.#write(VECTOR, 0x4a);
  }

  /** The bits that both vectors have. */
  both(): this {
    return this.#write(VECTOR, 0x4e);
  }

  /** The first or second number of a vector. */
  lane(index: 0 | 1): this {
    return this.#write(VECTOR, 0x21, index);
  }

  addNumbers(): this {
    return this.#write(0xa0);
  }

  loadNumber(offset: number): this {
    return this.#write(0x2b, ALIGNMENT, ...unsigned(offset));
  }

  storeNumber(offset: number): this {
    return this.#write(0x39, ALIGNMENT, ...unsigned(offset));
  }

  /** A vector of zeros. */
  zeros(): this {
    return this.#write(VECTOR, 0x0c, ...new Array<number>(16).fill(0));
  }

  /** The function's entry in the code section. */
  get entry(): number[] {
    const locals = this.#locals.flatMap((type) => [1, type]);
    return sized([...unsigned(this.#locals.length), ...locals, ...this.#bytes, END]);
  }

  #write(...bytes: readonly number[]): this {
    this.#bytes.push(...bytes);
    return this;
  }
}

/**
 * A module of functions (i32, …) → nothing on the memory that it imports as `env.memory`.
 *
 * @param exported names of functions, by their position
 */
export function assemble(
  functions: readonly Code[],
  exported: Readonly<Record<string, number>>,
): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...list(parameters.map(() => [I32])),
    ...list([]),
  ]);
  const exports = Object.entries(exported).map(([name, index]) => [
    ...text(name),
    0x00,
    ...unsigned(index),
  ]);
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, 0x00];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d],
    ...[0x01, 0x00, 0x00, 0x00],
    ...section(1, list(types)),
    ...section(2, list([memory])),
    ...section(3, list(functions.map((_, i) => unsigned(i)))),
    ...section(7, list(exports)),
    ...section(10, list(functions.map(({ entry }) => entry))),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...sized(content)];
}

function list(entries: readonly (readonly number[])[]): number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

function text(name: string): number[] {
  return sized(Array.from(name, (letter) => letter.charCodeAt(0)));
}

function sized(content: readonly number[]): number[] {
  return [...unsigned(content.length), ...content];
}

/** LEB128 */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const isLast = value >= -0x40 && value < 0x40;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
