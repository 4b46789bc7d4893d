import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ModelFile, ModelFileError } from '../../../src/models/modelFile.ts';
import { type NamedFile, readModelFile } from '../../../src/models/readModelFile.ts';

const FOLDER = resolve(import.meta.dirname, '../../reference/models');

interface ExpectedModel {
  readonly file: string;
  readonly widths?: readonly number[];
  readonly values?: readonly { readonly x: readonly number[]; readonly y: readonly number[] }[];
  /** Whether it is the same 2-2-1 network as all others with this mark. */
  readonly spelling?: boolean;
  readonly refuse?: string;
}

export const EXPECTED: readonly ExpectedModel[] = JSON.parse(
  readFileSync(resolve(FOLDER, 'expected.json'), 'utf8'),
);

/** One of the files that tests/reference/models/make_models.py wrote. */
export function modelBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(resolve(FOLDER, name)));
}

/** One of the files that tests/reference/points/make_points.py wrote. */
export function pointsBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(resolve(FOLDER, '../points', name)));
}

export function namedFile(name: string): NamedFile {
  return { name, bytes: modelBytes(name) };
}

export function textFile(text: string, name = 'file'): NamedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

/** The message with which a file is refused. */
export function refusal(read: () => ModelFile): string {
  try {
    read();
  } catch (error) {
    if (error instanceof ModelFileError) return error.message;
    throw error;
  }
  throw new Error('it was read');
}

export const refusalOf = (...files: NamedFile[]): string => refusal(() => readModelFile(files));
