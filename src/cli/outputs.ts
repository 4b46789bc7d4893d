import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './usageError.ts';

/**
 * Called before the work, which can take minutes.
 * @param option which names the file
 * @throws UsageError
 */
export function assertWritable(file: string, option = '-o'): void {
  const directory = dirname(file);
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(
      `${option}: received '${file}', expected a file in a directory that exists`,
    );
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${option}: received '${file}', which is a directory, expected a file`);
  }
  const isNew = !statSync(file, { throwIfNoEntry: false });
  try {
    // Permissions alone do not tell: some file systems refuse new files even to root.
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw new UsageError(`${option}: cannot write '${file}': ${(error as Error).message}`);
  }
  if (isNew) rmSync(file);
}

/** @param option that names the directory. @throws UsageError */
export function makeDirectory(path: string, option = '-o'): void {
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(
      `${option}: received '${path}', expected a directory inside one that exists`,
    );
  }
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `${option}: cannot create the directory '${path}': ${(error as Error).message}`,
    );
  }
}
