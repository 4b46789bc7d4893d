import type { Wins } from '../model/readouts.ts';
import { CancelledError, LimitExceededError } from './arrangement.ts';
import { boxesOf } from './boxes.ts';
import { findCrossed } from './crossings.ts';
import type { CutResult } from './cutCells.ts';
import type { Level } from './exactDecisions.ts';
import { FORM_SIZE } from './homogeneous.ts';
import type { PreparedLayer } from './preparedLayer.ts';

/** The cells of a subdivision once lines between classes have cut them. */
export interface DecisionPieces {
  /** [pieces]: the output that wins. */
  readonly winners: readonly number[];
  /** [pieces]: the cell of which each is a part; a piece that keeps its cell's index comes first. */
  readonly cellOf: readonly number[];
}

export interface DecisionOptions {
  readonly wins: Wins;
  readonly maxPieces: number;
  readonly cancelled: () => boolean;
  /** Called after each output. */
  readonly onOutput: () => void;
}

/**
 * Cuts the cells of the subdivision further, where another output wins: first between outputs 0 and 1, then between the
 * winner of these and output 2, and so on. How far output k is ahead of the winner of those before is a continuous
 * function that is affine on each piece, so that neighbours agree about where it changes its sign; this is as if every
 * output but the first were one more neuron.
 */
export function cutPieces(cut: CutResult, options: DecisionOptions): DecisionPieces {
  const { network, subdivision, exact } = cut;
  const boxes = boxesOf(subdivision, network.underflow.threshold);
  const cellOf = subdivision.loops.map((_, cell) => cell);
  const winners = cellOf.map(() => 0);
  /** Each piece has a form of its own. */
  const rowOf = [...cellOf];
  for (let output = 1; output < network.output.outputs; output++) {
    if (options.cancelled()) throw new CancelledError();
    if (!isRepeated(network.output, output)) insert(output);
    options.onOutput();
  }
  return { winners, cellOf };

  /** Where the output is ahead of a piece's winner. */
  function levelIn(piece: number, output: number): Level {
    const winner = winners[piece];
    return options.wins === 'greatest'
      ? { upper: output, lower: winner }
      : { upper: winner, lower: output };
  }

  function insert(output: number): void {
    const forms = leadsOf(cut, { winners, cellOf }, output, options.wins);
    const { crossed, positive } = findCrossed(subdivision, {
      forms,
      first: 0,
      stride: FORM_SIZE,
      rows: cellOf.length,
      rowOf,
      boxes,
      boxOf: (piece) => cellOf[piece],
      underflow: network.underflow,
      decide: (piece, point) => exact.signOfLevel(levelIn(piece, output), piece, point),
      onZero: () => {},
    });
    if (cellOf.length + crossed.length > options.maxPieces) {
      throw new LimitExceededError('pieces of decision regions', options.maxPieces);
    }
    for (const piece of positive) winners[piece] = output;
    for (const piece of crossed) {
      // One name for all lines of this output: an edge that two pieces share is cut once.
      const name = network.neurons + output;
      const line = subdivision.addLine(forms, piece * FORM_SIZE, name, piece);
      exact.addLevel(line, levelIn(piece, output));
      rowOf.push(subdivision.splitCell(piece, line, network.hidden.length));
      winners.push(output);
      cellOf.push(cellOf[piece]);
    }
  }
}

/** Whether an output has the parameters of an earlier one, which then wins instead. */
function isRepeated({ inputs, weight, bias, roundings }: PreparedLayer, output: number): boolean {
  if (roundings > 0) return false;
  for (let earlier = 0; earlier < output; earlier++) {
    let isEqual = bias[earlier] === bias[output];
    for (let input = 0; isEqual && input < inputs; input++) {
      isEqual = weight[earlier * inputs + input] === weight[output * inputs + input];
    }
    if (isEqual) return true;
  }
  return false;
}

/** Twice the unit roundoff, and room for the roundings of the bound. */
const ROUNDING = 2 ** -52;
const SLACK = 1 + 2 ** -40;

/** [pieces, 6]: how far an output is ahead of each piece's winner, as forms. */
function leadsOf(
  { network, outputs }: CutResult,
  { winners, cellOf }: DecisionPieces,
  output: number,
  wins: Wins,
): Float64Array {
  const count = network.output.outputs;
  const sense = wins === 'greatest' ? 1 : -1;
  const forms = new Float64Array(cellOf.length * FORM_SIZE);
  for (let piece = 0; piece < cellOf.length; piece++) {
    const own = (cellOf[piece] * count + output) * FORM_SIZE;
    const winner = (cellOf[piece] * count + winners[piece]) * FORM_SIZE;
    const at = piece * FORM_SIZE;
    for (let i = 0; i < 3; i++) {
      const lead = sense * (outputs[own + i] - outputs[winner + i]);
      const error = outputs[own + i + 3] + outputs[winner + i + 3];
      forms[at + i] = lead;
      forms[at + i + 3] = (error + ROUNDING * Math.abs(lead)) * SLACK;
    }
  }
  return forms;
}
