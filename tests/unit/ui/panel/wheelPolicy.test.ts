import { expect, test } from 'vitest';
import { fingerPans, wheelZooms } from '../../../../src/ui/panel/wheelPolicy.ts';

const NONE = { ctrlKey: false, metaKey: false };

test.each([
  ['always', NONE, false, true],
  ['focus', NONE, false, false],
  ['focus', NONE, true, true],
  ['focus', { ...NONE, ctrlKey: true }, false, true],
  ['modifier', NONE, true, false],
  ['modifier', { ...NONE, metaKey: true }, false, true],
  ['modifier', { ...NONE, ctrlKey: true }, true, true],
] as const)('wheel: %s with %j and focus %s zooms: %s', (policy, keys, hasFocus, expected) => {
  expect(wheelZooms(policy, keys, hasFocus)).toBe(expected);
});

test('one finger pans where the picture has the focus, and on a page of its own', () => {
  expect(fingerPans('focus', false)).toBe(false);
  expect(fingerPans('modifier', true)).toBe(true);
  expect(fingerPans('always', false)).toBe(true);
});
