import type { State } from '../../state/state.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import { LearntPane } from '../learnt/learntPane.ts';
import { NetworkDiagram } from '../network/diagram.ts';
import type { Messages } from '../page/messages.ts';
import type { PanelEdits } from './panelEdits.ts';
import type { PanelLayout } from './panelLayout.ts';

/** What the panes use of their panel. */
export interface PanesHost {
  readonly state: State;
  readonly edits: PanelEdits;
  /** Puts the focus on the picture. */
  focus(): void;
}

/** The panes beside a panel's picture, each made when it is first shown: its network, and what that has learnt. */
export class PanelPanes {
  readonly #host: PanesHost;
  readonly #layout: PanelLayout;
  readonly #geometry: PictureGeometry;
  readonly #messages: Messages;
  #diagram: NetworkDiagram | null = null;
  #learnt: LearntPane | null = null;

  constructor(host: PanesHost, layout: PanelLayout, geometry: PictureGeometry, messages: Messages) {
    this.#host = host;
    this.#layout = layout;
    this.#geometry = geometry;
    this.#messages = messages;
  }

  toggleDiagram(): void {
    this.#host.edits.edit({ diagram: !this.#host.state.diagram }, 'still');
  }

  /** Gives room to the panes of the state. */
  makeRoom({ diagram, learnt }: State): void {
    this.#layout.panel.classList.toggle('withNetwork', diagram);
    this.#layout.panel.classList.toggle('withLearnt', learnt);
    if (diagram) this.#diagram ??= this.#makeDiagram();
    if (learnt) this.#learnt ??= this.#makeLearnt();
  }

  /** Follows the state; often while something moves. */
  show(state: State, moving: boolean): void {
    this.#diagram?.show(state, moving);
    if (state.learnt) this.#learnt?.show(state);
  }

  destroy(): void {
    this.#diagram?.destroy();
  }

  #makeDiagram(): NetworkDiagram {
    const host = this.#host;
    const { edits } = host;
    return new NetworkDiagram(this.#layout.network, {
      get state() {
        return host.state;
      },
      geometry: this.#geometry,
      canvas: this.#layout.canvas,
      setReadout: (readout) => edits.editField({ readout }, 'still'),
      setParameter: (place, value, motion) => edits.setParameter(place, value, motion),
      explain: (text) => this.#messages.note(text),
      close: () => {
        this.toggleDiagram();
        host.focus();
      },
    });
  }

  #makeLearnt(): LearntPane {
    const host = this.#host;
    return new LearntPane(this.#layout.learnt, {
      get state() {
        return host.state;
      },
      edit: (patch) => host.edits.edit(patch, 'still'),
      explain: (text) => this.#messages.note(text),
      close: () => {
        host.edits.edit({ learnt: false }, 'still');
        host.focus();
      },
    });
  }
}
