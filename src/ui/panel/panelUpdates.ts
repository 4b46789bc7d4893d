import { isLater } from '../../state/isLater.ts';
import type { State } from '../../state/state.ts';
import { Throttle } from '../dom/throttle.ts';
import type { Session } from './session.ts';

/**
 * While something moves, the axes follow with every picture; if none comes, after this time. Text and numbers
 * change less often.
 */
const SCALES_MS = 100;
const READINGS_MS = 150;
/** Those of a network that learns are not read more often, and each change composes the whole page. */
const LEARNT_READINGS_MS = 300;
/** A step of training whose picture has not come after this time is shown without it. */
const STEP_MS = 400;

/** When a panel shows what has changed around its picture. */
export class PanelUpdates {
  /** Everything that has a place in the plane. */
  readonly scales: Throttle;
  /** Text and numbers. */
  readonly readings: Throttle;
  /** The state that was last shown in words, or will be. */
  #told: State | null = null;

  constructor(showScales: () => void, showReadings: () => void) {
    this.scales = new Throttle(SCALES_MS, showScales);
    this.readings = new Throttle(READINGS_MS, showReadings);
  }

  /** The state has changed. */
  follow({ state, held }: Session, moving: boolean): void {
    const isLearning = held && this.#told !== null && isLater(this.#told, state);
    this.#told = state;
    this.readings.intervalMs = isLearning ? LEARNT_READINGS_MS : READINGS_MS;
    // All that a step changes appears with its picture: the page is composed once.
    if (isLearning) this.scales.runWithin(STEP_MS);
    else if (moving) this.scales.request();
    else this.scales.runNow();
    if (isLearning) return;
    // What a script changes in every frame is at rest, too.
    if (held) this.readings.runNow();
    else this.readings.request();
  }

  cancel(): void {
    this.scales.cancel();
    this.readings.cancel();
  }
}
