import type { RendererOptions, RendererProblem } from './canvasRenderer.ts';

/** Tells what keeps a canvas from its pictures, and, once, that nothing does any more. */
export class Problems {
  #isTold = false;
  readonly #listener: Pick<RendererOptions, 'onProblem'>;

  constructor(listener: Pick<RendererOptions, 'onProblem'>) {
    this.#listener = listener;
  }

  tell(problem: RendererProblem): void {
    this.#isTold = true;
    this.#listener.onProblem(problem);
  }

  clear(): void {
    if (!this.#isTold) return;
    this.#isTold = false;
    this.#listener.onProblem(null);
  }
}
