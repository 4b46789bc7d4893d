import type { ArrangementPoint, Cell, DetailedArrangement } from '../geometry/arrangement.ts';
import type { Field } from '../model/field.ts';
import { winsOf } from '../model/readouts.ts';
import { resolve } from '../model/resolve.ts';
import { DRAWN_MAX } from './limits.ts';
import { keyOf, type WholeArea } from './regionFacts.ts';
import { RegionsClient } from './regionsClient.ts';
import { regionsKey } from './regionsKey.ts';

/** The relative error of the coordinates of the plane's points (src/geometry). */
const COORDINATE_ERROR = 2 ** -40;
/** An area with a larger relative error is not shown. */
const AREA_ERROR = 1e-6;

interface Asked {
  readonly key: string;
  readonly maxRegions: number;
  readonly arrangement: Promise<DetailedArrangement>;
}

interface Areas {
  readonly key: string;
  /** Their source; undefined while it is being counted, null if it cannot be. */
  readonly of?: DetailedArrangement | null;
  /** By pattern; null while they are being counted. */
  readonly byPattern: ReadonlyMap<string, number> | null;
}

/** The regions of the whole plane with their cells, enumerated on demand. */
export class PlaneCells {
  readonly #onAreas: () => void;
  readonly #client = new RegionsClient();
  #running = new AbortController();
  #asked: Asked | null = null;
  #areas: Areas | null = null;

  /** @param onAreas called once requested areas are known */
  constructor(onAreas: () => void) {
    this.#onAreas = onAreas;
  }

  /** Rejects as `RegionsClient.enumerate` does; the last result is kept. */
  of(field: Field, maxRegions: number): Promise<DetailedArrangement> {
    const key = regionsKey(field);
    if (this.#asked?.key === key && this.#asked.maxRegions >= maxRegions) {
      return this.#asked.arrangement;
    }
    this.#running.abort();
    this.#running = new AbortController();
    const options = {
      window: null,
      wins: winsOf(field.readout),
      maxRegions,
      cells: true,
      signal: this.#running.signal,
    } as const;
    const arrangement = this.#client.enumerate(resolve(field).whole, options);
    this.#asked = { key, maxRegions, arrangement };
    arrangement.then(
      (found) => this.#takeAreas(key, found),
      // The caller gets the error; the next call tries again.
      () => {
        if (this.#asked?.arrangement === arrangement) this.#asked = null;
      },
    );
    return arrangement;
  }

  /** The area of the plane's region to which a cell of a window belongs. */
  wholeArea(field: Field, cell: Cell): WholeArea {
    const key = regionsKey(field);
    if (this.#areas?.key !== key) {
      this.#areas = { key, byPattern: null };
      this.of(field, DRAWN_MAX).then(
        (arrangement) => this.#takeAreas(key, arrangement),
        // Too many regions, or outdated: no area is known.
        () => this.#takeAreas(key, null),
      );
    }
    const { byPattern } = this.#areas;
    return byPattern === null ? 'counting' : (byPattern.get(keyOf(cell)) ?? null);
  }

  dispose(): void {
    this.#client.dispose();
  }

  #takeAreas(key: string, arrangement: DetailedArrangement | null): void {
    if (this.#areas?.key !== key || this.#areas.of === arrangement) return;
    this.#areas = {
      key,
      of: arrangement,
      byPattern: arrangement ? areasOf(arrangement) : new Map(),
    };
    this.#onAreas();
  }
}

/** Areas by pattern, if the coordinates are accurate enough for them. */
export function areasOf({ cells, points }: DetailedArrangement): Map<string, number> {
  const areas = new Map<string, number>();
  for (const cell of cells) {
    const places = cell.corners.map((corner) => points[corner]!);
    if (cell.unbounded || areaError(places) <= AREA_ERROR * cell.area) {
      areas.set(keyOf(cell), cell.area);
    }
  }
  return areas;
}

/** A bound on an area's error, up to a small factor: the area swept when the corners move by their error. */
function areaError(corners: readonly ArrangementPoint[]): number {
  let perimeter = 0;
  let size = 0;
  corners.forEach(({ x, y }, i) => {
    const next = corners[(i + 1) % corners.length]!;
    perimeter += Math.hypot(next.x - x, next.y - y);
    size = Math.max(size, Math.abs(x), Math.abs(y));
  });
  return perimeter * size * COORDINATE_ERROR;
}
