import { describe, expect, it } from 'vitest';
import { nameKey } from '../../../../src/ui/page/keyNames.ts';

describe('nameKey', () => {
  it.each([
    ['r', 'KeyR', false, 'r'],
    ['R', 'KeyR', true, 'R'],
    ['R', 'KeyR', false, 'r', 'Caps Lock'],
    ['r', 'KeyR', true, 'R', 'Caps Lock and shift'],
    ['к', 'KeyR', false, 'r', 'Russian'],
    ['К', 'KeyR', true, 'R', 'Russian'],
    ['К', 'KeyR', false, 'r', 'Russian with Caps Lock'],
    ['ρ', 'KeyR', false, 'r', 'Greek'],
    ['ر', 'KeyV', false, 'v', 'Arabic'],
    ['х', 'BracketLeft', false, '[', 'Russian'],
    ['ъ', 'BracketRight', false, ']', 'Russian'],
    ['۰', 'Digit0', false, '0', 'Persian'],
    ['a', 'KeyQ', false, 'a', 'French: the letter, not the place'],
    ['r', 'KeyO', false, 'r', 'Dvorak'],
    ['0', 'Numpad0', false, '0'],
    ['?', 'Minus', true, '?', 'German'],
    ['−', 'Minus', false, '−'],
    ['+', 'BracketRight', false, '+', 'German'],
    ['[', 'Digit8', false, '[', 'German, with AltGr'],
    ['Backspace', 'Backspace', false, 'Delete'],
    ['Delete', 'Delete', false, 'Delete'],
    ['ArrowLeft', 'ArrowLeft', true, 'ArrowLeft'],
    ['Escape', 'Escape', false, 'Escape'],
    ['Dead', 'BracketLeft', false, 'Dead'],
  ])('%s at %s, shift %s, is %s', (key, code, shiftKey, name, _why = '') => {
    expect(nameKey({ key, code, shiftKey })).toBe(name);
  });
});
