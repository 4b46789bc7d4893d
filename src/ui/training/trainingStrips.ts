import { type CurvePoint, curveRange } from '../../drawing/lossCurve.ts';
import { formatCount, formatCounted, formatNumber } from '../../scales/format.ts';
import type { StripContent } from './curveStrip.ts';
import type { PanelRun } from './panelRun.ts';
import type { StepCounts } from './stepCounts.ts';

/** What is known of a run. */
export interface KnownRun {
  readonly run: Pick<PanelRun, 'losses' | 'scores' | 'scoreAt'>;
  readonly counts: Pick<StepCounts, 'known' | 'at'>;
}

/** A strip of curves below a picture whose network learns. */
export interface StripKind {
  readonly name: string;
  format(value: number): string;
  /** null if there is nothing of the kind. */
  content(known: KnownRun): Omit<StripContent, 'last' | 'step'> | null;
  /** The step nearest to one at which something is known. */
  stepNear(step: number, known: KnownRun): number;
  /** Of training and test data, as far as they are known. */
  valuesAt(step: number, known: KnownRun): readonly (number | null | undefined)[];
}

const loss: StripKind = {
  name: 'loss',
  format: (value) => formatNumber(value, 3),
  content({ run: { losses, scores } }) {
    const tested = scores.flatMap(({ step, scores: { test } }) =>
      test ? [{ step, value: test.loss }] : [],
    );
    if (losses.length === 0)
      return { curves: [], range: null, label: 'No loss before the first step' };
    const range = curveRange(values(losses, tested));
    const [least, most] = [range.min, range.max].map(this.format);
    return {
      curves: [
        { kind: 'learnt', points: points(losses) },
        { kind: 'testing', points: tested },
      ],
      range,
      label: `Loss of ${formatCounted(losses.length, 'step')}, between ${least} and ${most}`,
    };
  },
  stepNear: (step) => step,
  valuesAt(step, { run }) {
    const scores = run.scoreAt(step);
    return [run.losses[step] ?? scores?.train.loss, scores?.test?.loss];
  },
};

const accuracy: StripKind = {
  name: 'right',
  format: formatShare,
  // A regression has none.
  content({ run: { scores } }) {
    const of = (part: 'train' | 'test') =>
      scores.flatMap(({ step, scores: { [part]: score } }) => {
        const value = score?.accuracy ?? null;
        return value === null ? [] : [{ step, value }];
      });
    const [learnt, testing] = [of('train'), of('test')];
    if (learnt.length === 0) return null;
    const last = formatShare(learnt.at(-1)!.value);
    return {
      curves: [
        { kind: 'learnt', points: learnt },
        { kind: 'testing', points: testing },
      ],
      range: { min: 0, max: 1, logarithmic: false },
      label: `Accuracy at ${formatCounted(learnt.length, 'step')}, ${last} at the last`,
    };
  },
  stepNear: (step, { run }) =>
    nearestTo(
      step,
      run.scores.map((score) => score.step),
    ),
  valuesAt(step, { run }) {
    const scores = run.scoreAt(step);
    return [scores?.train.accuracy, scores?.test?.accuracy];
  },
};

const regions: StripKind = {
  name: 'regions',
  format: formatCount,
  // A smooth network has none.
  content({ counts: { known } }) {
    if (known.size === 0) return null;
    const range = curveRange(known.values());
    const counted = [...known].map(([step, value]) => ({ step, value }));
    return {
      curves: [{ kind: 'learnt', points: counted }],
      range,
      label: `Regions around the points at ${formatCounted(known.size, 'step')}, at most ${formatCount(range.max)}`,
    };
  },
  stepNear: (step, { counts }) => nearestTo(step, [...counts.known.keys()]),
  valuesAt: (step, { counts }) => [counts.at(step)],
};

/** From left to right. */
export const STRIPS: readonly StripKind[] = [loss, accuracy, regions];

/** What a strip shows at a step, in words. */
export function describeAt(kind: StripKind, pointed: number, known: KnownRun): string {
  const step = kind.stepNear(pointed, known);
  const shown = kind
    .valuesAt(step, known)
    .flatMap((value) => (value == null ? [] : [kind.format(value)]));
  const place = `${kind.name}, step ${formatCount(step)}`;
  return shown.length > 0 ? `${place}: ${shown.join(', test ')}` : place;
}

export function formatShare(share: number): string {
  return `${formatNumber(100 * share, 4)} %`;
}

/** The step itself if nothing is known. */
function nearestTo(step: number, known: readonly number[]): number {
  const away = (other: number) => Math.abs(other - step);
  const [first = step] = known;
  return known.reduce((nearest, other) => (away(other) < away(nearest) ? other : nearest), first);
}

function* points(losses: readonly number[]): Iterable<CurvePoint> {
  for (let step = 0; step < losses.length; step += 1) yield { step, value: losses[step]! };
}

function* values(losses: readonly number[], tested: readonly CurvePoint[]): Iterable<number> {
  yield* losses;
  for (const { value } of tested) yield value;
}
