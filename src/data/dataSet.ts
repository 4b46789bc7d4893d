/** Points of a data set, and what a network should make of them. */
export interface Samples<Y extends Int32Array | Float64Array = Int32Array | Float64Array> {
  /** n, at least 1. */
  readonly count: number;
  /** [n, d], row-major. */
  readonly x: Float64Array;
  /** Labels [n] of a classification, 0 … K − 1; targets [n, K] of a regression, row-major. */
  readonly y: Y;
}

/** What is learnt from, and what tells whether it was learnt. All numbers are finite. */
export type DataSet = Classification | Regression;

/** Each point has a class, which the greatest of K outputs should name. */
export interface Classification extends Parts<Int32Array> {
  readonly task: 'classification';
  /** K names, e.g. the digits' '0' … '9'. */
  readonly classNames: readonly string[];
}

/** Each point has K numbers, which the outputs should be. */
export interface Regression extends Parts<Float64Array> {
  readonly task: 'regression';
}

interface Parts<Y extends Int32Array | Float64Array> {
  /** d */
  readonly inputs: number;
  /** K: classes of a classification, targets of a regression. */
  readonly outputs: number;
  /** d names, e.g. 'x₁', 'x₂'. */
  readonly inputNames: readonly string[];
  /** The values that are drawn black and white, if the points are images. */
  readonly grays?: readonly [black: number, white: number];
  readonly train: Samples<Y>;
  /** null without a split. */
  readonly test: Samples<Y> | null;
}
