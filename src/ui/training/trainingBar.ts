import { type CurvePoint, curvePath, curveRange } from '../../drawing/lossCurve.ts';
import { formatCount, formatNumber } from '../../scales/format.ts';
import type { State } from '../../state/state.ts';
import type { Score } from '../../training/run.ts';
import { make, makeIcon, makeSvg, setAttribute, setText } from '../dom/elements.ts';
import { ICONS } from '../dom/icons.ts';
import { Throttle } from '../dom/throttle.ts';
import type { PanelRun } from './panelRun.ts';

const SIZE = { width: 300, height: 56 };
/** Curves of many steps cost some milliseconds, and nobody reads them 60 times a second. */
const CURVES_MS = 100;
const PACES: readonly { readonly label: string; readonly value: number }[] = [
  { label: '1 step', value: 1 },
  { label: '5 steps', value: 5 },
  { label: '25 steps', value: 25 },
  { label: 'as many as fit', value: Number.POSITIVE_INFINITY },
];

type RunView = Pick<
  PanelRun,
  | 'isPlaying'
  | 'pace'
  | 'losses'
  | 'scores'
  | 'scoreAt'
  | 'reached'
  | 'onItsWay'
  | 'toggle'
  | 'stepOnce'
  | 'reset'
  | 'goTo'
>;

/** Below a picture whose network learns: buttons, the steps so far, loss and accuracy. */
export class TrainingBar {
  readonly #run: RunView;
  readonly #play: HTMLButtonElement;
  readonly #steps: HTMLInputElement;
  readonly #status = make('p', { class: 'trainingStatus', role: 'status' });
  readonly #training = makeSvg('path', { class: 'learnt' });
  readonly #testing = makeSvg('path', { class: 'testing' });
  readonly #here = makeSvg('line', { class: 'here', y1: 0, y2: SIZE.height });
  readonly #curves: SVGSVGElement;
  readonly #least = make('span', { class: 'least' });
  readonly #greatest = make('span', { class: 'greatest' });
  readonly #pointed = make('span', { class: 'pointed' });
  readonly #draw = new Throttle(CURVES_MS, () => this.#drawCurves());
  #state: State | null = null;
  /** The last step of the curves. */
  #last = 1;

  constructor(element: HTMLElement, run: RunView) {
    this.#run = run;
    this.#play = makeButton('play', 'Play (space)', () => run.toggle());
    this.#steps = make('input', { type: 'range', min: 0, step: 1, 'aria-label': 'step' });
    this.#steps.addEventListener('input', () => run.goTo(Number(this.#steps.value), 'moving'));
    const pace = make(
      'select',
      { 'aria-label': 'steps for each picture' },
      ...PACES.map(({ label }) => make('option', {}, label)),
    );
    pace.addEventListener('change', () => {
      run.pace = PACES[pace.selectedIndex]!.value;
    });
    this.#curves = makeSvg(
      'svg',
      {
        viewBox: `0 0 ${SIZE.width} ${SIZE.height}`,
        preserveAspectRatio: 'none',
        role: 'img',
        class: 'curves',
      },
      this.#training,
      this.#testing,
      this.#here,
    );
    this.#curves.addEventListener('pointermove', (event) => this.#pointAt(event));
    this.#curves.addEventListener('pointerleave', () => setText(this.#pointed, ''));
    this.#curves.addEventListener('click', (event) => run.goTo(this.#stepAt(event)));
    element.replaceChildren(
      make(
        'div',
        { class: 'trainingButtons' },
        makeButton('restart', 'Back to step 0', () => run.reset()),
        this.#play,
        makeButton('step', 'One step (.)', () => run.stepOnce()),
        pace,
        this.#steps,
      ),
      make(
        'div',
        { class: 'trainingCurves' },
        this.#curves,
        this.#greatest,
        this.#least,
        this.#pointed,
      ),
      this.#status,
    );
  }

  show(state: State): void {
    const { run } = state;
    this.#state = state;
    if (run === null) return;
    const { isPlaying, reached } = this.#run;
    const name = isPlaying ? 'Pause (space)' : 'Play (space)';
    if (this.#play.title !== name) {
      this.#play.replaceChildren(makeIcon(isPlaying ? ICONS.pause : ICONS.play));
      setAttribute(this.#play, 'title', name);
      setAttribute(this.#play, 'aria-label', name);
    }
    setAttribute(this.#steps, 'max', Math.max(reached, run.step));
    this.#steps.value = String(run.step);
    setText(this.#status, this.#describe(run.step, run.recipe.steps));
    this.#draw.request();
  }

  destroy(): void {
    this.#draw.cancel();
  }

  #describe(step: number, end: number): string {
    const { onItsWay } = this.#run;
    const place = `step ${formatCount(step)} of ${formatCount(end)}`;
    if (onItsWay !== null) return `${place}: trained up to ${formatCount(onItsWay)} so far`;
    const scores = this.#run.scoreAt(step);
    if (!scores) return place;
    const test = scores.test ? `; test ${describeScore(scores.test)}` : '';
    return `${place} · ${describeScore(scores.train)}${test}`;
  }

  #drawCurves(): void {
    const run = this.#state?.run;
    if (!run) return;
    const { losses, scores } = this.#run;
    const tested = scores.flatMap(({ step, scores: { test } }) =>
      test ? [{ step, value: test.loss }] : [],
    );
    this.#last = Math.max(1, losses.length);
    const range = curveRange(values(losses, tested));
    setAttribute(this.#training, 'd', curvePath(points(losses), this.#last, range, SIZE));
    setAttribute(this.#testing, 'd', curvePath(tested, this.#last, range, SIZE));
    const x = (SIZE.width * run.step) / this.#last;
    setAttribute(this.#here, 'x1', x);
    setAttribute(this.#here, 'x2', x);
    const [least, greatest] = [formatNumber(range.min, 3), formatNumber(range.max, 3)];
    setText(this.#least, least);
    setText(this.#greatest, greatest);
    const name = `Loss of ${losses.length} steps, between ${least} and ${greatest}`;
    setAttribute(this.#curves, 'aria-label', name);
  }

  #stepAt(event: MouseEvent): number {
    const { left, width } = this.#curves.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    return Math.round(share * this.#last);
  }

  #pointAt(event: MouseEvent): void {
    const step = this.#stepAt(event);
    const loss = this.#run.losses[step];
    const text = loss === undefined ? `step ${step}` : `step ${step}: ${formatNumber(loss, 4)}`;
    setText(this.#pointed, text);
  }
}

function describeScore({ loss, accuracy }: Score): string {
  const right = accuracy === null ? '' : `, ${formatNumber(100 * accuracy, 4)} % right`;
  return `loss ${formatNumber(loss, 4)}${right}`;
}

function* points(losses: readonly number[]): Iterable<CurvePoint> {
  for (let step = 0; step < losses.length; step += 1) yield { step, value: losses[step]! };
}

function* values(losses: readonly number[], tested: readonly CurvePoint[]): Iterable<number> {
  yield* losses;
  for (const { value } of tested) yield value;
}

function makeButton(icon: keyof typeof ICONS, name: string, act: () => void): HTMLButtonElement {
  const button = make(
    'button',
    { type: 'button', class: 'tool', title: name, 'aria-label': name },
    makeIcon(ICONS[icon]),
  );
  button.addEventListener('click', act);
  return button;
}
