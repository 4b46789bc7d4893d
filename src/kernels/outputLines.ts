import { range } from './fieldCode.ts';
import { type OutputsReadoutKind, READOUT_LINES } from './readoutLines.ts';
import { type Pass, unrollPasses } from './readoutPasses.ts';
import { boundaryPasses } from './readoutWinners.ts';
import { BOUNDARY_LAYER } from './shaderConstants.ts';

/** A row of the output layer, and the names of what it makes. */
export interface OutputRow {
  readonly row: number;
  readonly value: string;
  readonly step: string;
  /** Times the derivative of what is shown by it. */
  readonly share: string;
}

/** What all forms share: the readout's lines over all outputs. */
export interface OutputLines {
  readonly rows: readonly OutputRow[];
  readonly readout: {
    readonly value: readonly string[];
    /** null if the gradient is 0. */
    readonly shares: readonly string[] | null;
    readonly valueAndShares: readonly string[];
    readonly difference: readonly string[];
  };
  readonly boundary: readonly string[];
}

/** The lines of a readout, unrolled over all outputs. */
export function outputLines(count: number, kind: OutputsReadoutKind): OutputLines {
  const { base, value, shares, difference, hasCommonPart } = READOUT_LINES[kind];
  const unroll = (...passes: (readonly Pass[])[]) => unrollPasses(passes.flat(), count);
  const outputs = range(count).map((k) => ({
    row: k,
    value: `h${k}`,
    step: `step${k}`,
    share: ` * share${k}`,
  }));
  // Its share is 1.
  const common = { row: count, value: 'commonPart', step: 'commonStep', share: '' };
  return {
    rows: hasCommonPart ? [...outputs, common] : outputs,
    readout: {
      value: unroll(base, value),
      shares: shares && unroll(base, shares),
      valueAndShares: unroll(base, value, shares ?? []),
      difference: unroll(base, difference),
    },
    boundary: unroll(boundaryPasses('boundary', BOUNDARY_LAYER)),
  };
}

/** Where the value is constant. */
export const NO_GRADIENT = ['let d1 = vec4f(0.0); let d2 = vec4f(0.0);'];
