import type { Decision } from '../geometry/arrangement.ts';

/** More classes are counted, but not listed. */
const LISTED_MAX = 16;

/** What the table says of a class; null where it is not known. */
export interface ClassCount {
  /** Index of the output. */
  readonly index: number;
  readonly inView: number | null;
  /** Its share of the window's area. */
  readonly share: number | null;
  readonly inPlane: number | null;
}

/** The classes in order; of more than can be listed, those with the largest areas in view. */
export function countClasses(
  view: Decision | null,
  plane: Decision | null,
): { readonly listed: readonly ClassCount[]; readonly more: number } {
  const classes = (view ?? plane)?.classes ?? [];
  const areas = classes.map(({ area }) => area ?? 0);
  const total = areas.reduce((sum, area) => sum + area, 0);
  const counts = classes.map(
    ({ index }): ClassCount => ({
      index,
      inView: view?.classes[index]?.regions ?? null,
      share: total > 0 ? areas[index]! / total : null,
      inPlane: plane?.classes[index]?.regions ?? null,
    }),
  );
  const largest = counts.toSorted((a, b) => areas[b.index]! - areas[a.index]!);
  const listed = largest.slice(0, LISTED_MAX).sort((a, b) => a.index - b.index);
  return { listed, more: counts.length - listed.length };
}
