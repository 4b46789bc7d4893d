import { PbfReader } from 'pbf';
import { ModelFileError } from '../modelFile.ts';

/** Characters of a name; nothing longer is read. */
const TEXT_BYTES_MAX = 10_000;
/** Entries of a list that is read at once: sizes of a shape. */
const LIST_MAX = 1000;

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/**
 * The fields of one protobuf message, in the order of the bytes. pbf trusts the bytes; here wire types and lengths are
 * checked first, so that nothing is read or allocated beyond the message.
 */
export class MessageReader {
  readonly #pbf: PbfReader;
  readonly #what: string;

  /** @param what the message for people, e.g. "a node". */
  constructor(bytes: Uint8Array, what: string) {
    this.#pbf = new PbfReader(bytes);
    this.#what = what;
  }

  /** Goes to the next field. Returns its number, or 0 at the end. */
  next(): number {
    const field = this.#guarded(() => this.#pbf.nextField());
    if (this.#pbf.pos > this.#pbf.length) this.#damaged('ends too early');
    if (field === 0 && this.#pbf.pos < this.#pbf.length) this.#damaged('has a field 0');
    return field;
  }

  /** A message, a text or packed numbers, as a view of the bytes. */
  bytes(): Uint8Array {
    this.#require(BYTES);
    const length = this.#guarded(() => this.#pbf.readVarint());
    const start = this.#pbf.pos;
    if (!(length <= this.#pbf.length - start)) {
      this.#damaged(`has a part of ${length} bytes where ${this.#pbf.length - start} are left`);
    }
    this.#pbf.pos = start + length;
    return this.#pbf.buf.subarray(start, start + length);
  }

  text(): string {
    const start = this.#pbf.pos;
    const { length } = this.bytes();
    if (length > TEXT_BYTES_MAX) {
      const limit = `up to ${TEXT_BYTES_MAX} can be read`;
      throw new ModelFileError(
        `In the file, ${this.#what} has a text of ${length} bytes; ${limit}.`,
      );
    }
    this.#pbf.pos = start;
    return this.#guarded(() => this.#pbf.readString());
  }

  /** A signed integer; beyond 2⁵³ rounded. */
  integer(): number {
    this.#require(VARINT);
    return this.#guarded(() => this.#pbf.readVarint(true));
  }

  float(): number {
    this.#require(FIXED32);
    return this.#guarded(() => this.#pbf.readFloat());
  }

  /** Integers of a repeated field, packed or this one. */
  integers(into: number[]): void {
    this.numbers('integer', (value) => this.#push(into, value));
  }

  /** Visits the numbers of a repeated field, packed or this one, without a list of them. */
  numbers(kind: 'integer' | 'float' | 'double', visit: (value: number) => void): void {
    const { wire, read } = NUMBERS[kind];
    const pbf = this.#pbf;
    if (pbf.type !== BYTES) {
      this.#require(wire);
      visit(this.#guarded(() => read(pbf)));
      return;
    }
    const start = pbf.pos;
    this.bytes();
    const end = pbf.pos;
    pbf.pos = start;
    pbf.readVarint();
    while (pbf.pos < end) visit(this.#guarded(() => read(pbf)));
    if (pbf.pos !== end) this.#damaged('has packed numbers that end too late');
  }

  #push(into: number[], value: number): void {
    if (into.length >= LIST_MAX) this.#damaged(`has a list of more than ${LIST_MAX} numbers`);
    into.push(value);
  }

  #require(wire: number): void {
    if (this.#pbf.type !== wire) this.#damaged(`has a field of wire type ${this.#pbf.type}`);
  }

  #guarded<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      // What pbf throws: varints that do not end, groups, numbers beyond the bytes.
      return this.#damaged(`is damaged (${(error as Error).message})`);
    }
  }

  #damaged(how: string): never {
    throw new ModelFileError(`This is not an ONNX file, or a damaged one: ${this.#what} ${how}.`);
  }
}

const NUMBERS = {
  integer: { wire: VARINT, read: (pbf: PbfReader) => pbf.readVarint(true) },
  float: { wire: FIXED32, read: (pbf: PbfReader) => pbf.readFloat() },
  double: { wire: FIXED64, read: (pbf: PbfReader) => pbf.readDouble() },
};
