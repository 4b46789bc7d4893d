/**
 * Bytes as text of which no character needs an escape in a URL, without padding.
 * Source: RFC 4648, section 5.
 */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));
const BITS = 6;

export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0x3fff;
    for (bits += 8; bits >= BITS; bits -= BITS) text += DIGITS[(pending >> (bits - BITS)) & 0x3f];
  }
  return bits > 0 ? text + DIGITS[(pending << (BITS - bits)) & 0x3f]! : text;
}

/**
 * The same as other texts have it, with padding.
 * Source: RFC 4648, section 4.
 */
export function toBase64(bytes: Uint8Array): string {
  const text = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text.padEnd(4 * Math.ceil(text.length / 4), '=');
}

/** null if the text is no such spelling of bytes. */
export function fromBase64(text: string): Uint8Array | null {
  return fromBase64url(text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'));
}

/** null if the text is no such spelling of bytes. */
export function fromBase64url(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * BITS) / 8));
  let pending = 0;
  let bits = 0;
  let at = 0;
  for (const digit of text) {
    const value = VALUES.get(digit);
    if (value === undefined) return null;
    pending = ((pending << BITS) | value) & 0x3fff;
    bits += BITS;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = pending >> bits;
  }
  // What is left over is less than a digit, and 0.
  const isWhole = bits < BITS && (pending & ((1 << bits) - 1)) === 0;
  return isWhole ? bytes : null;
}
