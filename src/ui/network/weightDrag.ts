import { lineNear, type WeightLine } from '../../drawing/diagramLines.ts';
import type { Vec2 } from '../../model/field.ts';
import { DRAG_PX } from './weightRows.ts';

/** A line is pointed at from so many CSS pixels. */
const NEAR_PX = 4;

export interface DragHost {
  readonly lines: readonly WeightLine[];
  /** Points at a line, or at none. */
  point(line: WeightLine | null): void;
  /** The value of a weight, and the size of the largest of its layer. */
  valueOf(line: WeightLine): { readonly value: number; readonly scale: number };
  drag(line: WeightLine, value: number): void;
}

/**
 * Lets a mouse or a pen point at the lines of weights and drag them: up is more. Fingers scroll the diagram, and drag in the card.
 *
 * @param stage an element with the lines' coordinates
 */
export function letDragWeights(stage: HTMLElement, host: DragHost, signal: AbortSignal): void {
  let held: { readonly line: WeightLine; readonly y: number; readonly from: number } | null = null;
  const lineAt = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || isOnNeuron(event)) return null;
    return lineNear(host.lines, placeIn(stage, event), NEAR_PX);
  };
  const listen = (name: 'pointermove' | 'pointerdown', act: (event: PointerEvent) => void) =>
    stage.addEventListener(name, act, { signal });
  listen('pointermove', (event) => {
    if (held) {
      const { scale } = host.valueOf(held.line);
      const moved = ((held.y - event.clientY) / DRAG_PX) * scale;
      held = { ...held, y: event.clientY, from: held.from + moved };
      host.drag(held.line, held.from);
      return;
    }
    const line = lineAt(event);
    stage.classList.toggle('onLine', line !== null);
    host.point(line);
  });
  listen('pointerdown', (event) => {
    const line = event.button === 0 ? lineAt(event) : null;
    if (!line) return;
    held = { line, y: event.clientY, from: host.valueOf(line).value };
    stage.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    stage.addEventListener(
      end,
      () => {
        held = null;
      },
      { signal },
    );
  }
  stage.addEventListener('pointerleave', () => host.point(null), { signal });
}

function isOnNeuron({ target }: Event): boolean {
  return target instanceof Element && target.closest('button') !== null;
}

function placeIn(stage: HTMLElement, { clientX, clientY }: PointerEvent): Vec2 {
  const { left, top, width } = stage.getBoundingClientRect();
  // The page may be scaled.
  const perPixel = stage.clientWidth / width;
  return [(clientX - left) * perPixel, (clientY - top) * perPixel];
}
