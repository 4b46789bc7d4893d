import type { FrameReport } from '../../picture/frameReport.ts';
import { formatNumber, groupDigits } from '../../scales/format.ts';
import { make, setText } from '../dom/elements.ts';

/** Digits of a value, and as many more as are needed to distinguish minimum and maximum. */
const VALUE_DIGITS = 5;
const SPAN_DIGITS = 4;
/** As many as float64 can distinguish. */
const DIGITS_MAX = 16;

const VALUES = ['min', 'max', 'mean', 'step h', 'output bias'] as const;
const MACHINE = ['samples', 'milliseconds', 'refining'] as const;
type Item = (typeof VALUES | typeof MACHINE)[number];

/** The lines below the picture: statistics of the view, and its cost. */
export class StatusLine {
  readonly #items = new Map<Item, { box: HTMLElement; value: HTMLElement }>();

  constructor(element: HTMLElement) {
    const values = make('div', { class: 'line' });
    const machine = make('div', { class: 'line machine' });
    for (const item of VALUES) this.#add(item, values, make('span', { class: 'name' }, item));
    for (const item of MACHINE) this.#add(item, machine, '');
    // A narrow page omits the words.
    this.#items.get('milliseconds')!.box.append(make('span', { class: 'perFrame' }, ' per frame'));
    element.append(values, machine);
  }

  /** @param moving whether something moves: then no finer picture is drawn yet */
  showReport(report: FrameReport, moving: boolean): void {
    const { statistics } = report;
    const digits = statistics ? digitsFor(statistics.min, statistics.max) : VALUE_DIGITS;
    this.#set('min', statistics && formatNumber(statistics.min, digits));
    this.#set('max', statistics && formatNumber(statistics.max, digits));
    this.#set('mean', statistics && formatNumber(statistics.mean, digits));
    this.#set('samples', `${formatSamples(report.samples)} samples`);
    this.#set('milliseconds', `${formatMilliseconds(report.frameMilliseconds)} ms`);
    this.#set('refining', report.settled || moving ? null : 'refining…');
  }

  /** @param step between the samples of np.gradient; null for other quantities */
  showStep(step: number | null): void {
    this.#set('step h', step === null ? null : formatNumber(step, VALUE_DIGITS));
  }

  showOutputBias(bias: number | null): void {
    this.#set('output bias', bias === null ? null : formatNumber(bias, VALUE_DIGITS));
  }

  #add(item: Item, line: HTMLElement, label: HTMLElement | string): void {
    const value = make('span', { class: 'value' });
    const box = make('span', { class: 'item', hidden: true }, label, value);
    this.#items.set(item, { box, value });
    line.append(box);
  }

  #set(item: Item, text: string | null): void {
    const { box, value } = this.#items.get(item)!;
    box.hidden = text === null;
    setText(value, text ?? '');
  }
}

function digitsFor(min: number, max: number): number {
  const size = Math.max(Math.abs(min), Math.abs(max));
  const lost = max > min ? Math.floor(Math.log10(size / (max - min))) : 0;
  return Math.min(DIGITS_MAX, Math.max(VALUE_DIGITS, lost + SPAN_DIGITS));
}

function formatSamples(count: number): string {
  return count < 1e6 ? groupDigits(count) : `${(count / 1e6).toFixed(2)} M`;
}

function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}
