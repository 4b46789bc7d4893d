import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64Bytes } from '../../../src/formats/base64.ts';

it('reads the bytes that Node has written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(base64Bytes(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
    }),
  );
});
