/**
 * The losses of a run as CSV, in all digits: `step,loss` before each step and, if some are known, the regions of the network of that
 * step; what is not known is left empty.
 * @param regions counts by step
 */
export function lossTable(
  losses: ArrayLike<number>,
  regions: ReadonlyMap<number, number> = new Map(),
): string {
  const isCounted = regions.size > 0;
  const rowOf = (step: number) => {
    const row = [step, losses[step] ?? ''];
    return (isCounted ? [...row, regions.get(step) ?? ''] : row).join(',');
  };
  // The last network has no loss yet.
  const rows = losses.length + (regions.has(losses.length) ? 1 : 0);
  const head = isCounted ? 'step,loss,regions' : 'step,loss';
  return [head, ...Array.from({ length: rows }, (_, step) => rowOf(step)), ''].join('\n');
}
