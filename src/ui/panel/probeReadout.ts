import type { Field, Vec2 } from '../../model/field.ts';
import type { Evaluator } from '../../reference/evaluate.ts';
import { createEvaluator } from '../../reference/evaluate.ts';
import type { Probe } from '../../reference/probe.ts';
import { probeFinely, probeWith } from '../../reference/probe.ts';
import { formatAffine, formatCoordinate, formatNumber } from '../../scales/format.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import type { View } from '../../view/view.ts';
import { planePoint } from '../../view/view.ts';
import { make } from '../dom/elements.ts';
import { Throttle } from '../dom/throttle.ts';

/** Digits of the value, and as many more as are needed to distinguish neighbouring places of a deep zoom. */
const VALUE_DIGITS = 6;
const VALUE_DIGITS_MAX = 15;
/** A step of the pointer that should be visible in the value, as a fraction of the length scale there. */
const SEEN_STEP = 0.01;
const PART_DIGITS = 4;
/** The neurons of a layer up to this number are shown one by one; for a wider layer only their number is shown. */
const DOTS_MAX = 32;
/** Below this fraction of the coordinates float64's rounding, over some layers, can reach a pixel. */
const DEEP = 1e-9;
/** The readout follows the pointer this fast, or more slowly if a probe takes long. */
const INTERVAL_MS = 50;
const INTERVAL_PER_COST = 10;

/**
 * The values of the field at a point, in float64: under the pointer, where a finger tapped, or in the
 * middle while the picture has the keyboard's focus.
 */
export class ProbeReadout {
  readonly #card = make('div', { class: 'probe', hidden: true });
  readonly #mark = make('div', { class: 'mark', hidden: true });
  readonly #geometry: PictureGeometry;
  #evaluator: Evaluator | null = null;
  #field: Field | null = null;
  #view: View | null = null;
  #pointer: Vec2 | null = null;
  #pinned = false;
  #keyboard = false;
  readonly #throttle = new Throttle(INTERVAL_MS, () => this.#read());

  constructor(picture: HTMLElement, geometry: PictureGeometry) {
    this.#geometry = geometry;
    picture.append(this.#mark, this.#card);
  }

  /** Follows the pointer; `pinned` marks the place, for a finger that has gone. */
  pointAt(atPx: Vec2 | null, pinned: boolean): void {
    this.#pointer = atPx;
    this.#pinned = pinned && atPx !== null;
    this.#update();
  }

  /** Probes the middle while there is no pointer. */
  useKeyboard(active: boolean): void {
    this.#keyboard = active;
    this.#update();
  }

  show(field: Field, view: View): void {
    if (field !== this.#field) this.#evaluator = null;
    this.#field = field;
    this.#view = view;
    this.#update();
  }

  destroy(): void {
    this.#throttle.cancel();
  }

  #update(): void {
    const at = this.#place();
    this.#card.hidden = at === null;
    this.#mark.hidden = at === null || !(this.#pinned || this.#pointer === null);
    if (at === null) this.#throttle.cancel();
    else this.#throttle.request();
  }

  #place(): Vec2 | null {
    if (this.#pointer !== null) return this.#pointer;
    if (this.#keyboard) return [this.#geometry.width / 2, this.#geometry.height / 2];
    return null;
  }

  #read(): void {
    const [at, view, field] = [this.#place(), this.#view, this.#field];
    if (!at || !view || !field) return;
    const start = performance.now();
    this.#evaluator ??= createEvaluator(field);
    const u = this.#geometry.toView(...at);
    const { x, y } = planePoint(view, u);
    const scale = view.halfWidth * this.#geometry.lengthSeenAt(...at);
    const isDeep = scale < DEEP * Math.max(1, Math.abs(x.high), Math.abs(y.high));
    const probe = isDeep
      ? probeFinely(this.#evaluator, x, y)
      : probeWith(this.#evaluator, x.high, y.high);
    const costMs = performance.now() - start;
    this.#throttle.intervalMs = Math.max(INTERVAL_MS, INTERVAL_PER_COST * costMs);
    const coordinates = [
      formatCoordinate(x.high, x.low, scale),
      formatCoordinate(y.high, y.low, scale),
    ];
    this.#mark.style.translate = `${at[0]}px ${at[1]}px`;
    this.#card.classList.toggle('right', isUnderCard(at, this.#geometry.width));
    const isRadial = this.#geometry.projection.kind === 'logRadial';
    const away = isRadial ? view.halfWidth * Math.hypot(...u) : null;
    this.#card.replaceChildren(...describeProbe(coordinates, away, probe, scale));
  }
}

/** The card lies top left, and moves out of the way of a pointer there. */
function isUnderCard(at: Vec2, width: number): boolean {
  return at[0] < Math.min(320, width / 2) && at[1] < 260;
}

function describeProbe(
  coordinates: readonly string[],
  away: number | null,
  probe: Probe,
  scale: number,
): HTMLElement[] {
  const [partial1, partial2] = probe.gradient;
  const change = Math.hypot(partial1, partial2) * scale * SEEN_STEP;
  const digits = Math.ceil(Math.log10(Math.abs(probe.value) / change));
  const valueDigits = Number.isFinite(digits)
    ? Math.min(VALUE_DIGITS_MAX, Math.max(VALUE_DIGITS, digits))
    : VALUE_DIGITS;
  const rows = [
    makeRow('x', `(${coordinates.join(', ')})`),
    ...(away === null ? [] : [makeRow('‖x − c‖', formatPart(away))]),
    makeRow('f(x)', formatNumber(probe.value, valueDigits), 'main'),
    makeRow('∇f', `(${formatPart(partial1)}, ${formatPart(partial2)})`),
    makeRow('‖∇f‖', formatPart(Math.hypot(partial1, partial2))),
  ];
  if (probe.softmax) rows.push(makeRow('softmax', makeBars(probe.softmax)));
  if (probe.pattern) rows.push(makeRow('active', makePattern(probe.pattern)));
  if (probe.affineMap) {
    rows.push(makeRow('locally f(x) =', formatAffine(probe.affineMap, PART_DIGITS)));
  }
  return rows;
}

function makeRow(name: string, value: string | HTMLElement, kind = ''): HTMLElement {
  return make(
    'div',
    { class: `row ${kind}` },
    make('span', { class: 'name' }, name),
    make('span', { class: 'value' }, value),
  );
}

function formatPart(value: number): string {
  return formatNumber(value, PART_DIGITS);
}

function makeBars(components: readonly number[]): HTMLElement {
  const bars = components.map((component, k) => {
    const fill = make('span', { class: 'fill' });
    fill.style.width = `${component * 100}%`;
    return make(
      'span',
      { class: 'bar' },
      make('span', { class: 'index' }, String(k + 1)),
      make('span', { class: 'track' }, fill),
      make('span', { class: 'value' }, formatNumber(component, 3)),
    );
  });
  return make('span', { class: 'bars' }, ...bars);
}

/** A row of dots for each hidden layer, filled if a neuron is active. */
function makePattern(pattern: readonly string[]): HTMLElement {
  const layers = pattern.map((layer) => {
    const active = [...layer].filter((sign) => sign === '1').length;
    const count = `${active} of ${layer.length}`;
    if (layer.length > DOTS_MAX) return make('span', { class: 'layer' }, count);
    const dots = [...layer].map((sign) => (sign === '1' ? '●' : '○')).join('');
    return make('span', { class: 'layer dots', title: count }, dots);
  });
  return make('span', { class: 'layers' }, ...layers);
}
