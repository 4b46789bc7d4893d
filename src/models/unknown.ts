import { bytesToText } from '../formats/ascii.ts';

/** What comes in place of a file that was meant, by its first characters. */
const STAND_INS: readonly (readonly [start: RegExp | string, what: string])[] = [
  [/^$/, 'the file is empty'],
  [/^\s*<(!doctype|html|\?xml)/i, 'this is a web page or XML, not the file that it may name'],
  [
    /^version https:\/\/git-lfs/,
    'this is a pointer of Git LFS, in place of the file; git lfs pull fetches it',
  ],
  ['\x1f\x8b', 'this is compressed by gzip; decompress it first'],
];
/** Enough for the signatures above. */
const START_BYTES = 256;
const SHOWN = 12;

/** What a file is that no reader knows, as far as its first bytes say it. */
export function describeUnknown(bytes: Uint8Array): string {
  const start = bytesToText(bytes.subarray(0, START_BYTES));
  const standIn = STAND_INS.find(([own]) =>
    typeof own === 'string' ? start.startsWith(own) : own.test(start),
  );
  if (standIn) return standIn[1];
  const first = start.slice(0, SHOWN);
  if (/^[\x20-\x7e\s]+$/.test(first)) return `it begins with ${JSON.stringify(first)}`;
  const codes = Array.from(bytes.subarray(0, SHOWN), (byte) => byte.toString(16).padStart(2, '0'));
  return `it begins with the bytes ${codes.join(' ')}`;
}
