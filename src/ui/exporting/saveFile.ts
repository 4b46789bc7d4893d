import { make } from '../dom/elements.ts';

/** Time for the browser to begin reading the file. */
const READ_MS = 60_000;

/** Offers a file as a download of the browser. */
export function saveFile(content: Blob | Uint8Array | string, name: string): void {
  const blob = content instanceof Blob ? content : new Blob([content as BlobPart]);
  const url = URL.createObjectURL(blob);
  make('a', { href: url, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(url), READ_MS);
}
