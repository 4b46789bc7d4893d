import type { Cell, DetailedArrangement } from '../geometry/arrangement.ts';
import { formatNumber } from '../scales/format.ts';
import { type FieldNames, formatMap } from '../scales/names.ts';

const DIGITS = 5;
const SHARE_DIGITS = 3;
const NEIGHBOURS_MAX = 12;
/** The maps of so many of a region's classes are shown. */
const MAPS_MAX = 4;

interface Neighbour {
  readonly cell: Cell;
  /** Neurons that switch between the two. */
  readonly flips: readonly number[];
}

/** A cell's neighbours, one for each shared side. */
export function neighboursOf({ cells, edges }: DetailedArrangement, cell: Cell): Neighbour[] {
  return cell.neighbours.flatMap((neighbour, i) =>
    neighbour < 0 ? [] : [{ cell: cells[neighbour]!, flips: edges[cell.edges[i]!]!.flips }],
  );
}

/** The area of a whole region, Infinity if it is unbounded; null if unknown. */
export type WholeArea = number | 'counting' | null;

/** Whether the window clips the region. */
export function isCut({ neighbours, unbounded }: Cell): boolean {
  // The plane has no border, and nothing lies beyond infinity.
  return !unbounded && neighbours.some((neighbour) => neighbour < 0);
}

type Row = readonly [name: string, value: string];

/**
 * The rows of a region's card.
 *
 * @param whole called if the window clips the region
 */
export function describeCell(
  arrangement: DetailedArrangement,
  cell: Cell,
  names: FieldNames,
  whole: () => WholeArea,
): readonly Row[] {
  const neighbours = neighboursOf(arrangement, cell);
  const across = neighbours
    .slice(0, NEIGHBOURS_MAX)
    .map(({ flips }) => flips.map((neuron) => nameNeuron(arrangement, neuron)).join('+'));
  const list = across.join(', ') + (neighbours.length > NEIGHBOURS_MAX ? '…' : '');
  return [
    ['pattern', cell.pattern.join(' ')],
    ...describeClasses(arrangement, cell, names),
    ...describeArea(cell, whole),
    ...describeMaps(cell, names),
    ['neighbours', neighbours.length === 0 ? '0' : `${neighbours.length}, across ${list}`],
  ];
}

/** The class that wins in the region, or each that wins somewhere in it with its share of the area. */
function describeClasses(
  { cells, decision }: DetailedArrangement,
  cell: Cell,
  { nameClass }: FieldNames,
): Row[] {
  if (decision === null) return [];
  const index = cells.indexOf(cell);
  const pieces = decision.pieces.filter((piece) => piece.cell === index);
  const named = cell.classes.map((one) => {
    const own = pieces.filter((piece) => piece.class === one);
    const share = own.reduce((sum, { area }) => sum + area, 0) / cell.area;
    const isShared = cell.classes.length > 1 && Number.isFinite(cell.area);
    return isShared ? `${nameClass(one)} (${formatShare(share)})` : nameClass(one);
  });
  return [['class', named.join(', ')]];
}

/** 62.5 %, which stays on one line; a share that is not 0 never reads as 0. */
export function formatShare(share: number): string {
  return `${formatNumber(100 * share, SHARE_DIGITS)}\u00a0%`;
}

/** The function with its gradient; of several outputs those that win in the region. */
function describeMaps({ map, maps, classes }: Cell, names: FieldNames): Row[] {
  if (maps.length > 1) {
    const shown = classes.slice(0, MAPS_MAX);
    return shown.map((index) => [
      names.nameOutput(index),
      formatMap(maps[index]!, DIGITS, names.axes),
    ]);
  }
  const { a } = map;
  return [
    ['f(x)', formatMap(map, DIGITS, names.axes)],
    ['gradient', `(${number(a[0])}, ${number(a[1])}), norm ${number(Math.hypot(...a))}`],
  ];
}

function describeArea(cell: Cell, whole: () => WholeArea): (readonly [string, string])[] {
  if (!isCut(cell)) return [['area', number(cell.area)]];
  const inView = ['area in view', number(cell.area)] as const;
  const area = whole();
  if (area === null) return [inView];
  return [inView, ['whole area', area === 'counting' ? '…' : number(area)]];
}

/** '2.5' for the fifth neuron of the second hidden layer. */
function nameNeuron({ network }: DetailedArrangement, neuron: number): string {
  let rest = neuron;
  for (const { outputs, hiddenLayer } of network.layers) {
    if (rest < outputs) return `${hiddenLayer + 1}.${rest + 1}`;
    rest -= outputs;
  }
  return String(neuron + 1);
}

/** Identifies a region among those of one network. */
export function keyOf({ pattern }: Pick<Cell, 'pattern'>): string {
  return pattern.join(' ');
}

function number(value: number): string {
  return formatNumber(value, DIGITS);
}
