import type { NodeReader } from '../nodeReader.ts';
import { shapeText } from '../tensor.ts';

/** The attributes by which `readWindow` reads windows. */
export const WINDOW_ATTRIBUTES = ['auto_pad', 'dilations', 'kernel_shape', 'pads', 'strides'];

/** How a window moves along one axis: tap t of position p covers element p · stride + t · dilation − pad. */
export interface WindowAxis {
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Elements that are added before and after, as zeros. */
  readonly pad: number;
  readonly padAfter: number;
}

/** @param sizes those of the axes on which the window moves, of the larger side; null: `auto_pad` SAME is refused. */
export function readWindow(
  node: NodeReader,
  kernel: readonly number[],
  sizes: readonly number[] | null,
): WindowAxis[] {
  const rank = kernel.length;
  const list = (name: string, length: number, otherwise: number, least: number) => {
    const given = node.integers(name) ?? Array.from({ length }, () => otherwise);
    if (given.length !== length || given.some((own) => !(own >= least && own <= 1e6))) {
      node.fail(`its ${name} are ${shapeText(given)}; ${length} of ${least} or more can be read`);
    }
    return given;
  };
  const stated = list('kernel_shape', rank, 0, 0);
  if (node.hasAttribute('kernel_shape') && stated.some((own, i) => own !== kernel[i])) {
    node.fail(`its kernel_shape is ${shapeText(stated)}, but the kernel's ${shapeText(kernel)}`);
  }
  const [strides, dilations] = [list('strides', rank, 1, 1), list('dilations', rank, 1, 1)];
  const automatic = node.text('auto_pad', 'NOTSET');
  const pads = automatic === 'NOTSET' ? list('pads', 2 * rank, 0, 0) : null;
  return kernel.map((taps, i) => {
    const axis = { taps, stride: strides[i]!, dilation: dilations[i]! };
    if (pads) return { ...axis, pad: pads[i]!, padAfter: pads[i + rank]! };
    if (automatic === 'VALID') return { ...axis, pad: 0, padAfter: 0 };
    const isUpper = automatic === 'SAME_UPPER';
    if (!sizes || !(isUpper || automatic === 'SAME_LOWER')) {
      return node.fail(`its auto_pad is "${automatic}"`);
    }
    // Positions are as many as multiples of the stride.
    const last = (Math.ceil(sizes[i]! / axis.stride) - 1) * axis.stride;
    const total = Math.max(0, last + extentOf(axis) - sizes[i]!);
    const pad = isUpper ? Math.floor(total / 2) : Math.ceil(total / 2);
    return { ...axis, pad, padAfter: total - pad };
  });
}

/** Elements from a window's first tap to its last. */
export function extentOf({ taps, dilation }: Pick<WindowAxis, 'taps' | 'dilation'>): number {
  return (taps - 1) * dilation + 1;
}

/** Positions of a window, not rounded down to a whole number. */
export function positionsOf(axis: WindowAxis, size: number): number {
  return (size + axis.pad + axis.padAfter - extentOf(axis)) / axis.stride + 1;
}

/**
 * Visits each position, the elements that the window covers there, and with which tap; all three are counted in
 * row-major order over the axes. Taps on padding are left out.
 */
export function visitWindow(
  axes: readonly WindowAxis[],
  positions: readonly number[],
  sizes: readonly number[],
  visit: (position: number, element: number, tap: number) => void,
): void {
  const along = (i: number, position: number, element: number, tap: number) => {
    const axis = axes[i];
    if (!axis) {
      visit(position, element, tap);
      return;
    }
    for (let p = 0; p < positions[i]!; p += 1) {
      for (let t = 0; t < axis.taps; t += 1) {
        const e = p * axis.stride + t * axis.dilation - axis.pad;
        if (e < 0 || e >= sizes[i]!) continue;
        along(i + 1, position * positions[i]! + p, element * sizes[i]! + e, tap * axis.taps + t);
      }
    }
  };
  along(0, 0, 0, 0);
}
