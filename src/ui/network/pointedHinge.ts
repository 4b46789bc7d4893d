import type { NeuronPlace } from '../../drawing/diagramWindow.ts';
import type { Vec2 } from '../../model/field.ts';
import { resolve } from '../../model/resolve.ts';
import { printLength } from '../../overlay/marks.ts';
import { NeuronPass } from '../../reference/neuronPass.ts';
import { hexColor } from '../../scales/hexColor.ts';
import { layerColor } from '../../scales/layerColors.ts';
import type { State } from '../../state/state.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import { planePoint } from '../../view/view.ts';
import { makeSvg, setAttribute } from '../dom/elements.ts';
import { traceHinge } from './hingeTrace.ts';
import { LatestWork } from './latestWork.ts';

/** The hinge of one neuron, bold over the picture, in its layer's colour. */
export class PointedHinge {
  readonly #svg = makeSvg('svg', { class: 'overlay pointedHinge empty', 'aria-hidden': 'true' });
  readonly #casing = makeSvg('path', { class: 'casing' });
  readonly #line = makeSvg('path', { class: 'line' });
  readonly #geometry: PictureGeometry;
  readonly #work = new LatestWork<Vec2[][]>();
  #place: NeuronPlace | null = null;

  constructor(canvas: HTMLCanvasElement, geometry: PictureGeometry) {
    this.#geometry = geometry;
    this.#svg.append(this.#casing, this.#line);
    canvas.after(this.#svg);
  }

  /** @param place null for none */
  show({ field, view }: State, place: NeuronPlace | null, moving: boolean): void {
    this.#place = place;
    if (place === null || place.rank === 0) {
      this.#draw([]);
      return;
    }
    const resolved = resolve(field);
    const geometry = this.#geometry;
    this.#work.request({
      isBrief: moving,
      work: () => {
        const pass = new NeuronPass(resolved, planePoint(view, [0, 0]));
        const at = [place.rank - 1, place.index] as const;
        return traceHinge(pass, resolved.network, at, geometry, view.halfWidth);
      },
      show: (lines) => {
        if (this.#place !== place) return;
        setAttribute(this.#line, 'stroke', hexColor(layerColor(place.rank)));
        this.#draw(lines);
      },
    });
  }

  destroy(): void {
    this.#work.end();
  }

  #draw(lines: readonly (readonly Vec2[])[]): void {
    const path = lines.map((line) => `M${line.map(print).join('L')}`).join('');
    setAttribute(this.#casing, 'd', path);
    setAttribute(this.#line, 'd', path);
    this.#svg.classList.toggle('empty', lines.length === 0);
  }
}

function print([x, y]: Vec2): string {
  return `${printLength(x)} ${printLength(y)}`;
}
