import type { Model } from '../model/models.ts';
import type { ReadOptions } from './assemble.ts';
import { createModel } from './createModel.ts';
import { type NamedFile, readModelFile } from './readModelFile.ts';

export interface ModelOptions extends ReadOptions {
  /** For people; that of the file by default. */
  readonly name?: string;
}

/**
 * The network of a file, or of several that belong together, as it can be shown.
 * @throws ModelFileError if there is none that can be read; InvalidInputError if it is too large, or the options do not fit.
 */
export function readModel(
  files: readonly NamedFile[],
  { name, ...options }: ModelOptions = {},
): Model {
  const { network, ...facts } = readModelFile(files, options);
  return createModel(network, { ...facts, name: name ?? stemOf(files[0]!.name) });
}

/** A file's name without its folders and its extension. */
function stemOf(name: string): string {
  const own = name.replace(/^.*[/\\]/, '');
  return own.replace(/(?<=.)\.[^.]*$/, '');
}
