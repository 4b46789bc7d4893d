import type { PlainNetwork } from '../../formats/plainNetwork.ts';
import type { Readout } from '../../model/readouts.ts';
import { animationFrame } from '../../screen/animationFrame.ts';
import { applyPatch } from '../../state/patch.ts';
import type { State } from '../../state/state.ts';
import type { LossKind } from '../../training/recipe.ts';
import type { Session } from '../panel/session.ts';

/** A panel that shows a network while it learns: an explicit one, whose kernel stays the same, since its shape does. */
export class LiveNetwork {
  readonly #session: Session;
  readonly #loss: LossKind;
  readonly #release: () => void;
  #isShown = false;

  constructor(session: Session, loss: LossKind) {
    this.#session = session;
    this.#loss = loss;
    this.#release = session.hold();
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
    this.#session.change(applyPatch(this.#session.state, patch), 'moving');
    await animationFrame();
  }

  /** What to show of it, unless the panel shows something like that already: classes with their softmax, or the single output. */
  #firstPatch(outputs: number): object {
    const { readout } = this.#session.state.field;
    if (outputs > 1)
      return isOfAll(readout) ? {} : { field: { readout: { kind: 'class' } }, ...SHADED };
    const kind = this.#loss === 'binaryCrossEntropy' ? 'sigmoid' : 'output';
    return { field: { readout: { kind, index: 0 } } };
  }
}

const SHADED: Pick<State, 'shade'> = { shade: true };

function isOfAll({ kind }: Readout): boolean {
  return kind !== 'output' && kind !== 'neuron';
}
