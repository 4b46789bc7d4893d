import { LimitExceededError } from '../geometry/arrangement.ts';
import { messageOf } from '../input/messageOf.ts';
import { formatCount } from '../scales/format.ts';

/** Live counts stop above this number of regions; a script may wait for more. */
export const LIVE_MAX = 50_000;
/** More regions are not drawn: a picture with that many edges is black, and slow. */
export const DRAWN_MAX = 20_000;

/** Why there is no count, in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof LimitExceededError) {
    return `more than ${formatCount(error.limit)} ${error.what}, the limit here`;
  }
  return messageOf(error);
}
