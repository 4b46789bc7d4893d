import type { FrameReport } from '../../frameReport.ts';
import { Renderer } from '../../renderer.ts';
import type { State } from '../../state/state.ts';
import { make } from '../dom.ts';

/**
 * Draws the finest picture of a state in a size of its own, on a device of its own: what the screen
 * shows goes on meanwhile.
 *
 * @param take is lent the canvas, which it must read before it returns.
 * @throws RangeError for a size that the device cannot draw; GpuError
 */
export async function drawField<T>(
  state: State,
  widthPx: number,
  heightPx: number,
  take: (canvas: HTMLCanvasElement, report: FrameReport) => T,
): Promise<T> {
  const canvas = make('canvas');
  let report: FrameReport | null = null;
  let failure: string | null = null;
  const renderer = await Renderer.create(canvas, {
    onReport: (next) => {
      report = next;
    },
    onProblem: (problem) => {
      if (problem?.kind === 'gpu') failure = problem.message;
    },
  });
  try {
    const largest = renderer.fit(widthPx, heightPx);
    if (largest.widthPx < widthPx || largest.heightPx < heightPx) {
      throw new RangeError(
        `size: received ${widthPx} × ${heightPx} px for the field, expected at most ` +
          `${largest.widthPx} × ${largest.heightPx} px, which this device can draw`,
      );
    }
    renderer.resize(widthPx, heightPx);
    renderer.setState(state, false);
    await renderer.settled();
    if (failure !== null) throw new Error(failure);
    return take(canvas, report!);
  } finally {
    renderer.destroy();
  }
}
