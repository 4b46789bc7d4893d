import { readFileSync } from 'node:fs';

/** tests/reference/data/data.json, which scikit-learn and NumPy wrote. */
interface DataReference {
  /** One stream of each seed. */
  readonly draws: readonly {
    readonly seed: number;
    readonly uniform: string;
    readonly normal: string;
    readonly permutation: readonly number[];
    readonly normalAgain: string;
    readonly random: string;
  }[];
  readonly sets: readonly {
    readonly spec: { readonly kind: string };
    readonly x: string;
    /** A digit for each point. */
    readonly y: string;
  }[];
  readonly splits: readonly {
    readonly samples: number;
    readonly testSize: number;
    readonly seed: number;
    readonly train: readonly number[];
    readonly test: readonly number[];
  }[];
}

export const DATA_REFERENCE: DataReference = JSON.parse(
  readFileSync(new URL('../../reference/data/data.json', import.meta.url), 'utf8'),
);

/** The float64 numbers of a text in base64. */
export function decode(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i));
}
