import { type CurvePoint, type CurveRange, curvePath } from '../../drawing/lossCurve.ts';
import { make, makeSvg, setAttribute, setText } from '../dom/elements.ts';

const SIZE = { width: 300, height: 56 };

/** A curve by step, over steps 0 to `last`. */
export interface StripCurve {
  /** Its look. */
  readonly kind: 'learnt' | 'testing';
  readonly points: Iterable<CurvePoint>;
}

export interface StripContent {
  /** One of each kind at most. */
  readonly curves: readonly StripCurve[];
  /** null while there is no curve. */
  readonly range: CurveRange | null;
  /** The last step. */
  readonly last: number;
  /** Where the run is. */
  readonly step: number;
  /** For people who do not see it. */
  readonly label: string;
}

export interface StripHost {
  /** What it shows, in a word. */
  readonly name: string;
  /** A number of the range. */
  format(value: number): string;
  /** What is known of a step, for a person who points at it. */
  describe(step: number): string;
  goTo(step: number): void;
}

/** Curves by step in a narrow strip: pointing at it shows the numbers of a step, a click goes there. */
export class CurveStrip {
  readonly element: HTMLElement;
  readonly #host: StripHost;
  readonly #paths = {
    learnt: makeSvg('path', { class: 'learnt' }),
    testing: makeSvg('path', { class: 'testing' }),
  };
  readonly #here = makeSvg('line', { class: 'here', y1: 0, y2: SIZE.height });
  readonly #plot: SVGSVGElement;
  readonly #said = make('span', {});
  readonly #range = make('span', { class: 'range' });
  #last = 1;

  constructor(host: StripHost) {
    this.#host = host;
    this.#plot = makeSvg(
      'svg',
      {
        viewBox: `0 0 ${SIZE.width} ${SIZE.height}`,
        preserveAspectRatio: 'none',
        role: 'img',
        class: 'curves',
      },
      this.#paths.learnt,
      this.#paths.testing,
      this.#here,
    );
    this.#plot.addEventListener('pointermove', (event) => this.#point(this.#stepAt(event)));
    this.#plot.addEventListener('pointerleave', () => this.#point(null));
    this.#plot.addEventListener('click', (event) => host.goTo(this.#stepAt(event)));
    const head = make('div', { class: 'stripHead' }, this.#said, this.#range);
    this.element = make('div', { class: 'strip' }, head, this.#plot);
    this.#point(null);
  }

  /** @param content null if there is nothing of the kind */
  show(content: StripContent | null): void {
    this.element.hidden = content === null;
    if (content === null) return;
    const { curves, range, last, step, label } = content;
    this.#last = Math.max(1, last);
    for (const kind of ['learnt', 'testing'] as const) {
      const points = curves.find((curve) => curve.kind === kind)?.points ?? [];
      const path = range ? curvePath(points, this.#last, range, SIZE) : '';
      setAttribute(this.#paths[kind], 'd', path);
    }
    const x = (SIZE.width * step) / this.#last;
    setAttribute(this.#here, 'x1', x);
    setAttribute(this.#here, 'x2', x);
    const { format } = this.#host;
    setText(this.#range, range ? `${format(range.min)} – ${format(range.max)}` : '');
    setAttribute(this.#plot, 'aria-label', label);
  }

  /** Says what is known of a step, which needs the room of the range; null for none. */
  #point(step: number | null): void {
    this.#range.hidden = step !== null;
    setText(this.#said, step === null ? this.#host.name : this.#host.describe(step));
  }

  #stepAt(event: MouseEvent): number {
    // In the plot's own pixels, under any transforms around it.
    const share = Math.min(1, Math.max(0, event.offsetX / this.#plot.clientWidth));
    return Math.round(share * this.#last);
  }
}
