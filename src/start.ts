import { MACHINES } from './screen/machines.ts';

/**
 * A script of its own, which runs while the page's is still being fetched: the graphics device takes longest to come, so it
 * is asked for first. Released once the page has a lease of its own.
 */
export const firstLease = MACHINES.lease();
