import { lineNear, type WeightLine } from '../../drawing/diagramLines.ts';
import type { ParameterPlace } from '../../model/parameters.ts';
import { pointerPlace } from '../dom/pointerPlace.ts';
import { DRAG_PX } from './weightRows.ts';

/** A line is pointed at from so many CSS pixels. */
const NEAR_PX = 4;

export interface DragHost {
  readonly lines: readonly WeightLine[];
  /** Points at a weight, or at none. */
  point(place: ParameterPlace | null): void;
  /** The value of a weight, and the size of the largest of its layer. */
  valueOf(place: ParameterPlace): { readonly value: number; readonly scale: number };
  drag(place: ParameterPlace, value: number): void;
}

/** A weight that is held: where the pointer was, which value it had there, and by how much a pixel changes it. */
interface Held {
  readonly place: ParameterPlace;
  readonly y: number;
  readonly value: number;
  readonly perPixel: number;
}

/**
 * Lets a mouse or a pen point at the lines of weights and drag them: up is more. Fingers scroll the diagram, and drag in the card.
 *
 * @param stage an element with the lines' coordinates
 * @param layer an SVG element without a viewBox that lies over it
 */
export function letDragWeights(
  stage: HTMLElement,
  layer: SVGGraphicsElement,
  host: DragHost,
  signal: AbortSignal,
): void {
  let held: Held | null = null;
  const weightAt = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || isOnNeuron(event)) return null;
    return lineNear(host.lines, pointerPlace(event, stage, layer), NEAR_PX)?.place ?? null;
  };
  const move = (event: PointerEvent) => {
    if (held) {
      host.drag(held.place, held.value + (held.y - event.clientY) * held.perPixel);
      return;
    }
    const place = weightAt(event);
    stage.classList.toggle('onLine', place !== null);
    host.point(place);
  };
  const take = (event: PointerEvent) => {
    const place = event.button === 0 ? weightAt(event) : null;
    if (!place) return;
    const { value, scale } = host.valueOf(place);
    held = { place, y: event.clientY, value, perPixel: scale / DRAG_PX };
    stage.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const release = () => {
    held = null;
  };
  stage.addEventListener('pointermove', move, { signal });
  stage.addEventListener('pointerdown', take, { signal });
  stage.addEventListener('pointerup', release, { signal });
  stage.addEventListener('pointercancel', release, { signal });
  stage.addEventListener('pointerleave', () => host.point(null), { signal });
}

function isOnNeuron({ target }: Event): boolean {
  return (target as Element).closest('button') !== null;
}
