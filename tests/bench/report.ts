import { describeClocks } from './deviceClock.ts';
import { describe, loads, type Machine } from './machine.ts';
import type { KernelResult } from './measureKernels.ts';
import { type ComparedResult, type Comparison, OURS } from './measurePeers.ts';
import type { RegionResult } from './measureRegions.ts';
import type { PageNumbers } from './pageNumbers.ts';
import { fitExponent } from './statistics.ts';
import { digits, groupBy, SCALED, shortly, table, timeOf } from './tables.ts';
import { targetRows } from './targets.ts';

export interface Report {
  readonly machine: Machine;
  readonly command: string;
  browser?: string;
  adapter?: string;
  readonly peers: Record<string, string>;
  /** Reluscope alone over grids. */
  readonly kernels: KernelResult[];
  /** Reluscope alone over networks of one depth. */
  readonly growing: KernelResult[];
  readonly comparisons: Comparison[];
  readonly smallGrid: Comparison[];
  page?: PageNumbers;
  regions: RegionResult[];
  /** What went wrong as a whole, or was left out. */
  readonly notes: string[];
  seconds?: number;
}

/** The report for people; report.json holds the same numbers and more. */
export function markdownReport(report: Report): string {
  const sections = [
    '# Benchmark',
    header(report),
    ...report.notes,
    ...failureLines(report),
    ...section(
      'Targets',
      table(['', 'target', 'found', ''], targetRows(report)),
      targetRows(report),
    ),
    ...kernelSection('Evaluate pass', report.kernels),
    ...fitSection(report),
    ...comparisonSections(report.comparisons),
    ...smallGridSection(report.smallGrid),
    ...(report.page ? pageSections(report.page) : []),
    ...regionSection(report.regions),
    ...(report.comparisons.length > 0 ? [detailSection(report.comparisons)] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section(title: string, text: string, entries: readonly unknown[]): string[] {
  return entries.length > 0 ? [`## ${title}`, text] : [];
}

/** What is too long for a cell. */
function failureLines({ kernels, growing, comparisons, smallGrid }: Report): string[] {
  const failures = [
    ...[...kernels, ...growing].map(({ failure }) => `${OURS}: ${failure}`),
    ...[...comparisons, ...smallGrid].flatMap(({ candidates }) =>
      candidates.map(({ name, failure }) => `${name}: ${failure}`),
    ),
  ].filter((line) => !line.endsWith(': null'));
  return [...new Set(failures)].map((line) => `**${line}**`);
}

function header({ machine, browser, adapter, peers, command, seconds }: Report): string {
  const chromium = browser ? `; Chromium ${browser}, adapter ${adapter}` : '';
  const took = seconds === undefined ? '' : ` ${seconds.toFixed(0)} s.`;
  const names = Object.entries(peers).map(([name, version]) => `${name}: ${version}.`);
  return [
    `${describe(machine)}${chromium}. ${loads(machine)}. \`${command}\`:${took}`,
    ...names,
  ].join('\n\n');
}

/** Milliseconds and million points a second over networks and grids. */
function kernelSection(title: string, kernels: readonly KernelResult[]): string[] {
  const rows = [...groupBy(kernels, ({ name }) => name)].flatMap(([name, ofOne]) =>
    [...groupBy(ofOne, ({ side }) => side)].map(([side, cells]) => {
      const find = (wanted: boolean) => cells.find(({ gradient }) => gradient === wanted);
      return [name, `${side}²`, ...kernelCells(find(false)), ...kernelCells(find(true))];
    }),
  );
  const clocks = describeClocks(kernels.map(({ clock }) => clock));
  const head = ['', 'grid', 'value, ms', 'Mpoint/s', 'value and gradient, ms', 'Mpoint/s'];
  const text = `${table(head, rows)}\n\nMedians. Clock: ${clocks}. ${SCALED}`;
  return section(title, text, kernels);
}

function kernelCells(kernel: KernelResult | undefined): [string, string] {
  if (!kernel) return ['', ''];
  if (kernel.failure !== null) return [shortly(kernel.failure), ''];
  return [timeOf(kernel), digits(kernel.side ** 2 / kernel.median / 1e3)];
}

/** Exponents of cost ~ nᵉ. */
function fitSection({ kernels, growing }: Report): string[] {
  const timed = kernels.filter(({ failure }) => failure === null);
  const byPoints = groupBy(
    timed,
    ({ name, gradient }) => `${name}, ${gradient ? 'value and gradient' : 'value'}`,
  );
  const rows = [...byPoints].flatMap(([label, results]) => {
    const exponent = fitExponent(results.map(({ side, median }) => [side * side, median]));
    const from = Math.min(...results.map(({ side }) => side));
    const to = Math.max(...results.map(({ side }) => side));
    return exponent === null ? [] : [[label, `points, ${from}² to ${to}²`, exponent.toFixed(2)]];
  });
  const grown = growing.filter(({ failure }) => failure === null);
  const exponent = fitExponent(grown.map(({ parameters, median }) => [parameters, median]));
  if (exponent !== null) {
    const what = `parameters, ${grown[0].parameters} to ${grown.at(-1)!.parameters}`;
    rows.push([`2-n-n-n-1, value, ${grown[0].side}²`, what, exponent.toFixed(2)]);
  }
  const times = grown.map((result) => `${result.name} ${timeOf(result)}`).join(', ');
  const note = times ? `\n\nmilliseconds of 2-n-n-n-1: ${times}.` : '';
  return section('Cost grows as', `${table(['', 'with', 'to the power'], rows)}${note}`, rows);
}

function titleOf({ name, gradient }: Comparison): string {
  return `${name}, ${gradient ? 'value and gradient' : 'value'}`;
}

function comparisonSections(comparisons: readonly Comparison[]): string[] {
  if (comparisons.length === 0) return [];
  const bySide = groupBy(comparisons, ({ side }) => side);
  const tables = [...bySide].map(([side, works]) => {
    const peers = namesOf(works).filter((name) => name !== OURS);
    const rows = works.map((work) => [
      titleOf(work),
      cellOf(work, OURS, timeOf),
      ...peers.map((name) => cellOf(work, name, ratioCell)),
    ]);
    return `${side} × ${side} samples:\n\n${table(['', `${OURS}, ms`, ...peers], rows)}`;
  });
  const explanation =
    'Milliseconds of Reluscope from submission to completion (medians), then peers as ratios: the median over rounds ' +
    'of the time of a peer divided by that of Reluscope in the same round. Above 1 Reluscope is faster; bold: the peer is.';
  return ['## Against peers', explanation, ...tables, SCALED, '![Ratios](ratios.svg)'];
}

function ratioCell({ ratio, parts, median }: ComparedResult): string {
  const text = ratio === null ? `${digits(median)} ms` : digits(ratio);
  const mark = parts > 1 ? '≈ ' : '';
  return ratio !== null && ratio < 1 ? `${mark}**${text}**` : `${mark}${text}`;
}

function cellOf(
  { candidates }: Comparison,
  name: string,
  show: (result: ComparedResult) => string,
): string {
  const found = candidates.find((candidate) => candidate.name === name);
  if (!found) return '';
  return found.failure === null ? show(found) : shortly(found.failure);
}

function namesOf(works: readonly Comparison[]): string[] {
  return [...new Set(works.flatMap(({ candidates }) => candidates.map(({ name }) => name)))];
}

function smallGridSection(works: readonly Comparison[]): string[] {
  const names = namesOf(works);
  const rows = works.map((work) => [
    `${titleOf(work)}, ${work.side}²`,
    ...names.map((name) => cellOf(work, name, timeOf)),
  ]);
  const text =
    `${table(['', ...names.map((name) => `${name}, ms`)], rows)}\n\n` +
    'A software adapter is slow at what these backends use (barriers, workgroup memory); on a GPU this says nothing.';
  return section('WebGPU backends of the peers, small grid', text, works);
}

function pageSections({ freshBrowser, freshContext, reseeds, drag, live }: PageNumbers): string[] {
  const starts = [
    ['fresh browser', freshBrowser] as const,
    ['fresh context of a running browser', freshContext] as const,
  ].map(([label, { min, median, max }]) => [label, ...[min, median, max].map(digits)]);
  const rows = reseeds.map(({ name, frames, firstMs, fullMs, compiled }) => [
    name,
    `${frames.median} (${frames.min} to ${frames.max})`,
    digits(firstMs.median),
    digits(fullMs.median),
    String(compiled),
  ]);
  return [
    '## The page',
    'From navigation to the frame that shows the first full picture, milliseconds (the built site):',
    table(['', 'min', 'median', 'max'], starts),
    `Reseeding by key, canvas ${drag.canvas.join(' × ')}, value: from the key press to the frame that shows the picture.`,
    table(
      ['', 'frames to a new picture', 'new picture, ms', 'full picture, ms', 'shaders compiled'],
      rows,
    ),
    `Dragging ${drag.name} in a canvas of ${drag.canvas.join(' × ')} for ${drag.seconds.toFixed(1)} s: ` +
      `${digits(drag.pictures)} new pictures a second given to the compositor, which put ${digits(drag.displayedFrames)} ` +
      `frames a second on the screen; ${digits(drag.mouseMoves)} mouse moves a second.`,
    `Training 2-5-5-5-5-2 in a canvas of ${live.canvas.join(' × ')}: ${digits(live.pictures)} pictures a second; from a key that zooms to the ` +
      `frame that shows it ${live.keyMs.median} ms (${live.keyMs.min} to ${live.keyMs.max}, ${live.keyMs.count} keys).`,
  ];
}

function regionSection(regions: readonly RegionResult[]): string[] {
  const rows = regions.map(({ name, milliseconds: ms, regions: found }) => [
    name,
    digits(ms.min),
    digits(ms.median),
    digits(ms.max),
    String(found.median),
    String(ms.count),
  ]);
  const head = ['', 'min, ms', 'median, ms', 'max, ms', 'regions (median)', 'seeds'];
  const text = `Whole plane, certified, one thread of Node.\n\n${table(head, rows)}`;
  return section('Exact regions', text, regions);
}

function detailSection(comparisons: readonly Comparison[]): string {
  const rows = comparisons.flatMap((work) =>
    work.candidates.map((c) => {
      const what = [`${titleOf(work)}, ${work.side}²`, c.name];
      if (c.failure !== null) return [...what, shortly(c.failure), '', '', '', '', '', ''];
      return [
        ...what,
        ...[c.min, c.median, c.max].map(digits),
        c.ratio === null ? '' : digits(c.ratio),
        String(c.count),
        c.parts > 1 ? `1/${c.parts}` : 'all',
        c.error.toExponential(0),
      ];
    }),
  );
  const head = ['', '', 'min', 'median', 'max', 'ratio', 'rounds', 'of the rows', 'error'];
  return (
    '## All times\n\nMilliseconds; "error" is the worst against float64 before and after, relative to the largest ' +
    `magnitude.\n\n${table(head, rows)}`
  );
}
