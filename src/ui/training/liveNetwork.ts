import type { PlainNetwork } from '../../formats/plainNetwork.ts';
import { readoutOf } from '../../state/lookOfRun.ts';
import { applyPatch } from '../../state/patch.ts';
import type { LossKind } from '../../training/recipe.ts';
import type { Session } from '../panel/session.ts';

/** The panel that shows it. */
export interface LiveHost {
  readonly session: Session;
  /** Resolves when the newest state is on the screen, and there may be another one. */
  nextFrame(): Promise<void>;
}

/** A panel that shows a network while it learns: an explicit one, whose kernel stays the same, since its shape does. */
export class LiveNetwork {
  readonly #host: LiveHost;
  readonly #loss: LossKind;
  readonly #asScript: (change: () => void) => void;
  readonly #release: () => void;
  #isShown = false;

  /** @param asScript makes a change in the name of the script that trains */
  constructor(host: LiveHost, loss: LossKind, asScript: (change: () => void) => void) {
    this.#host = host;
    this.#loss = loss;
    this.#asScript = asScript;
    this.#release = host.session.hold();
  }

  /** What was shown so far is one step to undo. */
  end(): void {
    this.#release();
  }

  /** Shows the network, and waits until there may be another one. */
  async show({ layers }: PlainNetwork): Promise<void> {
    const network = { kind: 'explicit', layers };
    const first = this.#isShown ? {} : this.#firstPatch(layers.at(-1)!.bias.length);
    this.#isShown = true;
    const { field, ...rest } = { field: {}, ...first };
    const patch = { ...rest, field: { ...field, network } };
    const { session } = this.#host;
    this.#asScript(() => session.change(applyPatch(session.state, patch), 'moving'));
    await this.#host.nextFrame();
  }

  /** What to show of it, unless the panel shows something like that already: classes with their softmax, or the single output. */
  #firstPatch(outputs: number): object {
    const readout = readoutOf(this.#loss, outputs, this.#host.session.state.field.readout);
    if (readout === null) return {};
    return { field: { readout }, ...(readout.kind === 'class' ? { shade: true } : {}) };
  }
}
