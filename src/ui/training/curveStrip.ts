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
  readonly range: CurveRange;
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
  readonly #least = make('span', { class: 'least' });
  readonly #greatest = make('span', { class: 'greatest' });
  readonly #said = make('span', { class: 'pointed' });
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
    setText(this.#said, host.name);
    this.#plot.addEventListener('pointermove', (event) => {
      setText(this.#said, host.describe(this.#stepAt(event)));
    });
    this.#plot.addEventListener('pointerleave', () => setText(this.#said, host.name));
    this.#plot.addEventListener('click', (event) => host.goTo(this.#stepAt(event)));
    this.element = make(
      'div',
      { class: 'strip' },
      this.#plot,
      this.#greatest,
      this.#least,
      this.#said,
    );
  }

  /** @param content null if there is nothing of the kind */
  show(content: StripContent | null): void {
    this.element.hidden = content === null;
    if (content === null) return;
    const { curves, range, last, step, label } = content;
    this.#last = Math.max(1, last);
    for (const kind of ['learnt', 'testing'] as const) {
      const points = curves.find((curve) => curve.kind === kind)?.points ?? [];
      setAttribute(this.#paths[kind], 'd', curvePath(points, this.#last, range, SIZE));
    }
    const x = (SIZE.width * step) / this.#last;
    setAttribute(this.#here, 'x1', x);
    setAttribute(this.#here, 'x2', x);
    setText(this.#least, this.#host.format(range.min));
    setText(this.#greatest, this.#host.format(range.max));
    setAttribute(this.#plot, 'aria-label', label);
  }

  #stepAt(event: MouseEvent): number {
    const { left, width } = this.#plot.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    return Math.round(share * this.#last);
  }
}
