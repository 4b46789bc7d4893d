/** Work between two moments in which the page can do something else, in milliseconds. */
const STINT_MS = 8;

/**
 * Does work that pauses often, in stints between which the page stays responsive.
 *
 * @param isWanted called between stints; false, or an exception, abandons the work
 * @param spent gets the milliseconds of each stint
 * @returns the result; null if the work was abandoned
 */
export async function inStints<T>(
  work: Iterator<void, T>,
  isWanted: () => boolean,
  spent: (milliseconds: number) => void = () => {},
): Promise<T | null> {
  for (;;) {
    const start = performance.now();
    let now = start;
    while (now - start < STINT_MS) {
      const { done, value } = work.next();
      now = performance.now();
      if (!done) continue;
      spent(now - start);
      return value;
    }
    spent(now - start);
    await new Promise((resolve) => setTimeout(resolve));
    if (!isWanted()) return null;
  }
}
