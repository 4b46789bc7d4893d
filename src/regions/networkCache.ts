import type { MlpField, Network } from '../model/field.ts';
import { drawNetwork } from '../model/network.ts';

/** Draws a network once for consecutive requests. */
export class NetworkCache {
  #drawn: { readonly key: string; readonly network: Network } | null = null;

  of(field: MlpField): Network {
    const key = JSON.stringify(field);
    if (this.#drawn?.key !== key) this.#drawn = { key, network: drawNetwork(field) };
    return this.#drawn.network;
  }
}
