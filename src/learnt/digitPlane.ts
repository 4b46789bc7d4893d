import type { DataSet } from '../data/dataSet.ts';
import { findSample, partOf, pointAt, type SamplePlace } from '../data/findSample.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { type Slice, validateSlice } from '../model/slice.ts';
import { pointsOf, sliceThrough } from '../model/slices.ts';
import { lookAtData } from '../state/beginTraining.ts';
import type { State } from '../state/state.ts';
import { dataOf } from '../state/stateData.ts';

/** Planes through points of a data set of many inputs. */

export type Corners = readonly [SamplePlace, SamplePlace, SamplePlace];
export const CORNERS = [0, 1, 2] as const;
export type Corner = (typeof CORNERS)[number];

/** Holds the triangle of the corners in its middle. */
const TRIANGLE_VIEW = { center: [0.5, 0.5], halfWidth: 1 };
/** All others lie far from it. */
const TRIANGLE = { view: TRIANGLE_VIEW, dataPoints: false };

/** The points of the data set through which the slice goes; null if it goes through others. */
export function cornersOf(state: State): Corners | null {
  const set = dataOf(state);
  const { slice } = state.field;
  if (set === null || slice === null) return null;
  const [first, second, third] = pointsOf(slice).map((point) => findSample(set, point));
  return first && second && third ? [first, second, third] : null;
}

/**
 * The corners of a plane before a person picks some: the first point for training of each of the first three classes.
 * @param other the class of a point that takes the place of one of them
 */
export function firstCorners({ train }: DataSet, other: number | null = null): Corners {
  const labels = [0, 1, 2, 3].filter((label) => label !== other);
  const place = (label: number): SamplePlace => ({
    part: 'train',
    index: Math.max(0, train.y.indexOf(label)),
  });
  return [place(labels[0]!), place(labels[1]!), place(labels[2]!)];
}

/** The patch that shows the plane through three points. @throws InvalidInputError if they are on one line */
export function planeThrough(state: State, corners: Corners): object {
  const set = dataOf(state)!;
  const [first, second, third] = corners.map(({ part, index }) => [
    ...pointAt(partOf(set, part), index),
  ]);
  const slice = checked(sliceThrough([first!, second!, third!]));
  return { field: { slice }, ...(cornersOf(state) ? {} : TRIANGLE) };
}

/**
 * The patch that puts a point at a corner of the plane; the others stay if they are points of the data set.
 * @throws InvalidInputError if the three are on one line
 */
export function placeAt(state: State, corner: Corner, place: SamplePlace): object {
  const set = dataOf(state)!;
  const label = partOf(set, place.part).y[place.index]!;
  const [first, second, third] = cornersOf(state) ?? firstCorners(set, label);
  const moved: readonly Corners[] = [
    [place, second, third],
    [first, place, third],
    [first, second, place],
  ];
  return planeThrough(state, moved[corner]!);
}

function checked(slice: Slice): Slice {
  try {
    return validateSlice(slice, 'slice', slice.origin.length)!;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new InvalidInputError('corners', 'three points on one line', 'points that span a plane');
  }
}

/** The patch that shows the plane of the two main directions of the points for training. */
export function mainDirections(state: State): object {
  const { slice, ...view } = lookAtData(dataOf(state)!);
  return { field: { slice }, view, dataPoints: true };
}
