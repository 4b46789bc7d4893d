import type { DataSet, Samples } from '../data/dataSet.ts';
import type { Vec2 } from '../model/field.ts';
import type { Readout } from '../model/readouts.ts';
import { INK } from './ink.ts';
import type { Attributes, DotShape, Mark } from './marks.ts';

/** How points of a data set look, in the picture and in its legend. */

export const SHAPES = { train: 'disc', test: 'square' } as const satisfies Record<string, DotShape>;

export const OUTLINE: Attributes = { stroke: INK, 'stroke-width': 1 };

/** Of targets, least first: no colours of a colour map, whose range would be another one. */
export const TARGET_GREYS: readonly string[] = [
  '#111111',
  '#474747',
  '#7d7d7d',
  '#b3b3b3',
  '#ffffff',
];

/** The parts of a data set, for training first: those for testing lie over them. */
export function partsOf(set: DataSet): readonly (readonly [keyof typeof SHAPES, Samples])[] {
  const test = set.test === null ? [] : [['test', set.test] as const];
  return [['train', set.train], ...test];
}

/** Which target is shown: that of the output which the readout shows, or the first. */
export function targetColumn({ outputs }: DataSet, readout: Readout): number {
  const index = readout.kind === 'output' ? readout.index : 0;
  return index < outputs ? index : 0;
}

/** Minimum and maximum of a target over all points. */
export function targetRange(set: DataSet, column: number): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [, { y }] of partsOf(set)) {
    for (let i = column; i < y.length; i += set.outputs) {
      min = Math.min(min, y[i]!);
      max = Math.max(max, y[i]!);
    }
  }
  return { min, max };
}

/** Light and dark, so that a cross is visible on any colours. */
export function crossMarks(centers: readonly Vec2[], radius: number, opacity = 1): Mark[] {
  const cross = { kind: 'dots', shape: 'cross', centers, radius: 0.8 * radius } as const;
  const [casing, line] = [Math.min(3, radius), Math.min(1.3, 0.45 * radius)];
  return [
    {
      ...cross,
      look: 'casing',
      style: { fill: 'none', stroke: '#ffffff', 'stroke-width': casing, opacity },
    },
    {
      ...cross,
      look: 'wrong',
      style: { fill: 'none', stroke: INK, 'stroke-width': line, opacity },
    },
  ];
}
