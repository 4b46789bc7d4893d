/** A colour of three bytes as #rrggbb, which every program that reads CSS colours supports. */
export function hexColor(rgb: ArrayLike<number>): string {
  return `#${Array.from(rgb, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
