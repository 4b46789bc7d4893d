/** Curves of scores and counts have about so many points. */
const POINTS = 32;

/**
 * Steps of a run for its curves, those first that say most: the middle, the quarters, the eighths, and so on. Of a longer run they are
 * multiples of a larger power of two, so that most of them have been there before.
 * @param reached the last step
 */
export function surveySteps(reached: number): readonly number[] {
  const spacing = 2 ** Math.max(0, Math.ceil(Math.log2(reached / POINTS)));
  const steps = [0];
  let stride = spacing * 2 ** Math.ceil(Math.log2(reached / spacing + 1));
  for (; stride >= spacing; stride /= 2) {
    for (let step = stride; step < reached; step += 2 * stride) steps.push(step);
  }
  return steps;
}
