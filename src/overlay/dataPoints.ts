import type { DataSet, Samples } from '../data/dataSet.ts';
import { dataSetIfLoaded } from '../data/loadDataSet.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import type { Vec2 } from '../model/field.ts';
import { classColor } from '../scales/classColors.ts';
import { hexColor } from '../scales/hexColor.ts';
import type { State } from '../state/state.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import { dataLegend } from './dataLegend.ts';
import {
  crossMarks,
  OUTLINE,
  partsOf,
  SHAPES,
  TARGET_GREYS,
  targetColumn,
  targetRange,
} from './dataLooks.ts';
import { projected, wrongs } from './dataReadings.ts';
import { INK } from './ink.ts';
import { type Layer, NO_LAYER } from './layer.ts';
import type { Mark } from './marks.ts';
import { pixelOf } from './pointPlaces.ts';

/** So many points have room for their labels. */
const LABELLED = 30;
const LABELLED_RADIUS = 9;
/** The more points, the smaller: the radius up to so many of them. */
const RADII = [
  { count: 500, radius: 4.5 },
  { count: 3000, radius: 3 },
  { count: Number.POSITIVE_INFINITY, radius: 2 },
] as const;
/** Opacities of points by their distance from the slice, nearest first; the last is that of the farthest. */
const FADING = [1, 0.7, 0.45, 0.25] as const;
/** Points further out are not drawn. */
const MARGIN_PX = 10;

/** The points of one look. */
interface Group {
  readonly part: keyof typeof SHAPES;
  readonly fill: string;
  /** An index of FADING. */
  readonly fade: number;
  readonly centers: Vec2[];
}

/**
 * The points of the state's data set: discs for training, squares for testing, in the colours of their classes, those crossed
 * out that the network gives another class. Points beside the slice lie where they are nearest to it, and the paler the farther.
 */
export function dataPointsLayer(state: State, geometry: PictureGeometry): Layer {
  if (state.data === null || !state.dataPoints) return NO_LAYER;
  const set = dataSetIfLoaded(state.data);
  if (set === null) return note('The data are being fetched.');
  const { inputs } = shapeOf(state.field.network);
  if (set.inputs !== inputs) {
    return note(`The data have ${set.inputs} inputs, the network ${inputs}.`);
  }
  const count = set.train.count + (set.test?.count ?? 0);
  const isLabelled = set.task === 'classification' && count <= LABELLED;
  const radius = isLabelled ? LABELLED_RADIUS : RADII.find((size) => count <= size.count)!.radius;
  const { groups, crossed, labels } = place(set, state, geometry, isLabelled);
  const marks = [
    ...groups.map((group) => dotsMark(group, radius)),
    ...labels,
    ...FADING.flatMap((opacity, fade) => {
      const centers = crossed[fade]!;
      return centers.length > 0 ? crossMarks(centers, radius, opacity) : [];
    }),
  ];
  return { marks, legend: dataLegend(set, state) };
}

function note(text: string): Layer {
  return { marks: [], legend: [{ sign: [], text }] };
}

interface Placed {
  /** Lowest first. */
  readonly groups: readonly Group[];
  /** Places of points that have the wrong class, by their fading. */
  readonly crossed: readonly (readonly Vec2[])[];
  readonly labels: readonly Mark[];
}

function place(set: DataSet, state: State, geometry: PictureGeometry, isLabelled: boolean): Placed {
  const groups = new Map<string, Group>();
  const crossed = FADING.map((): Vec2[] => []);
  const labels: Mark[] = [];
  const fillOf = fillsOf(set, state);
  const farthest = Math.max(
    ...partsOf(set).map(([, samples]) => projected(samples, state).farthest),
  );
  for (const [part, samples] of partsOf(set)) {
    const { places, distances } = projected(samples, state);
    const isWrong = wrongs(set, samples, state);
    for (let i = 0; i < samples.count; i += 1) {
      const at = seenAt(places[2 * i]!, places[2 * i + 1]!, state, geometry);
      if (at === null) continue;
      const fill = fillOf(samples, i);
      const fade = distances && farthest > 0 ? fadeOf(distances[i]! / farthest) : 0;
      const key = `${part} ${fade} ${fill}`;
      const group = groups.get(key) ?? { part, fill, fade, centers: [] };
      group.centers.push(at);
      groups.set(key, group);
      if (isWrong?.[i]) crossed[fade]!.push(at);
      if (isLabelled && set.task === 'classification') {
        labels.push(labelMark(set.classNames, samples.y[i]!, at));
      }
    }
  }
  // The nearest on top.
  return { groups: [...groups.values()].sort((a, b) => b.fade - a.fade), crossed, labels };
}

/** null if it is not in the picture. */
function seenAt(u1: number, u2: number, { view }: State, geometry: PictureGeometry): Vec2 | null {
  const [x, y] = pixelOf(u1, u2, view, geometry);
  const isInside =
    x > -MARGIN_PX &&
    x < geometry.width + MARGIN_PX &&
    y > -MARGIN_PX &&
    y < geometry.height + MARGIN_PX;
  return isInside ? [x, y] : null;
}

function fadeOf(share: number): number {
  return Math.min(FADING.length - 1, Math.floor(share * FADING.length));
}

/** The colour of each point: its class, or where its target lies between the least and the greatest. */
function fillsOf(set: DataSet, { field }: State): (samples: Samples, i: number) => string {
  if (set.task === 'classification') {
    const colors = set.classNames.map((_, label) => hexColor(classColor(label)));
    return ({ y }, i) => colors[y[i]!]!;
  }
  const column = targetColumn(set, field.readout);
  const { min, max } = targetRange(set, column);
  const top = TARGET_GREYS.length - 1;
  return ({ y }, i) => {
    const share = max > min ? (y[i * set.outputs + column]! - min) / (max - min) : 0;
    return TARGET_GREYS[Math.round(share * top)]!;
  };
}

function dotsMark({ part, fill, fade, centers }: Group, radius: number): Mark {
  const opacity = FADING[fade]!;
  const style = { fill, ...OUTLINE, opacity };
  return { kind: 'dots', shape: SHAPES[part], centers, radius, look: `point ${part}`, style };
}

/** The number of its class, in the ink that the class's colour asks for. */
function labelMark(names: readonly string[], label: number, [x, y]: Vec2): Mark {
  const [red, green, blue] = classColor(label);
  const isLight = 0.299 * red + 0.587 * green + 0.114 * blue > 140;
  const style = { 'font-size': 13, 'font-weight': 700, fill: isLight ? INK : '#ffffff' };
  const text = names[label]!.replace(/^class /, '');
  return { kind: 'text', text, at: [x, y + 4.5], anchor: 'middle', look: 'pointLabel', style };
}
