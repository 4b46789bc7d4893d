const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Uint8Array(128);
for (let i = 0; i < DIGITS.length; i += 1) VALUES[DIGITS.charCodeAt(i)] = i;

/** The bytes of base64 text that is known to be right (RFC 4648, section 4). */
export function base64Bytes(text: string): Uint8Array {
  const length = text.replace(/=+$/, '').length;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  for (let i = 0, at = 0; i < length; i += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => (i + k < length ? valueAt(text, i + k) : 0));
    const bits = (a! << 18) | (b! << 12) | (c! << 6) | d!;
    bytes[at++] = bits >>> 16;
    // What lies beyond the end is not stored.
    bytes[at++] = bits >>> 8;
    bytes[at++] = bits;
  }
  return bytes;
}

function valueAt(text: string, position: number): number {
  return VALUES[text.charCodeAt(position)]!;
}
