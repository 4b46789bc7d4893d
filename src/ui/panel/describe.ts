import type { FrameReport } from '../../picture/frameReport.ts';
import { formatCoordinate, formatNumber } from '../../scales/format.ts';
import { axesOf, toUnit } from '../../scales/names.ts';
import { describeField, QUANTITY_LABELS } from '../../state/labels.ts';
import type { State } from '../../state/state.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import { planePoint } from '../../view/view.ts';

const DIGITS = 4;

/** Describes the picture in words, for people who do not see it. */
export function describePicture(
  state: State,
  report: FrameReport | null,
  geometry: PictureGeometry,
): string {
  const { field, quantity } = state;
  const parts = [
    `${describeField(field)}: ${QUANTITY_LABELS[quantity]}`,
    ...describeExtent(state, geometry),
  ];
  const statistics = report?.statistics;
  if (statistics) {
    const [min, max, mean] = [statistics.min, statistics.max, statistics.mean].map((value) =>
      formatNumber(value, DIGITS),
    );
    parts.push(report.constant ? `flat at ${min}` : `between ${min} and ${max}, mean ${mean}`);
  }
  return `${parts.join('; ')}.`;
}

function describeExtent({ field, view }: State, geometry: PictureGeometry): string[] {
  const { projection } = geometry;
  if (projection.kind === 'logRadial') {
    const [x, y] = view.center.map((part) => formatNumber(part, DIGITS));
    const [least, most] = [10 ** -projection.decades, geometry.reach].map((length) =>
      formatNumber(view.halfWidth * length, DIGITS),
    );
    return [`log-radial about (${x}, ${y}), distances from ${least} to ${most}`];
  }
  const { halfX, halfY } = geometry.extent;
  const first = planePoint(view, [-halfX, -halfY]);
  const last = planePoint(view, [halfX, halfY]);
  return axesOf(field).map(({ name, unit }, i) => {
    const [from, to] = [first, last].map(({ x, y }) => {
      const { high, low } = toUnit(i === 0 ? x : y, unit);
      return formatCoordinate(high, low, view.halfWidth * (unit?.scale ?? 1));
    });
    return `${name} from ${from} to ${to}`;
  });
}
