import { expect, test } from 'vitest';
import { remarksOn } from '../../../../src/ui/page/copyLink.ts';

const ID = 'a'.repeat(32);

test('a copied link says which files it needs, and that it is long', () => {
  expect(remarksOn('https://example.org/#v=2&network=identity')).toEqual([]);
  expect(remarksOn(`https://example.org/#v=2&network=model&model=${ID}~~acas%20xu&x=0`)).toEqual([
    'Whoever opens it needs the file of “acas xu”, which is too large for a link.',
  ]);
  expect(remarksOn(`https://example.org/#network=model&model=${ID}~${'A'.repeat(2000)}`)).toEqual([
    'It has 2,074 characters: some programs cut long links.',
  ]);
  expect(remarksOn(`https://example.org/#v=2&data=${'1'.repeat(2_100_000)}`)).toEqual([
    'It is too long to be opened. A saved PNG holds the same, and can be dropped on the page.',
  ]);
});
