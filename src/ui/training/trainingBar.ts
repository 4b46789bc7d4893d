import { formatCount, formatCounted, formatNumber } from '../../scales/format.ts';
import type { State } from '../../state/state.ts';
import type { Score } from '../../training/run.ts';
import { make, setText } from '../dom/elements.ts';
import { Throttle } from '../dom/throttle.ts';
import type { Motion } from '../panel/session.ts';
import { CurveStrip } from './curveStrip.ts';
import type { PanelRun } from './panelRun.ts';
import { RunButtons } from './runButtons.ts';
import type { StepCounts } from './stepCounts.ts';
import { describeAt, formatShare, STRIPS } from './trainingStrips.ts';

/** Curves of many steps cost some milliseconds, and nobody reads them 60 times a second. */
const CURVES_MS = 100;

export interface TrainingBarHost {
  readonly run: PanelRun;
  readonly counts: Pick<StepCounts, 'known' | 'at' | 'lastKnown'>;
  goTo(step: number, motion: Motion): void;
}

/** Below a picture whose network learns: buttons, the steps so far; loss, accuracy and regions by step. */
export class TrainingBar {
  readonly #host: TrainingBarHost;
  readonly #buttons: RunButtons;
  readonly #status = make('p', { class: 'trainingStatus', role: 'status' });
  readonly #strips: readonly CurveStrip[];
  readonly #draw = new Throttle(CURVES_MS, () => this.#drawCurves());
  #state: State | null = null;

  constructor(element: HTMLElement, host: TrainingBarHost) {
    this.#host = host;
    this.#buttons = new RunButtons(host.run);
    this.#strips = STRIPS.map(
      (kind) =>
        new CurveStrip({
          name: kind.name,
          format: kind.format,
          describe: (step) => describeAt(kind, step, host),
          goTo: (step) => host.goTo(step, 'still'),
        }),
    );
    const curves = this.#strips.map((strip) => strip.element);
    element.replaceChildren(
      this.#buttons.element,
      make('div', { class: 'trainingCurves' }, ...curves),
      this.#status,
    );
  }

  show(state: State): void {
    const { run } = state;
    this.#state = state;
    if (run === null) return;
    this.#buttons.show(run.step, Math.max(this.#host.run.reached, run.step));
    setText(this.#status, this.#describe(run.step, run.recipe.steps));
    // The last step is at rest, and shows all.
    if (this.#host.run.isPlaying) this.#draw.runIfDue();
    else this.#draw.request();
  }

  destroy(): void {
    this.#draw.cancel();
  }

  #describe(step: number, end: number): string {
    const { onItsWay, hasFailed } = this.#host.run;
    const place = `step ${formatCount(step)} of ${formatCount(end)}`;
    if (hasFailed) return `${place}: this recipe cannot be trained`;
    if (onItsWay !== null) return `${place}: trained up to ${formatCount(onItsWay)} so far`;
    const scores = this.#host.run.scoreAt(step);
    if (!scores) return place;
    const test = scores.test ? `; test ${describeScore(scores.test)}` : '';
    return `${place} · ${describeScore(scores.train)}${test}${this.#describeRegions(step)}`;
  }

  /** While networks follow each other not each of them is counted. */
  #describeRegions(step: number): string {
    const { counts } = this.#host;
    const counted = counts.lastKnown(step);
    if (counted === null) return '';
    const at = counted === step ? '' : ` at step ${formatCount(counted)}`;
    return ` · ${formatCounted(counts.at(counted)!, 'region')} around the points${at}`;
  }

  #drawCurves(): void {
    const run = this.#state?.run;
    if (!run) return;
    const place = { last: Math.max(this.#host.run.reached, run.step), step: run.step };
    this.#strips.forEach((strip, i) => {
      const content = STRIPS[i]!.content(this.#host);
      strip.show(content && { ...content, ...place });
    });
  }
}

function describeScore({ loss, accuracy }: Score): string {
  const right = accuracy === null ? '' : `, ${formatShare(accuracy)} right`;
  return `loss ${formatNumber(loss, 4)}${right}`;
}
