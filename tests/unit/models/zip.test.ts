import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { Memory } from '../../../src/models/memory.ts';
import { MODEL_BYTES_MAX, ModelFileError } from '../../../src/models/modelFile.ts';
import { readZipDirectory, readZipMember } from '../../../src/models/zip.ts';

const TEXT = strToU8('numbers '.repeat(4000));

function readAll(bytes: Uint8Array): Uint8Array[] {
  const memory = new Memory();
  return readZipDirectory(bytes).map((member) => readZipMember(bytes, member, memory));
}

/** Where the directory's first entry begins in a zip of one member. */
function entryOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer).getUint32(bytes.length - 6, true);
}

/** A zip of one deflated member with other numbers in its directory, as [place, bytes, value]. */
function withEntry(...changes: readonly (readonly [at: number, bytes: 2 | 4, value: number])[]) {
  const bytes = zipSync({ a: TEXT }).slice();
  const view = new DataView(bytes.buffer);
  for (const [at, size, value] of changes) {
    if (size === 2) view.setUint16(entryOf(bytes) + at, value, true);
    else view.setUint32(entryOf(bytes) + at, value, true);
  }
  return bytes;
}

const refusal = (bytes: Uint8Array) => {
  try {
    readAll(bytes);
  } catch (error) {
    if (error instanceof ModelFileError) return error.message;
    throw error;
  }
  return 'none';
};

describe('zip', () => {
  test('stored and deflated members, and a comment at the end, are read', () => {
    for (const level of [0, 9] as const) {
      const bytes = zipSync({ a: TEXT, b: strToU8('') }, { level, comment: 'a comment' });
      expect(readZipDirectory(bytes).map(({ name }) => name)).toEqual(['a', 'b']);
      expect(readAll(bytes)).toEqual([TEXT, strToU8('')]);
    }
  });

  test('names of members are UTF-8 where the zip says so', () => {
    const bytes = zipSync({ 'слой1_W.npy': TEXT, 'b1.npy': TEXT });
    expect(readZipDirectory(bytes).map(({ name }) => name)).toEqual(['слой1_W.npy', 'b1.npy']);
  });

  test('what cannot be read is refused, with the reason', () => {
    expect(refusal(withEntry([8, 2, 1]))).toBe('a in the zip is encrypted');
    expect(refusal(withEntry([10, 2, 12]))).toContain('method 12');
    expect(refusal(withEntry([24, 4, 0xffffffff]))).toContain('larger than 4 GB');
    expect(refusal(withEntry([42, 4, 7]))).toContain('not where');
    expect(refusal(withEntry([28, 2, 0xffff]))).toContain('entry 0');
    expect(refusal(withEntry([16, 4, 1]))).toContain('checksum');
    expect(refusal(zipSync({ a: TEXT }).slice(0, -1))).toContain('no end');
  });

  test('a size that is not what the member inflates to is refused', () => {
    expect(refusal(withEntry([24, 4, TEXT.length - 1]))).toContain('more than 31999 bytes');
    expect(refusal(withEntry([24, 4, TEXT.length + 1]))).toContain('checksum');
    expect(refusal(withEntry([24, 4, MODEL_BYTES_MAX]))).toContain('cannot have 80000000 bytes');
    expect(refusal(withEntry([20, 4, 40]))).toContain('damaged');
  });

  test('members that inflate to more than is left of the bound are refused before they are inflated', () => {
    const bytes = zipSync({ a: TEXT });
    const [member] = readZipDirectory(bytes);
    const memory = new Memory();
    memory.take(MODEL_BYTES_MAX - TEXT.length + 1, 'others');
    expect(() => readZipMember(bytes, member!, memory)).toThrow('a is too large');
  });
});
