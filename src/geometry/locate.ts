import { InvalidInputError } from '../input/invalidInput.ts';
import type { Cell, CutTree, DetailedArrangement } from './arrangement.ts';
import { coordinateForm, type ExactForm, ExactNetwork, exactPoint, signOfExact } from './exact.ts';
import { boundedSign, FORM_SIZE, UNDECIDED } from './homogeneous.ts';
import { prepareNetwork } from './preparedNetwork.ts';

const ROUNDING = 2 ** -51;
const SLACK = 1 + 2 ** -40;

/**
 * Index of the cell that holds the point, decided exactly; coordinates are relative to the window's
 * centre if it has one. A point on a hinge belongs to the side on which the neuron is not > 0, as in
 * patterns. null outside of the window.
 *
 * @throws InvalidInputError for coordinates that are not finite.
 */
export function locate(arrangement: DetailedArrangement, x: number, y: number): number | null {
  if (!Number.isFinite(x)) throw new InvalidInputError('x', x, 'a finite number');
  if (!Number.isFinite(y)) throw new InvalidInputError('y', y, 'a finite number');
  const { window, cutTree } = arrangement;
  if (window && !(isWithin(x, window.x) && isWithin(y, window.y))) return null;
  let signs: ((neuron: number) => -1 | 0 | 1) | null = null;
  let cell = 0;
  let cut = cutTree.first[0];
  while (cut >= 0) {
    let sign: number = signAtPoint(cutTree, cut, x, y);
    if (sign === UNDECIDED) {
      signs ??= exactSigns(arrangement, x, y);
      // Both sides of a helper line are the same region.
      sign = cutTree.neuron[cut] < 0 ? 0 : signs(cutTree.neuron[cut]);
    }
    if (sign > 0) {
      cell = cutTree.child[cut];
      cut = cutTree.first[cell];
    } else {
      cut = cutTree.next[cut];
    }
  }
  return cutTree.region[cell];
}

/** The cell itself instead of its index. */
export function cellAt(arrangement: DetailedArrangement, x: number, y: number): Cell | null {
  const index = locate(arrangement, x, y);
  return index === null ? null : arrangement.cells[index];
}

function isWithin(value: number, [low, high]: readonly [number, number]): boolean {
  return value >= low && value <= high;
}

/** The sign of a cut's form at (x, y, 1), with the error bound of homogeneous.ts. */
function signAtPoint({ forms, threshold }: CutTree, cut: number, x: number, y: number) {
  const at = cut * FORM_SIZE;
  const ax = forms[at] * x;
  const by = forms[at + 1] * y;
  const c = forms[at + 2];
  const error =
    SLACK *
    (ROUNDING * (Math.abs(ax) + Math.abs(by) + Math.abs(c)) +
      Math.abs(x) * forms[at + 3] +
      Math.abs(y) * forms[at + 4] +
      forms[at + 5]);
  const underflow = threshold * Math.max(1, Math.abs(x), Math.abs(y));
  const sign = boundedSign(ax + by + c, error, underflow);
  return sign === 0 ? UNDECIDED : sign;
}

/** Signs of hidden neurons at a point, in integers; the network is evaluated there once. */
function exactSigns({ network, window }: DetailedArrangement, x: number, y: number) {
  const prepared = prepareNetwork(network, window);
  const exact = new ExactNetwork(prepared);
  const point = exactPoint(x, y);
  const signs: (-1 | 0 | 1)[] = [];
  let below: (input: number) => ExactForm = coordinateForm;
  let slopes: bigint[] | null = null;
  for (let layer = 0; layer < prepared.hidden.length; layer++) {
    const forms: ExactForm[] = [];
    const layerSlopes: bigint[] = [];
    for (let neuron = 0; neuron < exact.neurons(layer); neuron++) {
      const form = exact.form(layer, neuron, below, slopes);
      const sign = signOfExact(form, point);
      forms.push(form);
      signs.push(sign);
      layerSlopes.push(exact.slope(layer, neuron, sign > 0));
    }
    below = (input) => forms[input];
    slopes = layerSlopes;
  }
  return (neuron: number) => signs[neuron];
}
