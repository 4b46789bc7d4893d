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
