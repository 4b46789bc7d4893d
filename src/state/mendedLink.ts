/** How often a link may have been escaped on its way. */
const ESCAPES_MAX = 3;

/**
 * Undoes what mail programs, chats and pages do to a whole link where it can only be meant one way: all of it is
 * escaped, or all its ampersands or equals signs are; ampersands are written as in HTML; nothing stands between two
 * ampersands or at an end. Escapes in single values are left to who reads these.
 *
 * @param text of a URL's fragment, without '#'
 */
export function mendLink(text: string): string {
  let mended = text;
  for (let escapes = 0; escapes < ESCAPES_MAX && isEscaped(mended); escapes += 1) {
    mended = undoValidEscapes(mended);
  }
  mended = mended.replace(/&(?:(?:amp|#38|#x26);)+/gi, '&');
  // A version is a number: nothing else is in this value.
  if (/^v=\d+%26/i.test(mended)) mended = mended.replace(/%26/gi, '&');
  let pieces = mended.replace(/(?:%20|%0a|%0d|\s)+$/i, '').split('&');
  if (/^v%3d\d+$/i.test(pieces[0]!)) pieces = pieces.map((piece) => withEquals(piece));
  return pieces.filter((piece) => piece !== '').join('&');
}

/** Whether the first pair of a link is escaped, and no other begins. */
function isEscaped(text: string): boolean {
  return /^v%(?:25)*3d/i.test(text) && !/[=&]/.test(text);
}

/** The text without percent-escapes; unchanged if one of them is none. */
export function undoValidEscapes(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withEquals(piece: string): string {
  return piece.includes('=') ? piece : piece.replace(/%3d/i, '=');
}
