/** Union-find with path halving. */
export class DisjointSets {
  readonly #parent: Int32Array;

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, i) => i);
  }

  find(element: number): number {
    const parent = this.#parent;
    let root = element;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  /** Joins two sets; the smaller root represents both. */
  join(first: number, second: number): void {
    const a = this.find(first);
    const b = this.find(second);
    this.#parent[Math.max(a, b)] = Math.min(a, b);
  }

  /** Numbers the sets 0, 1, 2… by their first elements. */
  number(): { indices: Int32Array; firstCells: number[] } {
    const firstCells: number[] = [];
    const indices = new Int32Array(this.#parent.length);
    for (let i = 0; i < indices.length; i++) {
      const root = this.find(i);
      if (root === i) indices[i] = firstCells.push(i) - 1;
      else indices[i] = indices[root];
    }
    return { indices, firstCells };
  }
}
