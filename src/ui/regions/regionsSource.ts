import type { Vec2 } from '../../model/field.ts';
import type { CanvasRenderer } from '../../screen/canvasRenderer.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import type { Messages } from '../page/messages.ts';
import type { Session } from '../panel/session.ts';

/** What the exact regions use of the page. */
export interface RegionsSource {
  readonly messages: Messages;
  readonly geometry: PictureGeometry;
  readonly notes: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** The place of a pointer on the canvas, in CSS pixels. */
  readonly placeOf: (event: MouseEvent) => Vec2;
  readonly session: Session;
  /** null while there is none. */
  renderer(): CanvasRenderer | null;
}
