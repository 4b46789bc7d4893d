import { FORM_SIZE, PointStore } from './homogeneous.ts';

/** The kinds of lines that are not a neuron's hinge. */
export const BORDER_LINE = -1;
export const INFINITY_LINE = -2;
/** A cut that only gives every cell a finite corner; both sides stay one region. */
export const HELPER_LINE = -3;

/** No cell on this side of an edge. */
export const NO_CELL = -1;

/** Sign of the current neuron at a point, until it is known. */
export const UNKNOWN_SIDE = 2;

/**
 * A subdivision of the plane, or of a window, into convex cells. It is refined by cutting cells
 * along lines, one neuron at a time. Points, lines, edges and cells are identified by index.
 *
 * - A cell is a counterclockwise loop of edges. It has a finite corner, and its interior is the convex
 *   hull of its corners, points at infinity included.
 * - An edge lies on a line, with the line's positive side to its left on the way from → to. That
 *   holds at infinity too, whose form (0, 0, 1) is positive in the whole plane.
 * - An edge belongs to both of its cells. When a hinge crosses it, it is cut once, and both cells
 *   find the same new point on it.
 */
export class Subdivision {
  readonly points = new PointStore();
  /** [lines, 6]: forms, see homogeneous.ts. */
  readonly lineForms: number[] = [];
  /** Global index of the line's neuron, or one of the constants above. */
  readonly lineNeuron: number[] = [];
  /** The cell that was cut: its pattern in earlier layers determines the line. */
  readonly lineCell: number[] = [];

  readonly edgeFrom: number[] = [];
  readonly edgeTo: number[] = [];
  readonly edgeLeft: number[] = [];
  readonly edgeRight: number[] = [];
  readonly edgeLine: number[] = [];

  /** [cells]: edges of each cell, counterclockwise. */
  readonly loops: number[][] = [];
  /** [cells]: the cell from which it was split off, and by which layer; −1 at the beginning. */
  readonly cellParent: number[] = [];
  readonly cellLayer: number[] = [];

  /** [cells]: first and last cut of each cell, −1 for none. */
  readonly firstCut: number[] = [];
  readonly #lastCut: number[] = [];
  /** [cuts] */
  readonly nextCut: number[] = [];
  readonly cutChild: number[] = [];
  readonly cutLine: number[] = [];

  /** [points]: the sign of the current neuron, or UNKNOWN_SIDE. */
  readonly side: number[] = [];
  /** [edges]: the neuron that cut it last, and the resulting half. */
  readonly #edgeCutBy: number[] = [];
  readonly #edgeHalf: number[] = [];

  get cellCount(): number {
    return this.loops.length;
  }

  addLine(form: ArrayLike<number>, at: number, neuron: number, cell: number): number {
    for (let i = 0; i < FORM_SIZE; i++) this.lineForms.push(form[at + i]);
    this.lineNeuron.push(neuron);
    this.lineCell.push(cell);
    return this.lineNeuron.length - 1;
  }

  addPoint(first: number, second: number, sense: 1 | -1): number {
    this.side.push(UNKNOWN_SIDE);
    return this.points.addCrossing(this.lineForms, first, second, sense);
  }

  addEdge(from: number, to: number, left: number, right: number, line: number): number {
    this.edgeFrom.push(from);
    this.edgeTo.push(to);
    this.edgeLeft.push(left);
    this.edgeRight.push(right);
    this.edgeLine.push(line);
    this.#edgeCutBy.push(-1);
    this.#edgeHalf.push(-1);
    return this.edgeFrom.length - 1;
  }

  addCell(loop: number[], parent: number, layer: number): number {
    this.loops.push(loop);
    this.cellParent.push(parent);
    this.cellLayer.push(layer);
    this.firstCut.push(-1);
    this.#lastCut.push(-1);
    return this.loops.length - 1;
  }

