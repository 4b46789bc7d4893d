import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/formats/crc32.ts';
import { readPngState, writePngState } from '../../../src/formats/pngMetadata.ts';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { decodeState, encodeState } from '../../../src/state/url.ts';
import { arbitraryState } from '../state/arbitraries.ts';

const PIXELS = Buffer.from(Array.from({ length: 4 * 6 }, (_, i) => 10 * i));
const PLAIN = new Uint8Array(
  PNG.sync.write(Object.assign(new PNG({ width: 3, height: 2 }), { data: PIXELS })),
);
const STATE = 'v=1&field=mlp&x=0&y=0&half=5';
const STATEFUL = writePngState(PLAIN, STATE);
/** Where the state's chunk begins: after the signature and IHDR. */
const CHUNK = 8 + 25;

function withByte(png: Uint8Array, offset: number, change: (byte: number) => number): Uint8Array {
  const copy = png.slice();
  copy[offset] = change(copy[offset]!);
  return copy;
}

describe('crc32', () => {
  test('has the check value of the standard', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});

describe('writePngState and readPngState', () => {
  test('carry every state through a picture', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        const text = readPngState(writePngState(PLAIN, encodeState(state)));
        expect(decodeState(text!)).toEqual({ state, problem: null });
      }),
    );
  });

  test('leave the pixels as they are, in a file that others read', () => {
    const decoded = PNG.sync.read(Buffer.from(STATEFUL), { checkCRC: true });
    expect([decoded.width, decoded.height]).toEqual([3, 2]);
    expect(decoded.data).toEqual(PIXELS);
  });

  test('give null for a picture without a state', () => {
    expect(readPngState(PLAIN)).toBeNull();
  });

  test('replace a state that is already there', () => {
    const twice = writePngState(STATEFUL, 'v=1&field=lse&x=0&y=0&half=5');
    expect(readPngState(twice)).toBe('v=1&field=lse&x=0&y=0&half=5');
    expect(twice.length).toBe(STATEFUL.length);
  });

  test('pass over texts of other programs', () => {
    const other = writePngState(PLAIN, 'x'.repeat(50));
    // The keyword reluscope:state becomes Reluscope:state, with the checksum that belongs to it.
    other[CHUNK + 8] = 'R'.charCodeAt(0);
    const end = CHUNK + 8 + new DataView(other.buffer).getUint32(CHUNK);
    new DataView(other.buffer).setUint32(end, crc32(other.subarray(CHUNK + 4, end)));
    expect(readPngState(other)).toBeNull();
    expect(readPngState(writePngState(other, STATE))).toBe(STATE);
  });

  test('do not depend on where in its buffer the file lies', () => {
    const padded = new Uint8Array(STATEFUL.length + 7);
    padded.set(STATEFUL, 7);
    expect(readPngState(padded.subarray(7))).toBe(STATE);
  });

  test('reject anything but a PNG', () => {
    for (const bytes of [new Uint8Array(), Buffer.from('GIF89a…'), PLAIN.subarray(1)]) {
      expect(() => readPngState(bytes)).toThrow('file: received "other bytes", expected a PNG');
    }
  });

  test('reject a file that is cut off at any place', () => {
    for (let length = 8; length < STATEFUL.length; length++) {
      expect(() => readPngState(STATEFUL.subarray(0, length))).toThrow('a PNG that is not cut off');
    }
  });

  test('reject a chunk that is said to be longer than the file', () => {
    const long = withByte(STATEFUL, CHUNK, () => 0xff);
    expect(() => readPngState(long)).toThrow('a PNG that is not cut off');
  });

  test('reject a file that does not begin with IHDR', () => {
    const headless = Uint8Array.from([...STATEFUL.subarray(0, 8), ...STATEFUL.subarray(CHUNK)]);
    expect(() => readPngState(headless)).toThrow(
      'received "iTXt", expected a PNG that begins with',
    );
  });

  test('reject a damaged state, by its checksum', () => {
    const damaged = withByte(
      STATEFUL,
      CHUNK + 8 + 'reluscope:state'.length + 10,
      (byte) => byte ^ 1,
    );
    expect(() => readPngState(damaged)).toThrow('a wrong checksum');
  });

  test('reject a compressed state', () => {
    const compressed = STATEFUL.slice();
    compressed[CHUNK + 8 + 'reluscope:state'.length + 1] = 1;
    const end = CHUNK + 8 + new DataView(compressed.buffer).getUint32(CHUNK);
    new DataView(compressed.buffer).setUint32(end, crc32(compressed.subarray(CHUNK + 4, end)));
    expect(() => readPngState(compressed)).toThrow('uncompressed, printable ASCII');
  });

  test('throw only InvalidInputError, for any bytes', () => {
    const afterSignature = fc.uint8Array({ maxLength: 64 });
    const changed = fc.tuple(fc.nat({ max: STATEFUL.length - 1 }), fc.nat({ max: 255 }));
    const files = fc.oneof(
      afterSignature.map((rest) => Uint8Array.from([...PLAIN.subarray(0, CHUNK), ...rest])),
      changed.map(([offset, byte]) => withByte(STATEFUL, offset, () => byte)),
    );
    fc.assert(
      fc.property(files, (bytes) => {
        try {
          const text = readPngState(bytes);
          expect(text === null || text === STATE).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }),
    );
  });

  test.each(['λ=1', 'v=1\n', '\0'])('reject to write %j, which is not printable ASCII', (text) => {
    expect(() => writePngState(PLAIN, text)).toThrow('printable ASCII text');
  });
});
