import type { LineSources } from '../../exporting/vectorLines.ts';
import type { DetailedArrangement } from '../../geometry/arrangement.ts';
import { requireRegions } from '../../model/fieldValidation.ts';
import { winsOf } from '../../model/readouts.ts';
import { resolve } from '../../model/resolve.ts';
import { RegionsClient } from '../../regions/regionsClient.ts';
import { windowOf } from '../../regions/regionViews.ts';

/** A file with the lines of more regions would be too large for most programs. */
export const REGIONS_MAX = 20_000;

/** Runs work that needs exact regions, which a worker counts meanwhile. */
export async function withRegions<T>(
  signal: AbortSignal,
  work: (regions: Pick<LineSources, 'arrangement' | 'cutFacets'>) => Promise<T>,
): Promise<T> {
  const client = new RegionsClient();
  try {
    // Edges and hinges of one picture are those of the same regions.
    const known = new Map<string, Promise<DetailedArrangement>>();
    const arrangement: LineSources['arrangement'] = ({ field, view }, geometry) => {
      const { whole, revision } = resolve(requireRegions(field));
      const window = windowOf(view, geometry);
      const key = JSON.stringify([revision, window]);
      const options = {
        window,
        wins: winsOf(field.readout),
        cells: true,
        maxRegions: REGIONS_MAX,
        signal,
      } as const;
      const regions = known.get(key) ?? client.enumerate(whole, options);
      known.set(key, regions);
      return regions;
    };
    return await work({ arrangement, cutFacets: (...request) => client.cutFacets(...request) });
  } finally {
    client.dispose();
  }
}
