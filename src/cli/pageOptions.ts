import type { ParseArgsConfig } from 'node:util';
import { assertRequest, parseSize, type SizeRequest } from '../drawing/pictureSize.ts';
import { readNumber } from './arguments.ts';
import { reading } from './usageError.ts';

/** The options of commands that open the page, or draw a picture. */

/** The options of every command that opens the page. */
export interface PageOptions {
  /** The directory of a built site; null for the package's own. */
  readonly site: string | null;
  /** Use the machine's graphics adapter instead of the software one. */
  readonly gpu: boolean;
  readonly quiet: boolean;
}

export const QUIET = {
  help: { type: 'boolean', short: 'h' },
  quiet: { type: 'boolean', short: 'q' },
} as const satisfies ParseArgsConfig['options'];

export const COMMON = {
  ...QUIET,
  site: { type: 'string' },
  gpu: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

export const SIZE = {
  size: { type: 'string' },
  dpi: { type: 'string' },
  scale: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

export function pageOptions(values: {
  site?: string;
  gpu?: boolean;
  quiet?: boolean;
}): PageOptions {
  return { site: values.site ?? null, gpu: values.gpu ?? false, quiet: values.quiet ?? false };
}

/** Checked here, before the browser starts. @throws UsageError */
export function readPictureSize(
  command: string,
  values: {
    size?: string;
    dpi?: string;
    scale?: string;
  },
): SizeRequest {
  return reading(command, () => {
    const size: SizeRequest = {
      ...(values.size === undefined ? {} : parseSize(values.size, '--size')),
      ...(values.dpi === undefined ? {} : { dpi: readNumber(values.dpi, '--dpi') }),
      ...(values.scale === undefined ? {} : { scale: readNumber(values.scale, '--scale') }),
    };
    assertRequest(size);
    return size;
  });
}
