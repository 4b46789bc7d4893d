import { describe, expect, it } from 'vitest';
import { type KeyActions, listenToKeys } from '../../../../src/ui/page/keys.ts';
import type { PageUse } from '../../../../src/ui/page/needs.ts';

const NO_MODIFIERS = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

const ALL = { field: true, seed: true, regions: true, outputs: true };

/** An object that writes down which of its methods is called. */
function recorder<T extends object>(calls: string[], parts: Partial<T> = {}): T {
  return new Proxy(parts as T, {
    get: (target, name) => Reflect.get(target, name) ?? (() => void calls.push(String(name))),
  });
}

/** The actions that a key leads to, and whether it is kept from the browser. */
function press(
  key: string,
  modifiers: Partial<typeof NO_MODIFIERS> & { altGr?: boolean } = {},
  use: PageUse = ALL,
) {
  const calls: string[] = [];
  const { altGr = false, ...pressed } = modifiers;
  const navigation = recorder<KeyActions['navigation']>(calls, {
    box: { open: false } as KeyActions['navigation']['box'],
  });
  const actions = recorder<KeyActions>(calls, {
    navigation,
    use,
    sheet: recorder<KeyActions['sheet']>(calls),
    regions: recorder<KeyActions['regions']>(calls),
  });
  const target = new EventTarget();
  listenToKeys(target as Window, actions, new AbortController().signal);
  const event = Object.assign(new Event('keydown', { cancelable: true }), {
    ...{ key, code: '', isComposing: false, ...NO_MODIFIERS, ...pressed },
    composedPath: () => [target],
    getModifierState: (name: string) => name === 'AltGraph' && altGr,
  });
  target.dispatchEvent(event);
  return { calls, isTaken: event.defaultPrevented };
}

describe('keys', () => {
  it.each([
    ['r', {}, 'nextSeed'],
    ['R', { shiftKey: true }, 'previousSeed'],
    ['a', {}, 'randomSeed'],
    ['y', {}, 'copyNumbers'],
    ['o', {}, 'nextOutput'],
    ['O', { shiftKey: true }, 'previousOutput'],
    ['z', { ctrlKey: true }, 'undo'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['[', {}, 'undo'],
    [']', {}, 'redo'],
    ['[', { ctrlKey: true, altKey: true, altGr: true }, 'undo', 'AltGr, as Windows reports it'],
    [']', { altGr: true }, 'redo', 'AltGr on Linux'],
    ['[', { altKey: true }, 'undo', 'option on a Mac'],
    ['Delete', {}, 'removePanel'],
    ['Backspace', {}, 'removePanel', 'delete on a Mac'],
    ['?', { shiftKey: true }, 'toggleHelp'],
    ['c', {}, 'explain', 'what clicks and keys do to points'],
  ])('%s with %o: %s', (key, modifiers, action, _why = '') => {
    expect(press(key, modifiers)).toEqual({ calls: [action], isTaken: true });
  });

  it.each([
    ['ArrowLeft', { altKey: true }, 'Back'],
    ['ArrowRight', { altKey: true }, 'Forward'],
    ['r', { ctrlKey: true }, 'reload'],
    ['y', { metaKey: true }, 'the history on a Mac'],
    ['[', { ctrlKey: true }, 'nothing, or Back on a Mac'],
    ['F5', {}, 'reload'],
  ])('%s with %o is left to the browser: %s', (key, modifiers, _why) => {
    expect(press(key, modifiers)).toEqual({ calls: [], isTaken: false });
  });

  it('without a field: arrows scroll, and the others say why they do nothing', () => {
    const none = { field: false, seed: false, regions: false, outputs: false };
    expect(press('ArrowLeft', {}, none)).toEqual({ calls: [], isTaken: false });
    for (const key of ['+', 'h', 'r', 'e', 'o', 'n', 'Backspace']) {
      expect(press(key, {}, none)).toEqual({ calls: ['explain'], isTaken: true });
    }
    expect(press('f', {}, none)).toEqual({ calls: ['toggleFigures'], isTaken: true });
    expect(press('x', {}, none)).toEqual({ calls: [], isTaken: false });
  });
});
