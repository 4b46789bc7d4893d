// What Reluscope is to reach on two cores without a GPU, beside what was found.

import { type Comparison, OURS } from './measurePeers.ts';
import type { Report } from './report.ts';
import { digits } from './tables.ts';

interface RatioTarget {
  readonly works: readonly string[];
  readonly peers: readonly string[];
  readonly value: number;
  readonly gradient: number;
}

const SMALL = ['2-20-1', '2-5-5-5-5-1'];
const RATIOS: readonly RatioTarget[] = [
  { works: SMALL, peers: ['tfjs wasm'], value: 2, gradient: 12 },
  { works: SMALL, peers: ['ort wasm'], value: 4, gradient: 4 },
  { works: SMALL, peers: ['PyTorch'], value: 3.5, gradient: 8 },
  { works: SMALL, peers: ['plain JS'], value: 14, gradient: 14 },
  {
    works: ['lse, K = 2', 'lse, K = 10'],
    peers: ['tfjs wasm', 'ort wasm', 'PyTorch', 'plain JS'],
    value: 2,
    gradient: 2,
  },
  {
    works: ['2-64-64-64-1', '2-256-256-1'],
    peers: ['tfjs wasm', 'ort wasm'],
    value: 1,
    gradient: 1,
  },
];
const LEAST_SIDE = 1024;
/** Milliseconds for all regions of the whole plane. */
const REGIONS: Readonly<Record<string, number>> = {
  '2-20-1': 2,
  '2-5-5-5-5-1': 2,
  '2-30-30-30-30-1': 300,
};
const FIRST_PICTURE_MS = 1500;
const FRAMES_TO_PICTURE = 2;
const PICTURES_PER_SECOND = 20;
const TRAINING_PER_SECOND = 15;
/** Milliseconds. */
const ANSWER_MS = 100;

/** One row a target: what, target, found, met or missed. */
export function targetRows({ comparisons, page, regions }: Report): string[][] {
  const rows = comparisons.flatMap(ratioRows);
  const row = (what: string, target: string, found: string, met: boolean) =>
    rows.push([what, target, found, met ? 'met' : 'missed']);
  if (page) {
    const start = page.freshBrowser.median;
    const first = 'first picture, fresh browser';
    row(first, `≤ ${FIRST_PICTURE_MS} ms`, `${digits(start)} ms`, start <= FIRST_PICTURE_MS);
    for (const { name, frames } of page.reseeds) {
      const met = frames.median <= FRAMES_TO_PICTURE;
      row(
        `${name}: reseed to a new picture`,
        `≤ ${FRAMES_TO_PICTURE} frames`,
        `${frames.median}`,
        met,
      );
    }
    const { pictures } = page.drag;
    const met = pictures > PICTURES_PER_SECOND;
    row('dragging, pictures a second', `> ${PICTURES_PER_SECOND}`, digits(pictures), met);
    const { live } = page;
    const enough = live.pictures >= TRAINING_PER_SECOND;
    row('training, pictures a second', `≥ ${TRAINING_PER_SECOND}`, digits(live.pictures), enough);
    const key = live.keyMs.median;
    row('training, a key to its frame', `≤ ${ANSWER_MS} ms`, `${key} ms`, key <= ANSWER_MS);
  }
  for (const { name, milliseconds } of regions) {
    const target = REGIONS[name];
    if (target === undefined) continue;
    const found = `${digits(milliseconds.median)} ms`;
    row(`${name}: regions of the plane`, `< ${target} ms`, found, milliseconds.median < target);
  }
  return rows;
}

function ratioRows({ name, side, gradient, candidates }: Comparison): string[][] {
  if (side < LEAST_SIDE) return [];
  return RATIOS.filter(({ works }) => works.includes(name)).flatMap((target) =>
    candidates
      .filter((candidate) => target.peers.includes(candidate.name) && candidate.ratio !== null)
      .map(({ name: peer, ratio }) => {
        const least = gradient ? target.gradient : target.value;
        const what = `${name}${gradient ? ', value and gradient' : ', value'}: ${peer} / ${OURS}`;
        return [what, `≥ ${least}`, digits(ratio!), ratio! >= least ? 'met' : 'missed'];
      }),
  );
}
