/** Where a data set comes from, as plain JSON. A drawn one is a function of its seed, as NumPy and scikit-learn draw it. */
export type DataSpec = DataSource & {
  /** Which points are for testing; null if all are for training. */
  readonly split: Split | null;
};

/** As scikit-learn's `train_test_split(X, y, test_size=testSize, random_state=seed)`. */
export interface Split {
  /** The share of points for testing, between 0 and 1. */
  readonly testSize: number;
  /** 0 … 2³² − 1 */
  readonly seed: number;
}

export type DataSource =
  | MoonsSource
  | CirclesSource
  | BlobsSource
  | SpiralsSource
  | XorSource
  | ExerciseSource
  | PointsSource
  | FormulaSource
  | DigitsSource;

/** `sklearn.datasets.make_moons(samples, noise=noise, random_state=seed)` */
export interface MoonsSource extends Drawn {
  readonly kind: 'moons';
}

/** `sklearn.datasets.make_circles(samples, noise=noise, factor=factor, random_state=seed)` */
export interface CirclesSource extends Drawn {
  readonly kind: 'circles';
  /** The inner circle's radius, 0 … 1; the outer one's is 1. */
  readonly factor: number;
}

/** `sklearn.datasets.make_blobs(samples, centers=centers, cluster_std=standardDeviation, random_state=seed)` */
export interface BlobsSource extends Seeded {
  readonly kind: 'blobs';
  /** The number of centres, each of which is a class. */
  readonly centers: number;
  readonly standardDeviation: number;
}

/** Two spirals about the origin, each the other one turned by half a turn. */
export interface SpiralsSource extends Drawn {
  readonly kind: 'spirals';
  /** How often each goes round. */
  readonly turns: number;
}

/** Points of the square [−1, 1)²; class 1 where the coordinates' signs differ. */
export interface XorSource extends Drawn {
  readonly kind: 'xor';
}

/** The four points of the classic exercise. */
export interface ExerciseSource {
  readonly kind: 'exercise';
}

/** Points that are given. */
export interface PointsSource {
  readonly kind: 'points';
  /** [n][d] */
  readonly x: readonly (readonly number[])[];
  /** Labels [n], 0 … K − 1, or targets [n][K]. */
  readonly y: readonly number[] | readonly (readonly number[])[];
}

/** Values of a function of the plane at random points of a square: one target. */
export interface FormulaSource extends Drawn {
  readonly kind: 'formula';
  /** Of x1 and x2, e.g. 'sin(3 x1) + x2^2'. */
  readonly formula: string;
  /** Points are uniform on [−halfWidth, halfWidth)². */
  readonly halfWidth: number;
}

/** scikit-learn's 1,797 handwritten digits, 64 pixels of 0 … 16 each. */
export interface DigitsSource {
  readonly kind: 'digits';
}

interface Seeded {
  readonly samples: number;
  /** 0 … 2³² − 1, as NumPy's `random_state`. */
  readonly seed: number;
}

interface Drawn extends Seeded {
  /** The standard deviation of what is added to each coordinate, or to each target of a formula. */
  readonly noise: number;
}
