import type { Vec2 } from '../model/field.ts';

/** A rectangle from its top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Attributes of SVG elements. */
export type Attributes = Readonly<Record<string, string | number>>;

/**
 * Something drawn over or beside a picture, as plain data, with y pointing down. The unit is a CSS pixel on the
 * page and a unit of text in a file.
 */
export type Mark = Shape & {
  /** One or two words for what it is: classes, by which the page's style sheets may change its attributes. */
  readonly look: string;
  /** Its attributes on paper, and on the page unless a style sheet overrides them. */
  readonly style: Attributes;
};

type Shape =
  | { readonly kind: 'line'; readonly from: Vec2; readonly to: Vec2 }
  | { readonly kind: 'polyline'; readonly points: readonly Vec2[] }
  | { readonly kind: 'circle'; readonly center: Vec2; readonly radius: number }
  | { readonly kind: 'rect'; readonly box: Box }
  | Net
  | Text;

/** Circles and lines as one stroke, so that crossings are not darker. */
interface Net {
  readonly kind: 'net';
  readonly circles: readonly { readonly center: Vec2; readonly radius: number }[];
  readonly lines: readonly (readonly [Vec2, Vec2])[];
}

interface Text {
  readonly kind: 'text';
  readonly text: string;
  readonly at: Vec2;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Read from the bottom to the top. */
  readonly upright?: boolean;
  /** The outline behind the letters. */
  readonly halo?: Attributes;
}

interface SvgElement {
  readonly name: 'line' | 'polyline' | 'circle' | 'rect' | 'path' | 'text';
  readonly attributes: Attributes;
  readonly text: string;
}

/** The SVG element that draws a mark, without its look and style. */
export function svgOf(mark: Mark): SvgElement {
  switch (mark.kind) {
    case 'line': {
      const [[x1, y1], [x2, y2]] = [mark.from, mark.to];
      return { name: 'line', attributes: { x1, x2, y1, y2 }, text: '' };
    }
    case 'polyline': {
      const points = mark.points.map((point) => point.map(printLength).join(',')).join(' ');
      return { name: 'polyline', attributes: { points }, text: '' };
    }
    case 'circle': {
      const [cx, cy] = mark.center;
      return { name: 'circle', attributes: { cx, cy, r: mark.radius }, text: '' };
    }
    case 'rect':
      return { name: 'rect', attributes: { ...mark.box }, text: '' };
    case 'net':
      return { name: 'path', attributes: { d: pathOf(mark) }, text: '' };
    case 'text': {
      const anchor = { 'text-anchor': mark.anchor };
      const [x, y] = mark.at;
      if (!mark.upright) return { name: 'text', attributes: { x, y, ...anchor }, text: mark.text };
      const transform = `translate(${printLength(x)} ${printLength(y)}) rotate(-90)`;
      return { name: 'text', attributes: { transform, ...anchor }, text: mark.text };
    }
  }
}

/** Rounded to a thousandth of a pixel, which no screen or printer resolves. */
export function printLength(value: number): string {
  return String(Math.round(value * 1000) / 1000 + 0);
}

function pathOf({ circles, lines }: Net): string {
  const place = (x: number, y: number) => `${printLength(x)} ${printLength(y)}`;
  return [
    ...circles.map(({ center: [x, y], radius }) => {
      // Quarters: the ends of halves would have to be two radii apart to the last digit of float32.
      const arc = (dx: number, dy: number) =>
        `A${place(radius, radius)} 0 0 0 ${place(x + dx * radius, y + dy * radius)}`;
      return `M${place(x + radius, y)}${arc(0, -1)}${arc(-1, 0)}${arc(0, 1)}${arc(1, 0)}`;
    }),
    ...lines.map(([from, to]) => `M${place(...from)}L${place(...to)}`),
  ].join('');
}
