import type { Cell, DetailedArrangement } from '../geometry/arrangement.ts';
import { formatAffine, formatNumber } from '../scales/format.ts';

const DIGITS = 5;
const NEIGHBOURS_MAX = 12;

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

/**
 * The rows of a region's card.
 *
 * @param whole called if the window clips the region
 */
export function describeCell(
  arrangement: DetailedArrangement,
  cell: Cell,
  whole: () => WholeArea,
): readonly (readonly [name: string, value: string])[] {
  const { a } = cell.map;
  const neighbours = neighboursOf(arrangement, cell);
  const across = neighbours
    .slice(0, NEIGHBOURS_MAX)
    .map(({ flips }) => flips.map((neuron) => nameNeuron(arrangement, neuron)).join('+'));
  const list = across.join(', ') + (neighbours.length > NEIGHBOURS_MAX ? '…' : '');
  return [
    ['pattern', cell.pattern.join(' ')],
    ...describeArea(cell, whole),
    ['f(x)', formatAffine(cell.map, DIGITS)],
    ['gradient', `(${number(a[0])}, ${number(a[1])}), norm ${number(Math.hypot(...a))}`],
    ['neighbours', neighbours.length === 0 ? '0' : `${neighbours.length}, across ${list}`],
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
