import type { LineSources } from '../../exporting/vectorLines.ts';
import { InvalidInputError } from '../../input/invalidInput.ts';
import { drawNetwork } from '../../model/network.ts';
import { RegionsClient } from '../../regions/regionsClient.ts';
import { windowOf } from '../../regions/regionViews.ts';

/** A file with the lines of more regions would be too large for most programs. */
export const REGIONS_MAX = 20_000;

/** Runs work that needs exact regions, which a worker counts meanwhile. */
export async function withRegions<T>(
  signal: AbortSignal,
  work: (arrangement: LineSources['arrangement']) => Promise<T>,
): Promise<T> {
  const client = new RegionsClient();
  try {
    return await work(({ field, view }, geometry) => {
      if (field.kind !== 'mlp') throw new InvalidInputError('field.kind', field.kind, "'mlp'");
      const window = windowOf(view, geometry);
      const options = { window, cells: true, maxRegions: REGIONS_MAX, signal } as const;
      return client.enumerate(drawNetwork(field), options);
    });
  } finally {
    client.dispose();
  }
}
