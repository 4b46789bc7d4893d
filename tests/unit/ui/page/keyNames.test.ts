import { describe, expect, it } from 'vitest';
import { nameKey, stepOf } from '../../../../src/ui/page/keyNames.ts';

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

describe('stepOf', () => {
  const modifiers = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  it.each([
    ['z', 'KeyZ', { ctrlKey: true }, 'undo'],
    ['z', 'KeyY', { ctrlKey: true }, 'undo', 'German'],
    ['я', 'KeyZ', { ctrlKey: true }, 'undo', 'Russian'],
    ['z', 'KeyZ', { metaKey: true }, 'undo', 'a Mac'],
    ['Z', 'KeyZ', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['Z', 'KeyZ', { ctrlKey: true }, 'undo', 'Caps Lock'],
    ['z', 'KeyZ', { metaKey: true, shiftKey: true }, 'redo', 'a Mac'],
    ['y', 'KeyY', { ctrlKey: true }, 'redo'],
    ['y', 'KeyY', { metaKey: true }, null, 'the history of a browser on a Mac'],
    ['z', 'KeyZ', {}, null],
    ['z', 'KeyZ', { ctrlKey: true, altKey: true }, null, 'AltGr on Windows'],
    ['r', 'KeyR', { ctrlKey: true }, null],
  ])('%s at %s with %o is %s', (key, code, pressed, step, _why = '') => {
    expect(stepOf({ key, code, ...modifiers, ...pressed })).toBe(step);
  });
});
