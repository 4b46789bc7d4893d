import { InvalidInputError } from '../../input/invalidInput.ts';
import type { Vec2 } from '../../model/field.ts';
import { type ParameterPlace, withParameter } from '../../model/parameters.ts';
import { seedOf } from '../../model/seeds.ts';
import type { DoubleDouble } from '../../numeric/doubleDouble.ts';
import { applyPatch } from '../../state/patch.ts';
import { stepReadout } from '../../state/readoutChoices.ts';
import type { State } from '../../state/state.ts';
import { withField } from '../../state/withField.ts';
import { describeOwnWeights } from '../network/ownWeights.ts';
import type { Messages } from '../page/messages.ts';
import type { Motion, Session } from './session.ts';

/** Changes of a panel's state by a person: what is not possible is said, and changes nothing. */
export class PanelEdits {
  readonly #session: Session;
  readonly #messages: Messages;
  readonly #onRejected: () => void;

  /** @param onRejected called after a change that was not possible */
  constructor(session: Session, messages: Messages, onRejected: () => void) {
    this.#session = session;
    this.#messages = messages;
    this.#onRejected = onRejected;
  }

  edit(patch: object, motion: Motion): void {
    this.#attempt(() => applyPatch(this.#session.state, patch), motion);
  }

  /** Merges a part of a field; parts that it does not name stay as they are. */
  editField(part: object, motion: Motion): void {
    this.#attempt(() => withField(this.#session.state, part), motion);
  }

  /** Changes a weight or a bias: the network is then an explicit one, and no step of a training run. */
  setParameter(place: ParameterPlace, value: number, motion: Motion): void {
    const { state } = this.#session;
    const { field, run } = state;
    const wasOwn = field.network.kind === 'explicit' && run === null;
    this.#attempt(() => {
      const network = withParameter(field.network, place, value);
      return { ...state, run: null, field: { ...field, network } };
    }, motion);
    if (!wasOwn && this.#session.state !== state)
      this.#messages.note(describeOwnWeights(this.#session.state));
  }

  /** Draws the field from another seed, found from the present one. */
  reseed(next: (seed: number) => number): void {
    const seed = seedOf(this.#session.state.field);
    if (seed !== null) this.editField({ network: { seed: next(seed) } }, 'still');
    else this.#messages.note('This field has no random seed.');
  }

  /** Shows the next output, or the one before; of a hidden neuron the next of its layer. */
  stepOutput(step: 1 | -1): void {
    const readout = stepReadout(this.#session.state.field, step);
    if (readout) this.editField({ readout }, 'still');
    else this.#messages.note('This network has a single output.');
  }

  setCenter(axis: 0 | 1, { high, low }: DoubleDouble): void {
    const { center, centerLow } = this.#session.state.view;
    const along = (parts: Vec2, part: number) => parts.map((old, i) => (i === axis ? part : old));
    const view = { center: along(center, high), centerLow: along(centerLow, low) };
    this.edit({ view }, 'still');
  }

  #attempt(next: () => State, motion: Motion): void {
    try {
      this.#session.change(next(), motion);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      this.#messages.warn(error.message);
      this.#onRejected();
    }
  }
}
