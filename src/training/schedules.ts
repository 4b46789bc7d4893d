import type { Recipe, Schedule } from './recipe.ts';

type Rates = {
  readonly [K in Schedule['kind']]: (
    rate: number,
    step: number,
    schedule: Extract<Schedule, { readonly kind: K }>,
  ) => number;
};

/** The learning rate of each step, from that of the optimiser. */
const RATES: Rates = {
  constant: (rate) => rate,
  cosine: (rate, step, { steps, minimum }) =>
    minimum + ((rate - minimum) * (1 + Math.cos((Math.PI * step) / steps))) / 2,
  step: (rate, step, { every, factor }) => rate * factor ** Math.floor(step / every),
};

export const SCHEDULE_KINDS = Object.keys(RATES) as readonly Schedule['kind'][];

/** @param step counts from 0 */
export function learningRateAt({ optimizer, schedule }: Recipe, step: number): number {
  const rateAt = RATES[schedule.kind] as (rate: number, step: number, schedule: Schedule) => number;
  return rateAt(optimizer.learningRate, step, schedule);
}
