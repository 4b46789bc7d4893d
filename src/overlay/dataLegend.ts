import type { DataSet } from '../data/dataSet.ts';
import { classColor } from '../scales/classColors.ts';
import { formatNumber } from '../scales/format.ts';
import { hexColor } from '../scales/hexColor.ts';
import type { State } from '../state/state.ts';
import { shownClasses } from './classLegend.ts';
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
import { type LegendEntry, SIGN_WIDTH } from './layer.ts';
import type { Mark } from './marks.ts';

/** More classes have no entries of their own. */
const CLASSES_NAMED = 10;
const RADIUS = 4.5;
const NEUTRAL = '#b3b3b3';

/** What the points of a data set mean, and how many of them the network gets wrong. */
export function dataLegend(set: DataSet, state: State): LegendEntry[] {
  return [
    ...(set.task === 'classification'
      ? classEntries(set.classNames, state)
      : targetEntries(set, state)),
    ...partEntries(set),
    ...wrongEntries(set, state),
    ...fadingEntries(set, state),
  ];
}

function classEntries(names: readonly string[], state: State): LegendEntry[] {
  const isBesidePicture = String(shownClasses(state)) === String(names);
  if (names.length > CLASSES_NAMED || isBesidePicture) return [];
  return names.map((text, label) => ({ sign: [dot(hexColor(classColor(label)))], text }));
}

function targetEntries(set: DataSet, { field }: State): LegendEntry[] {
  const { min, max } = targetRange(set, targetColumn(set, field.readout));
  return [
    { sign: [dot(TARGET_GREYS[0]!)], text: `target ${formatNumber(min, 3)}` },
    { sign: [dot(TARGET_GREYS.at(-1)!)], text: `target ${formatNumber(max, 3)}` },
  ];
}

function partEntries({ test }: DataSet): LegendEntry[] {
  if (test === null) return [];
  return [
    { sign: [dot(NEUTRAL)], text: 'for training' },
    { sign: [dot(NEUTRAL, 'test')], text: 'for testing' },
  ];
}

function wrongEntries(set: DataSet, state: State): LegendEntry[] {
  const counts = partsOf(set).map(([, samples]) => {
    const wrong = wrongs(set, samples, state);
    return wrong && `${wrong.reduce((sum, one) => sum + one, 0)} of ${samples.count}`;
  });
  if (counts.includes(null)) return [];
  const [train, test] = counts;
  const text = test === undefined ? `wrong: ${train}` : `wrong: ${train}, in testing ${test}`;
  return [{ sign: crossMarks([[SIGN_WIDTH / 2, 0]], RADIUS), text }];
}

function fadingEntries(set: DataSet, state: State): LegendEntry[] {
  const isBeside = partsOf(set).some(([, samples]) => projected(samples, state).farthest > 0);
  return isBeside ? [{ sign: [], text: 'paler: farther from the slice' }] : [];
}

function dot(fill: string, part: keyof typeof SHAPES = 'train'): Mark {
  const centers = [[SIGN_WIDTH / 2, 0]] as const;
  const style = { fill, ...OUTLINE };
  return { kind: 'dots', shape: SHAPES[part], centers, radius: RADIUS, look: 'point', style };
}
