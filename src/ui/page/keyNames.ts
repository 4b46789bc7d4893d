/** What of a keyboard event names its key. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

/** What stands on a key where English keyboards have it, by the key's place. */
const ENGLISH_SIGNS: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '-',
  Equal: '=',
  Digit0: '0',
};

/**
 * The key as the table of keys names it. A letter is upper case with shift alone, whatever Caps Lock says;
 * keys of other scripts, which cannot write the letters of the table, count by their place.
 */
export function nameKey({ key, code, shiftKey }: PressedKey): string {
  // The key that Apple's keyboards call delete.
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

/** A letter or digit that is not ASCII's. */
function isOfOtherScript(key: string): boolean {
  return key > '\u007f' && /^[\p{L}\p{M}\p{N}]$/u.test(key);
}
