import { toBase64 } from '../formats/base64url.ts';
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
  | { readonly kind: 'image'; readonly box: Box; readonly png: Uint8Array }
  | Dots
  | Net
  | Text;

/** One shape at many places, as one element: thousands stay quick. */
interface Dots {
  readonly kind: 'dots';
  readonly shape: DotShape;
  readonly centers: readonly Vec2[];
  /** Half the width. */
  readonly radius: number;
}

export type DotShape = 'disc' | 'square' | 'cross';

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

export interface SvgElement {
  readonly name: 'line' | 'polyline' | 'circle' | 'rect' | 'image' | 'path' | 'text';
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
    case 'image': {
      const href = `data:image/png;base64,${toBase64(mark.png)}`;
      const source = { href, 'xlink:href': href, preserveAspectRatio: 'none' };
      return { name: 'image', attributes: { ...mark.box, ...source }, text: '' };
    }
    case 'net':
      return { name: 'path', attributes: { d: pathOf(mark) }, text: '' };
    case 'dots':
      return { name: 'path', attributes: { d: dotsPath(mark) }, text: '' };
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

/** The outline of each shape from its leftmost top, relative to there. */
const DOT_PATHS: Readonly<Record<DotShape, (radius: number) => string>> = {
  disc: (r) => `m0 ${r}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  square: (r) => `h${2 * r}v${2 * r}h${-2 * r}z`,
  cross: (r) => `l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`,
};

function dotsPath({ shape, centers, radius }: Dots): string {
  const outline = DOT_PATHS[shape](radius);
  return centers
    .map(([x, y]) => `M${printLength(x - radius)} ${printLength(y - radius)}${outline}`)
    .join('');
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
