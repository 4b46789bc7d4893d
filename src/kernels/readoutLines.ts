import type { PlaneReadout } from '../model/resolve.ts';
import type { ReadoutLines } from './readoutPasses.ts';
import { SHARE_READOUTS, type ShareReadoutKind } from './readoutShares.ts';
import { WINNER_READOUTS, type WinnerReadoutKind } from './readoutWinners.ts';

/** Every readout of several outputs. */
export const READOUT_LINES: {
  readonly [K in ShareReadoutKind | WinnerReadoutKind]: ReadoutLines;
} = { ...SHARE_READOUTS, ...WINNER_READOUTS };

export type OutputsReadoutKind = keyof typeof READOUT_LINES;

/** Whether a readout is of several outputs and so has lines: others are of one output. */
export function readsOutputs(kind: PlaneReadout['kind']): kind is OutputsReadoutKind {
  return kind in READOUT_LINES;
}
