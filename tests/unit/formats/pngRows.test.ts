import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import {
  encodeChunk,
  encodeDensity,
  encodeHeader,
  filterRows,
} from '../../../src/formats/pngRows.ts';

test('rows in bands give the picture that another decoder reads', () => {
  const picture = fc
    .record({
      width: fc.integer({ min: 1, max: 9 }),
      bands: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    })
    .chain(({ width, bands }) => {
      const height = bands.reduce((sum, rows) => sum + rows, 0);
      const length = 4 * width * height;
      // Smooth, flat and wild bytes, so that every filter is chosen.
      const bytes = fc.oneof(
        fc.uint8Array({ minLength: length, maxLength: length }),
        fc
          .integer({ min: 0, max: 60 })
          .map((step) => Uint8Array.from({ length }, (_, i) => i * step)),
      );
      return fc.record({ width: fc.constant(width), bands: fc.constant(bands), bytes });
    });
  fc.assert(
    fc.property(picture, ({ width, bands, bytes }) => {
      const above = new Uint8Array(3 * width);
      let row = 0;
      const filtered = bands.map((rows) => {
        const band = new Uint8ClampedArray(bytes.slice(4 * width * row, 4 * width * (row + rows)));
        row += rows;
        return filterRows(band, width, above);
      });
      const png = Buffer.concat([
        Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
        encodeHeader(width, row),
        encodeChunk('IDAT', deflateSync(Buffer.concat(filtered))),
        encodeChunk('IEND', new Uint8Array()),
      ]);
      const read = PNG.sync.read(png, { checkCRC: true });
      expect([read.width, read.height]).toEqual([width, row]);
      for (let i = 0; i < bytes.length; i += 1) {
        expect(read.data[i]).toBe(i % 4 === 3 ? 255 : bytes[i]);
      }
    }),
  );
});

test('a density of 300 dpi is 11811 pixels per metre both ways', () => {
  const chunk = Buffer.from(encodeDensity(300));
  expect(chunk.toString('latin1', 4, 8)).toBe('pHYs');
  expect(chunk.readUInt32BE(0)).toBe(9);
  expect([chunk.readUInt32BE(8), chunk.readUInt32BE(12), chunk[16]]).toEqual([11811, 11811, 1]);
});
