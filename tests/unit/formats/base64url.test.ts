import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../../../src/formats/base64url.ts';

describe('base64url', () => {
  test('is what Node writes, and reads back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64url(text)).toEqual(bytes);
      }),
    );
  });

  test('refuses text that it would not write', () => {
    for (const text of ['A', 'AAAAA', 'AB', 'AA==', 'A+', 'A/', 'ä', 'A A']) {
      expect(fromBase64url(text), text).toBeNull();
    }
    expect(fromBase64url('')).toEqual(new Uint8Array());
    expect(fromBase64url('AA')).toEqual(Uint8Array.of(0));
  });
});
