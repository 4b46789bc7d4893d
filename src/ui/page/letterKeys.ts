/** In the browser's storage, for all Reluscopes of a site. */
const NAME = 'reluscope.letterKeys';

/**
 * Whether keys that write a character act without Ctrl. People who dictate switch them off: what they say would press them
 * (WCAG 2.1.4, Character Key Shortcuts).
 */
export function letterKeysAct(): boolean {
  return setting !== 'off';
}

/** Keeps the choice over a reload, where the browser lets a page store something. */
export function setLetterKeys(act: boolean): void {
  setting = act ? 'on' : 'off';
  try {
    window.localStorage.setItem(NAME, setting);
  } catch {
    // Frames of another site, and private windows, may store nothing: the choice holds until the reload.
  }
}

let setting = stored();

function stored(): string {
  try {
    return window.localStorage.getItem(NAME) ?? 'on';
  } catch {
    return 'on';
  }
}
