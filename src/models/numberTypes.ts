/** Numbers of a tensor in memory: float32 where that holds all values of their type. */
export type Numbers = Float32Array | Float64Array;

interface NumberType {
  /** In the file. */
  readonly bytes: number;
  readonly array: Float32ArrayConstructor | Float64ArrayConstructor;
  read(view: DataView, offset: number, littleEndian: boolean): number;
}

/** Types of numbers in files, under NumPy's names, and bfloat16. Integers beyond 2⁵³ are rounded, as by NumPy's astype. */
export const NUMBER_TYPES = {
  f2: { bytes: 2, array: Float32Array, read: (v, at, le) => halfToNumber(v.getUint16(at, le)) },
  bf16: { bytes: 2, array: Float32Array, read: (v, at, le) => bfloatToNumber(v.getUint16(at, le)) },
  f4: { bytes: 4, array: Float32Array, read: (v, at, le) => v.getFloat32(at, le) },
  f8: { bytes: 8, array: Float64Array, read: (v, at, le) => v.getFloat64(at, le) },
  b1: { bytes: 1, array: Float32Array, read: (v, at) => v.getUint8(at) },
  i1: { bytes: 1, array: Float32Array, read: (v, at) => v.getInt8(at) },
  u1: { bytes: 1, array: Float32Array, read: (v, at) => v.getUint8(at) },
  i2: { bytes: 2, array: Float32Array, read: (v, at, le) => v.getInt16(at, le) },
  u2: { bytes: 2, array: Float32Array, read: (v, at, le) => v.getUint16(at, le) },
  i4: { bytes: 4, array: Float64Array, read: (v, at, le) => v.getInt32(at, le) },
  u4: { bytes: 4, array: Float64Array, read: (v, at, le) => v.getUint32(at, le) },
  i8: { bytes: 8, array: Float64Array, read: (v, at, le) => Number(v.getBigInt64(at, le)) },
  u8: { bytes: 8, array: Float64Array, read: (v, at, le) => Number(v.getBigUint64(at, le)) },
} as const satisfies Record<string, NumberType>;

export type NumberTypeName = keyof typeof NUMBER_TYPES;

export function isNumberType(name: string): name is NumberTypeName {
  return Object.hasOwn(NUMBER_TYPES, name);
}

/** Bytes of so many numbers of a type in memory. */
export function bytesInMemory(name: NumberTypeName, count: number): number {
  return NUMBER_TYPES[name].array.BYTES_PER_ELEMENT * count;
}

/** @param bytes exactly the numbers; the caller has checked their count. */
export function readNumbers(
  name: NumberTypeName,
  bytes: Uint8Array,
  littleEndian: boolean,
): Numbers {
  const type: NumberType = NUMBER_TYPES[name];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new type.array(bytes.length / type.bytes);
  for (let i = 0; i < values.length; i += 1) {
    values[i] = type.read(view, i * type.bytes, littleEndian);
  }
  return values;
}

/**
 * @param bits a sign, five bits of the exponent, ten of the fraction.
 * Source: IEEE 754, binary16.
 */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const scratch = new DataView(new ArrayBuffer(4));

/** @param bits the upper half of a float32. */
export function bfloatToNumber(bits: number): number {
  scratch.setUint16(0, bits);
  return scratch.getFloat32(0);
}
