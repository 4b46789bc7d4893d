const IS_APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** The keys for undo and redo, as this machine names them. */
export const UNDO_KEYS = IS_APPLE ? '⌘Z' : 'Ctrl+Z';
export const REDO_KEYS = IS_APPLE ? '⇧⌘Z' : 'Ctrl+Shift+Z';

/** The parts of a keyboard event that identify its key. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

/** The characters of an English keyboard, by the key's place. */
const ENGLISH_SIGNS: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '-',
  Equal: '=',
  Digit0: '0',
};

/**
 * The key's name in the table of keys. A letter is upper case only with shift, independently of Caps Lock;
 * keys of other scripts, which cannot write the table's letters, are identified by their place.
 */
export function nameKey({ key, code, shiftKey }: PressedKey): string {
  // Apple's keyboards call this key delete.
  if (key === 'Backspace') return 'Delete';
  if ([...key].length > 1) return key;
  const letter = /^[a-z]$/i.test(key) ? key : letterAt(key, code);
  if (letter !== null) return shiftKey ? letter.toUpperCase() : letter.toLowerCase();
  return isOfOtherScript(key) ? (ENGLISH_SIGNS[code] ?? key) : key;
}

function letterAt(key: string, code: string): string | null {
  const place = /^Key([A-Z])$/.exec(code);
  return place && isOfOtherScript(key) ? place[1]! : null;
}

/** A letter or digit outside of ASCII. */
function isOfOtherScript(key: string): boolean {
  return key > '\u007f' && /^[\p{L}\p{M}\p{N}]$/u.test(key);
}

/** The parts of a keyboard event that identify a shortcut. */
export type Shortcut = PressedKey & Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * The step that the usual shortcuts ask for; null for other keys. The command key with y is the
 * browser's.
 */
export function stepOf(event: Shortcut): 'undo' | 'redo' | null {
  if (event.altKey || event.ctrlKey === event.metaKey) return null;
  const key = nameKey(event);
  if (key === 'z') return 'undo';
  return key === 'Z' || (key === 'y' && event.ctrlKey) ? 'redo' : null;
}
