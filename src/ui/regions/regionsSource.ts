import { LimitExceededError } from '../../geometry/arrangement.ts';
import type { MlpField, Network } from '../../model/field.ts';
import { drawNetwork } from '../../model/network.ts';
import type { Renderer } from '../../screen/renderer.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import type { Messages } from '../page/messages.ts';
import type { Session } from '../panel/session.ts';
import { formatCount } from './regionsTable.ts';

/** The live counts give up above so many regions; a script may wait for more. */
export const LIVE_MAX = 50_000;
/** More are not drawn: a picture of so many edges is black, and slow. */
export const DRAWN_MAX = 20_000;

/** What the exact regions take from the page. */
export interface RegionsSource {
  readonly messages: Messages;
  readonly geometry: PictureGeometry;
  readonly picture: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly session: Session;
  /** null while there is none. */
  renderer(): Renderer | null;
}

/** Draws a network once for all that ask for it in a row. */
export class NetworkCache {
  #drawn: { readonly key: string; readonly network: Network } | null = null;

  of(field: MlpField): Network {
    const key = JSON.stringify(field);
    if (this.#drawn?.key !== key) this.#drawn = { key, network: drawNetwork(field) };
    return this.#drawn.network;
  }
}

/** Why there is no count, in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof LimitExceededError) {
    return `more than ${formatCount(error.limit)} ${error.what}, the limit here`;
  }
  return error instanceof Error ? error.message : String(error);
}
