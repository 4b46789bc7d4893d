/** The files that are being drawn. What plays waits for them, since its pictures would take most of the GPU from them. */
export class DrawnFiles {
  #count = 0;

  get any(): boolean {
    return this.#count > 0;
  }

  async during<T>(draw: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await draw();
    } finally {
      this.#count -= 1;
    }
  }
}
