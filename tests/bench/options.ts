import { parseArgs } from 'node:util';

const SECTIONS = ['kernels', 'peers', 'page', 'geometry'] as const;
export type Section = (typeof SECTIONS)[number];

export interface BenchOptions {
  readonly quick: boolean;
  /** In Node through Dawn: no browser, no peers. */
  readonly node: boolean;
  /** Only works whose name contains this. */
  readonly only: string;
  readonly sections: readonly Section[];
  /** Samples along each axis; null for what each section has by itself. */
  readonly grids: readonly number[] | null;
  /** What the measuring may take; the browser, the build and the compilers need a little more. */
  readonly seconds: number;
  /** The device's peaks, measured if null. */
  readonly peakBytes: number | null;
  readonly peakFlops: number | null;
}

export const USAGE = `npm run bench -- [options]
  --quick                about a minute: fewer works, grids and rounds
  --node                 no browser and no peers: the kernels in Node (package webgpu, Dawn)
  --sections=a,b         of kernels, peers, page, geometry
  --grids=500,1024       samples along each axis, 16 to 8192; else 500 to 8192 for the kernels, 1024 for peers
  --only=TEXT            works whose name contains this, as 2-20-1
  --seconds=N            what the measuring may take, at least 10
  --peak-bytes=N --peak-flops=N   the device's peaks for --node, else measured`;

const DEFAULT_SECONDS = { full: 215, quick: 45 };
const GRID = { least: 16, most: 8192 };

/** @throws Error that says what was received and what is expected */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      node: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      sections: { type: 'string' },
      grids: { type: 'string' },
      seconds: { type: 'string' },
      'peak-bytes': { type: 'string' },
      'peak-flops': { type: 'string' },
    },
  });
  const { quick, node, only } = values;
  return {
    quick,
    node,
    only,
    sections: values.sections === undefined ? SECTIONS : sectionsOf(values.sections),
    grids: values.grids === undefined ? null : values.grids.split(',').map(gridOf),
    seconds:
      numberOf('--seconds', values.seconds, 10) ??
      (quick ? DEFAULT_SECONDS.quick : DEFAULT_SECONDS.full),
    peakBytes: numberOf('--peak-bytes', values['peak-bytes'], 1),
    peakFlops: numberOf('--peak-flops', values['peak-flops'], 1),
  };
}

function sectionsOf(list: string): Section[] {
  return list.split(',').map((name) => {
    const found = SECTIONS.find((section) => section === name);
    if (!found)
      throw new Error(`--sections: received '${name}', expected one of ${SECTIONS.join(', ')}`);
    return found;
  });
}

function gridOf(text: string): number {
  const side = Number(text);
  if (!(Number.isInteger(side) && side >= GRID.least && side <= GRID.most)) {
    throw new Error(
      `--grids: received '${text}', expected integers from ${GRID.least} to ${GRID.most}`,
    );
  }
  return side;
}

function numberOf(name: string, text: string | undefined, least: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!(text !== '' && value >= least && value < Infinity))
    throw new Error(`${name}: received '${text}', expected a number of at least ${least}`);
  return value;
}
