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

/** What a region's card may be told. */
export interface CardOptions {
  /** Index of the output that is shown, if there are several; those that win in the region unless given. */
  readonly output?: number;
  /** [K]: names of the classes; their indices unless given. */
  readonly classNames?: readonly string[];
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
  options: CardOptions = {},
): readonly (readonly [name: string, value: string])[] {
  const neighbours = neighboursOf(arrangement, cell);
  const across = neighbours
    .slice(0, NEIGHBOURS_MAX)
    .map(({ flips }) => flips.map((neuron) => nameNeuron(arrangement, neuron)).join('+'));
  const list = across.join(', ') + (neighbours.length > NEIGHBOURS_MAX ? '…' : '');
  return [
    ['pattern', cell.pattern.join(' ')],
    ...describeClasses(cell, options),
    ...describeArea(cell, whole),
    ...describeMaps(cell, options),
    ['neighbours', neighbours.length === 0 ? '0' : `${neighbours.length}, across ${list}`],
  ];
}

/** The names of the classes that win somewhere in a cell; none if there is only one output. */
export function classesOf({ classes }: Pick<Cell, 'classes'>, names?: readonly string[]): string[] {
  return classes.map((index) => names?.[index] ?? String(index));
}

function describeClasses(cell: Cell, { classNames }: CardOptions): (readonly [string, string])[] {
  const names = classesOf(cell, classNames);
  if (names.length === 0) return [];
  return [[names.length === 1 ? 'class' : 'classes', names.join(', ')]];
}

function describeMaps({ maps, classes }: Cell, options: CardOptions) {
  const shown = maps.length === 1 ? [0] : options.output === undefined ? classes : [options.output];
  return shown.flatMap((index): (readonly [string, string])[] => {
    const map = maps[index]!;
    const [gradientX, gradientY] = map.a;
    const norm = number(Math.hypot(gradientX, gradientY));
    const suffix = maps.length === 1 ? '' : ` of output ${index}`;
    return [
      [maps.length === 1 ? 'f(x)' : `output ${index}`, formatAffine(map, DIGITS)],
      [`gradient${suffix}`, `(${number(gradientX)}, ${number(gradientY)}), norm ${norm}`],
    ];
  });
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
