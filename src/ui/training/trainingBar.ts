import { type CurvePoint, curveRange } from '../../drawing/lossCurve.ts';
import { formatCount, formatNumber } from '../../scales/format.ts';
import type { State } from '../../state/state.ts';
import type { Score } from '../../training/run.ts';
import { make, setText } from '../dom/elements.ts';
import { Throttle } from '../dom/throttle.ts';
import type { Motion } from '../panel/session.ts';
import { CurveStrip, type StripContent } from './curveStrip.ts';
import type { PanelRun } from './panelRun.ts';
import { RunButtons } from './runButtons.ts';
import type { StepCounts } from './stepCounts.ts';

/** Curves of many steps cost some milliseconds, and nobody reads them 60 times a second. */
const CURVES_MS = 100;
const SHARES = { min: 0, max: 1, logarithmic: false };

export interface TrainingBarHost {
  readonly run: PanelRun;
  readonly counts: Pick<StepCounts, 'known' | 'at'>;
  goTo(step: number, motion: Motion): void;
}

/** Below a picture whose network learns: buttons, the steps so far; loss, accuracy and regions by step. */
export class TrainingBar {
  readonly #host: TrainingBarHost;
  readonly #buttons: RunButtons;
  readonly #status = make('p', { class: 'trainingStatus', role: 'status' });
  readonly #loss: CurveStrip;
  readonly #accuracy: CurveStrip;
  readonly #regions: CurveStrip;
  readonly #draw = new Throttle(CURVES_MS, () => this.#drawCurves());
  #state: State | null = null;

  constructor(element: HTMLElement, host: TrainingBarHost) {
    this.#host = host;
    this.#buttons = new RunButtons(host.run);
    const strip = (
      name: string,
      format: (value: number) => string,
      valuesAt: (step: number) => readonly (number | null | undefined)[],
    ) =>
      new CurveStrip({
        name,
        format,
        describe: (step) => {
          const known = valuesAt(step).flatMap((value) => (value == null ? [] : [format(value)]));
          return [`${name}, step ${formatCount(step)}`, known.join(', test ')]
            .filter(Boolean)
            .join(': ');
        },
        goTo: (step) => host.goTo(step, 'still'),
      });
    const { run, counts } = host;
    this.#loss = strip('loss', formatLoss, (step) => [
      run.losses[step] ?? run.scoreAt(step)?.train.loss,
      run.scoreAt(step)?.test?.loss,
    ]);
    this.#accuracy = strip('right', formatShare, (step) => {
      const scores = run.scoreAt(step);
      return [scores?.train.accuracy, scores?.test?.accuracy];
    });
    this.#regions = strip('regions', formatCount, (step) => [counts.at(step)]);
    element.replaceChildren(
      this.#buttons.element,
      make(
        'div',
        { class: 'trainingCurves' },
        ...[this.#loss, this.#accuracy, this.#regions].map((each) => each.element),
      ),
      this.#status,
    );
  }

  show(state: State): void {
    const { run } = state;
    this.#state = state;
    if (run === null) return;
    this.#buttons.show(run.step, Math.max(this.#host.run.reached, run.step));
    setText(this.#status, this.#describe(run.step, run.recipe.steps));
    this.#draw.request();
  }

  destroy(): void {
    this.#draw.cancel();
  }

  #describe(step: number, end: number): string {
    const { onItsWay } = this.#host.run;
    const place = `step ${formatCount(step)} of ${formatCount(end)}`;
    if (onItsWay !== null) return `${place}: trained up to ${formatCount(onItsWay)} so far`;
    const scores = this.#host.run.scoreAt(step);
    if (!scores) return place;
    const test = scores.test ? `; test ${describeScore(scores.test)}` : '';
    const count = this.#host.counts.at(step);
    const regions = count === null ? '' : ` · ${formatCount(count)} regions around the points`;
    return `${place} · ${describeScore(scores.train)}${test}${regions}`;
  }

  #drawCurves(): void {
    const run = this.#state?.run;
    if (!run) return;
    const last = Math.max(this.#host.run.losses.length, run.step);
    const place = { last, step: run.step };
    this.#loss.show({ ...this.#losses(), ...place });
    const [accuracies, regions] = [this.#accuracies(), this.#counts()];
    this.#accuracy.show(accuracies && { ...accuracies, ...place });
    this.#regions.show(regions && { ...regions, ...place });
  }

  #losses(): Omit<StripContent, 'last' | 'step'> {
    const { losses, scores } = this.#host.run;
    const tested = scores.flatMap(({ step, scores: { test } }) =>
      test ? [{ step, value: test.loss }] : [],
    );
    const range = curveRange(values(losses, tested));
    const [least, most] = [range.min, range.max].map(formatLoss);
    return {
      curves: [
        { kind: 'learnt', points: points(losses) },
        { kind: 'testing', points: tested },
      ],
      range,
      label: `Loss of ${losses.length} steps, between ${least} and ${most}`,
    };
  }

  /** null for a regression. */
  #accuracies(): Omit<StripContent, 'last' | 'step'> | null {
    const { scores } = this.#host.run;
    const of = (part: 'train' | 'test') =>
      scores.flatMap(({ step, scores: { [part]: score } }) => {
        const value = score?.accuracy ?? null;
        return value === null ? [] : [{ step, value }];
      });
    const [learnt, testing] = [of('train'), of('test')];
    if (learnt.length === 0) return null;
    return {
      curves: [
        { kind: 'learnt', points: learnt },
        { kind: 'testing', points: testing },
      ],
      range: SHARES,
      label: `Accuracy at ${learnt.length} steps, ${formatShare(learnt.at(-1)!.value)} at the last`,
    };
  }

  /** null if none are counted, e.g. of a smooth network. */
  #counts(): Omit<StripContent, 'last' | 'step'> | null {
    const { known } = this.#host.counts;
    if (known.size === 0) return null;
    const counted = [...known].map(([step, value]) => ({ step, value }));
    const range = curveRange(known.values());
    return {
      curves: [{ kind: 'learnt', points: counted }],
      range,
      label: `Regions around the points at ${known.size} steps, at most ${formatCount(range.max)}`,
    };
  }
}

function formatLoss(loss: number): string {
  return formatNumber(loss, 3);
}

function formatShare(share: number): string {
  return `${formatNumber(100 * share, 4)} %`;
}

function describeScore({ loss, accuracy }: Score): string {
  const right = accuracy === null ? '' : `, ${formatShare(accuracy)} right`;
  return `loss ${formatNumber(loss, 4)}${right}`;
}

function* points(losses: readonly number[]): Iterable<CurvePoint> {
  for (let step = 0; step < losses.length; step += 1) yield { step, value: losses[step]! };
}

function* values(losses: readonly number[], tested: readonly CurvePoint[]): Iterable<number> {
  yield* losses;
  for (const { value } of tested) yield value;
}