  /** Records for `locate` that `child` is the positive side of the line in `cell`. */
  addCut(cell: number, child: number, line: number): void {
    const cut = this.cutChild.push(child) - 1;
    this.cutLine.push(line);
    this.nextCut.push(-1);
    if (this.firstCut[cell] < 0) this.firstCut[cell] = cut;
    else this.nextCut[this.#lastCut[cell]] = cut;
    this.#lastCut[cell] = cut;
  }

  /** Whether a point is a direction; other points may have a w that rounds to 0. */
  isAtInfinity(point: number): boolean {
    const { firstLine, secondLine } = this.points;
    return (
      this.lineNeuron[firstLine[point]] === INFINITY_LINE ||
      this.lineNeuron[secondLine[point]] === INFINITY_LINE
    );
  }

  /** Whether two hinges cross at a point: neither at infinity nor on a border or helper. */
  isVertex(point: number): boolean {
    const { firstLine, secondLine } = this.points;
    return this.lineNeuron[firstLine[point]] >= 0 && this.lineNeuron[secondLine[point]] >= 0;
  }

  /** The edge's first point, counterclockwise around the cell. */
  startOf(edge: number, cell: number): number {
    return this.edgeLeft[edge] === cell ? this.edgeFrom[edge] : this.edgeTo[edge];
  }

  /** The cell itself or the one from which it comes, whichever existed when the layer began. */
  ancestor(cell: number, layer: number): number {
    let found = cell;
    while (this.cellLayer[found] >= layer) found = this.cellParent[found];
    return found;
  }

  /**
   * Cuts a cell that has corners on both sides of the line, by `side`. The cell keeps the negative
   * part; the positive part becomes a new cell, whose index is returned.
   */
  splitCell(cell: number, line: number, layer: number): number {
    const child = this.loops.length;
    const plus: number[] = [];
    const minus: number[] = [];
    const cut = this.addEdge(-1, -1, child, cell, line);
    for (const edge of this.loops[cell]) this.#distribute(edge, cell, cut, plus, minus);
    if (this.edgeFrom[cut] < 0 || this.edgeTo[cut] < 0) {
      throw new Error(`cell ${cell} is not convex along line ${line}`);
    }
    for (const edge of plus) {
      if (this.edgeLeft[edge] === cell) this.edgeLeft[edge] = child;
      else if (this.edgeRight[edge] === cell && edge !== cut) this.edgeRight[edge] = child;
    }
    this.loops[cell] = minus;
    this.addCell(plus, cell, layer);
    this.addCut(cell, child, line);
    return child;
  }

  /** Adds an edge of the cell to the loop of its side, or both halves if the line crosses it. */
  #distribute(edge: number, cell: number, cut: number, plus: number[], minus: number[]): void {
    const neuron = this.lineNeuron[this.edgeLine[cut]];
    const wasCut = this.#edgeCutBy[edge] === neuron;
    const last = wasCut ? this.#edgeHalf[edge] : edge;
    const isForward = this.edgeLeft[edge] === cell;
    const start = isForward ? this.edgeFrom[edge] : this.edgeTo[last];
    const end = isForward ? this.edgeTo[last] : this.edgeFrom[edge];
    const startSide = this.side[start];
    const endSide = this.side[end];
    if (startSide * endSide < 0) {
      const half = wasCut ? last : this.#cutEdge(edge, this.edgeLine[cut], neuron);
      const [near, far] = isForward ? [edge, half] : [half, edge];
      (startSide > 0 ? plus : minus).push(near);
      this.#turn(this.edgeTo[edge], startSide > 0, cut, plus, minus);
      (startSide > 0 ? minus : plus).push(far);
      return;
    }
    const isPlus = startSide > 0 || endSide > 0;
    if (startSide === 0) this.#turn(start, !isPlus, cut, plus, minus);
    (isPlus ? plus : minus).push(edge);
  }

  /** The loop around the cell changes sides at this point: the cut ends here. */
  #turn(point: number, leavesPlus: boolean, cut: number, plus: number[], minus: number[]): void {
    if (leavesPlus) {
      this.edgeFrom[cut] = point;
      plus.push(cut);
    } else {
      this.edgeTo[cut] = point;
      minus.push(cut);
    }
  }

  /**
   * Cuts an edge where the line crosses it. The edge keeps its first part; the rest is returned.
   *
   * The cross product of line and edge has w > 0 (at infinity: points the right way) exactly if
   * the line's form increases along the edge, because the edge's positive side is to the left.
   */
  #cutEdge(edge: number, line: number, neuron: number): number {
    const to = this.edgeTo[edge];
    const point = this.addPoint(line, this.edgeLine[edge], this.side[to] > 0 ? 1 : -1);
    this.side[point] = 0;
    const { edgeLeft, edgeRight, edgeLine } = this;
    const half = this.addEdge(point, to, edgeLeft[edge], edgeRight[edge], edgeLine[edge]);
    this.edgeTo[edge] = point;
    this.#edgeCutBy[edge] = neuron;
    this.#edgeHalf[edge] = half;
    return half;
  }
}
