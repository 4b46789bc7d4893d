import { describe, expect, test } from 'vitest';
import { roomOf } from '../../../../src/ui/page/room.ts';

describe('the room of a page', () => {
  test.each([
    ['a desktop', 1280, 900, { narrow: false, compact: false, controls: true }],
    [
      'the first width with controls beside the picture',
      961,
      720,
      { narrow: false, controls: true },
    ],
    ['the last width without', 960, 720, { narrow: true, compact: false, controls: false }],
    ['a tablet, upright', 768, 1024, { narrow: true, compact: true, controls: false }],
    ['a phone', 390, 844, { narrow: true, compact: true, controls: false }],
    [
      'a phone on its side',
      844,
      390,
      { narrow: false, fewTools: true, compact: false, controls: false },
    ],
    ['a square window', 480, 480, { narrow: true, compact: false, controls: false }],
    ['a small low element', 760, 440, { narrow: true, compact: false, controls: false }],
    ['a small square element', 300, 300, { narrow: true, compact: true, controls: false }],
  ])('of %s', (_, width, height, room) => {
    expect(roomOf(width, height)).toMatchObject(room);
  });
});
