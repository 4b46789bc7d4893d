import type { Grid } from '../kernels/grid.ts';
import type { Portion } from '../passes/fieldEvaluator.ts';
import type { PictureOutput } from '../passes/sceneEvaluator.ts';
import type { Scene } from './scene.ts';
import type { RowsAhead, Schedule } from './schedule.ts';

/** A grid that is evaluated row by row. */
export interface Sweep {
  readonly grid: Grid;
  readonly outputs: readonly PictureOutput[];
  /** The key of its rows in the pace. */
  readonly work: string;
  /** Rows of samples that belong together: only whole ones are taken. */
  readonly unit: number;
  /** Whether the buffers keep all rows; else a stint overwrites the previous one. */
  readonly keeps: boolean;
  /** Uses rows that are evaluated. */
  readonly use: (row: number, rows: number) => void;
}

/** For what is swept, and how. */
export interface SweepPlan {
  readonly scene: Scene;
  readonly schedule: Schedule;
  /** Called between stints; false abandons the picture. */
  readonly isWanted: () => boolean;
}

/** What evaluates rows: the passes of a picture. */
export interface RowEvaluator {
  evaluate(
    scene: Scene,
    outputs: readonly PictureOutput[],
    firstRow: number,
    rows: number,
    targetRow: number,
    portion: Portion,
  ): void;
  /** Rows of a grid for which the buffers have room. */
  roomFor(grid: Grid): number;
}

/** Evaluates all rows of a grid, in stints. @returns false if abandoned */
export async function sweepRows(
  passes: RowEvaluator,
  plan: SweepPlan,
  sweep: Sweep,
): Promise<boolean> {
  plan.scene.evaluator.setGrid(sweep.grid);
  for (let row = 0; row < sweep.grid.height; ) {
    const ahead = rowsAhead(passes, plan.scene, sweep, row);
    const rows = plan.schedule.rowsNext(ahead);
    if (!(await takeRows(passes, plan, sweep, ahead, row, rows))) return false;
    row += rows;
  }
  return true;
}

function rowsAhead(passes: RowEvaluator, scene: Scene, sweep: Sweep, row: number): RowsAhead {
  const { grid, unit, outputs, work, keeps } = sweep;
  const { evaluator, cost } = scene;
  const ofOutputs = (count: (output: PictureOutput) => number) => outputs.map(count);
  const room = passes.roomFor(grid);
  return {
    work,
    width: grid.width,
    tileRows: Math.max(...ofOutputs((output) => evaluator.rowsTogether(grid, output))),
    cost,
    left: grid.height - row,
    most: keeps ? mostRows(scene, sweep) : Math.max(unit, room - (room % unit)),
    unit,
    pieces: (rows: number) =>
      Math.min(...ofOutputs((output) => evaluator.pieces(grid, output, rows))),
  };
}

/** The maximum number of rows of one dispatch. */
function mostRows({ evaluator }: Scene, { grid, outputs }: Sweep): number {
  return Math.min(...outputs.map((output) => evaluator.maxRows(grid, output)));
}

/** Evaluates rows and uses them. @returns false if abandoned */
async function takeRows(
  passes: RowEvaluator,
  { scene, schedule, isWanted }: SweepPlan,
  sweep: Sweep,
  ahead: RowsAhead,
  row: number,
  rows: number,
): Promise<boolean> {
  const most = mostRows(scene, sweep);
  for (let done = 0; done < rows; done += most) {
    const count = Math.min(most, rows - done);
    const pieces = ahead.pieces(count);
    for (let from = 0; from < pieces; ) {
      const stint = { ahead, rows: count, from, of: pieces };
      const to = from + schedule.piecesNext(stint);
      const portion = { from, to, of: pieces };
      const isLast = to === pieces && done + count === rows;
      const evaluate = () => {
        const target = sweep.keeps ? row + done : done;
        passes.evaluate(scene, sweep.outputs, row + done, count, target, portion);
        if (isLast) sweep.use(row, rows);
      };
      await schedule.run(evaluate, { ahead, rows: count, pieces: to - from, of: pieces });
      if (!isWanted()) return false;
      from = to;
    }
  }
  return true;
}
