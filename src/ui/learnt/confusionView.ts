import { partOf } from '../../data/findSample.ts';
import { InvalidInputError } from '../../input/invalidInput.ts';
import {
  type ConfusionCell,
  type ConfusionCounts,
  confusionCounts,
  type Part,
  pointsOfCell,
} from '../../learnt/confusion.ts';
import {
  CORNERS,
  firstCorners,
  mainDirections,
  placeAt,
  planeThrough,
} from '../../learnt/digitPlane.ts';
import { imageShapeOf } from '../../model/imageShape.ts';
import type { State } from '../../state/state.ts';
import { dataOf, grayRangeOf } from '../../state/stateData.ts';
import { make, setAttribute, setText } from '../dom/elements.ts';
import { ConfusionTable, describeCell } from './confusionTable.ts';
import { PlaneBar } from './planeBar.ts';
import { type ListedPoints, PointList } from './pointList.ts';

/** The panel whose network is looked at. */
export interface LearntHost {
  readonly state: State;
  edit(patch: object): void;
  explain(text: string): void;
}

const PARTS: readonly { readonly part: Part; readonly label: string }[] = [
  { part: 'test', label: 'for testing' },
  { part: 'train', label: 'for training' },
];
const WORDS = 'Rows: the class. Columns: what it is taken for.';
const WORDS_OF_IMAGES = `${WORDS} Choose a cell to see its points.`;
const NOTHING = 'The outputs of this network are not the classes of the data.';
const FETCHING = 'The data are being fetched.';
const ONE_LINE = 'These three lie on one line. Choose another one.';

/** Who is taken for whom: a matrix whose cells show their points, and these go into the plane of the picture. */
export class ConfusionView {
  readonly element = make('div', { class: 'confusion' });
  readonly #host: LearntHost;
  readonly #sum = make('p', { class: 'confusionSum', role: 'status' });
  readonly #words = make('p', { class: 'matrixWords' });
  readonly #table: ConfusionTable;
  readonly #list: PointList;
  readonly #plane: PlaneBar;
  readonly #parts: readonly HTMLButtonElement[];
  #part: Part = 'test';
  #chosen: ConfusionCell | null = null;

  constructor(host: LearntHost) {
    this.#host = host;
    this.#table = new ConfusionTable((cell) => this.#choose(cell));
    this.#list = new PointList((index) => this.#place(index));
    this.#plane = new PlaneBar({
      showMainDirections: () => this.#edit(mainDirections),
      showThreePoints: () =>
        this.#edit((state) => planeThrough(state, firstCorners(dataOf(state)!))),
    });
    this.#parts = PARTS.map(({ part, label }) => {
      const button = make('button', { type: 'button', class: 'choice' }, label);
      button.addEventListener('click', () => {
        this.#part = part;
        this.show(this.#host.state);
      });
      return button;
    });
    const head = make('div', { class: 'confusionHead' }, this.#sum, ...this.#parts);
    const scroll = make('div', { class: 'matrixRoom' }, this.#table.element);
    this.element.append(head, scroll, this.#words, this.#plane.element, this.#list.element);
  }

  show(state: State): void {
    const set = dataOf(state);
    const part = set?.test ? this.#part : 'train';
    const counts = confusionCounts(state, part);
    this.#parts.forEach((button, i) => {
      button.hidden = !set?.test || counts === null;
      setAttribute(button, 'aria-pressed', String(PARTS[i]!.part === part));
    });
    this.#table.element.hidden = counts === null;
    this.#words.hidden = counts === null;
    setText(this.#words, imageShapeOf(state.field, state.image) ? WORDS_OF_IMAGES : WORDS);
    this.#plane.show(state);
    setText(this.#sum, counts ? describeSum(counts) : set || !state.data ? NOTHING : FETCHING);
    if (counts) this.#table.show(counts, grayRangeOf(state));
    this.#list.show(counts && this.#chosen && listOf(state, part, this.#chosen, counts));
  }

  #choose(cell: ConfusionCell): void {
    this.#chosen = cell;
    this.#table.mark(cell);
    this.show(this.#host.state);
  }

  /** Puts a point of the list at the corner whose turn it is. */
  #place(index: number): void {
    const corner = this.#plane.next;
    const part = dataOf(this.#host.state)?.test ? this.#part : 'train';
    if (!this.#edit((state) => placeAt(state, corner, { part, index }))) return;
    this.#plane.aim(CORNERS[(corner + 1) % CORNERS.length]!);
  }

  /** @returns whether there is such a plane */
  #edit(patch: (state: State) => object): boolean {
    try {
      this.#host.edit(patch(this.#host.state));
      return true;
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      this.#host.explain(ONE_LINE);
      return false;
    }
  }
}

function describeSum({ counts }: ConfusionCounts): string {
  const all = counts.flat().reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, r) => sum + row[r]!, 0);
  return `${right} of ${all} right`;
}

/** null if the points are no images. */
function listOf(
  state: State,
  part: Part,
  cell: ConfusionCell,
  { names }: ConfusionCounts,
): ListedPoints | null {
  const shape = imageShapeOf(state.field, state.image);
  if (shape === null) return null;
  const indices = pointsOfCell(state, part, cell);
  const title = describeCell(names, cell, indices.length);
  const samples = partOf(dataOf(state)!, part);
  return { title, samples, indices, shape, range: grayRangeOf(state) };
}
