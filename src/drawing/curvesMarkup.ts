import type { Box } from '../overlay/marks.ts';
import { formatNumber } from '../scales/format.ts';
import { type DrawingColors, seriesColor } from './colors.ts';
import { drawFrame, drawText, layOutPlot, placeOn, type Size, TEXT_SIZE } from './plotFrame.ts';
import { element } from './svgMarkup.ts';
import type { Curve, CurvesPanel, Marker } from './vectorPanels.ts';

const POINT_RADIUS = 3;
const LOOKS: Readonly<Record<'line' | 'dashed', Readonly<Record<string, string | number>>>> = {
  line: { 'stroke-width': 2.2 },
  dashed: { 'stroke-width': 2.4, 'stroke-dasharray': '7 5' },
};

/** Curves with axes, marks and a legend, as SVG markup of this size. */
export function curvesMarkup(panel: CurvesPanel, size: Size, colors: DrawingColors): string {
  const signs = panel.curves.map(({ name, style }, i) => {
    const color = seriesColor(colors, i);
    const path: Path =
      style === 'points'
        ? [[10, 0]]
        : [
            [0, 0],
            [20, 0],
          ];
    return { name, sign: drawPath(path, style, color) };
  });
  const { plot, legend } = layOutPlot(size, signs, panel.y, colors);
  const curves = panel.curves.map((curve, i) =>
    pathsOf(curve, panel, plot)
      .map((path) => drawPath(path, curve.style, seriesColor(colors, i)))
      .join('\n'),
  );
  const markers = panel.markers.map((marker) => drawMarker(marker, panel, plot, colors));
  const frame = drawFrame(plot, panel.x, panel.y, colors);
  return [legend, frame, ...markers, ...curves].filter(Boolean).join('\n');
}

/** Describes the curves in words, for people who do not see them. */
export function describeCurves({ x, y, curves, markers }: CurvesPanel): string {
  const number = (value: number) => formatNumber(value, 4);
  const parts = curves.map(({ name, points }) => {
    const finite = points.filter((point) => point.every(Number.isFinite));
    const [first, last] = [finite[0], finite.at(-1)];
    if (!first || !last) return `${name}: no finite values`;
    return `${name}: ${number(first[1])} at ${number(first[0])}, ${number(last[1])} at ${number(last[0])}`;
  });
  const marks = markers.map(({ name, at }) => `${name} at ${number(at)}`);
  const axes = `${x.label || 'x'} from ${number(x.from)} to ${number(x.to)}`;
  const upright = `${y.label || 'y'} from ${number(y.from)} to ${number(y.to)}`;
  return `${[axes, upright, ...parts, ...marks].join('; ')}.`;
}

type Path = readonly (readonly [number, number])[];

/** Pieces of a curve in pixels; a point that is not finite ends a piece. */
function pathsOf({ points }: Curve, { x, y }: CurvesPanel, plot: Box): Path[] {
  const paths: [number, number][][] = [[]];
  for (const [px, py] of points) {
    const at = [placeOn(x, px), placeOn(y, py)] as const;
    if (at.every(Number.isFinite)) {
      paths.at(-1)!.push([plot.x + at[0] * plot.width, plot.y + (1 - at[1]) * plot.height]);
    } else if (paths.at(-1)!.length > 0) paths.push([]);
  }
  return paths.filter((path) => path.length > 0);
}

function drawPath(path: Path, style: Curve['style'], color: string): string {
  if (style === 'points') {
    return path
      .map(([cx, cy]) => element('circle', { cx, cy, r: POINT_RADIUS, fill: color }))
      .join('');
  }
  const points = path.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' ');
  return element('polyline', { points, fill: 'none', stroke: color, ...LOOKS[style] });
}

/** '' for a place outside of the plot. */
function drawMarker(
  { axis, at, name }: Marker,
  panel: CurvesPanel,
  plot: Box,
  colors: DrawingColors,
): string {
  const place = placeOn(panel[axis], at);
  if (!(place >= 0 && place <= 1)) return '';
  const stroke = { stroke: colors.quiet, 'stroke-dasharray': '2 4', 'stroke-width': 1.5 };
  const value = `${panel[axis].label} = ${formatNumber(at, 4)}`;
  const text = `${name}, ${value}`;
  if (axis === 'y') {
    const y = plot.y + (1 - place) * plot.height;
    const words = { x: plot.x + plot.width - 6, y: y - 5, 'text-anchor': 'end', fill: colors.ink };
    const line = element('line', { x1: plot.x, x2: plot.x + plot.width, y1: y, y2: y, ...stroke });
    return line + drawText(text, words);
  }
  const x = plot.x + place * plot.width;
  const bottom = plot.y + plot.height;
  const line = element('line', { x1: x, x2: x, y1: plot.y, y2: bottom, ...stroke });
  const turned = `translate(${(x - 5).toFixed(2)} ${plot.y + 8}) rotate(-90)`;
  const words = { transform: turned, 'text-anchor': 'end', fill: colors.ink };
  return line + drawText(text, { ...words, 'font-size': TEXT_SIZE });
}
