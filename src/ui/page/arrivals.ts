import { messageOf } from '../../input/messageOf.ts';
import { shapeOf } from '../../model/drawnNetwork.ts';
import { firstField } from '../../model/firstField.ts';
import { listenToModels, listModel, type Model } from '../../model/models.ts';
import { DEFAULT_STATE } from '../../state/defaults.ts';
import { applyPatch } from '../../state/patch.ts';
import type { Sheet } from '../../state/sheet.ts';
import { decodeSheet } from '../../state/sheetUrl.ts';
import type { State } from '../../state/state.ts';
import { PICTURE_SOURCE, readPicture, readPictureSheet } from '../exporting/droppedPicture.ts';
import type { Figures } from '../figures/figures.ts';
import { AwaitedLink } from '../models/awaitedLink.ts';
import { FileOpener } from '../models/fileOpener.ts';
import { keepModels } from '../models/modelStore.ts';
import type { PanelView } from '../panel/panelView.ts';
import type { Messages } from './messages.ts';

/** What arrivals use of the page, and do to it. */
export interface ArrivalsPage {
  readonly messages: Messages;
  readonly active: PanelView;
  readonly panels: { readonly views: readonly PanelView[] };
  readonly figures: Pick<Figures, 'openLink'>;
  open(sheet: Sheet): void;
  add(state: State): void;
  /** Turns the fields of a figure into an ordinary page. */
  leaveFigure(): void;
  /** Leaves a link in the address as it is. */
  keepAddress(): void;
}

/** What a state has that may not suit another network. */
const PLAIN = {
  projection: { kind: 'plane' },
  quantity: 'value',
  range: { mode: 'auto' },
  selection: null,
  data: null,
};

/** What comes to the page from outside: links, saved pictures, networks and points from files. */
export class Arrivals {
  readonly files: FileOpener;
  readonly #page: ArrivalsPage;
  readonly #awaited: AwaitedLink;

  constructor(page: ArrivalsPage) {
    this.#page = page;
    this.files = new FileOpener({
      messages: page.messages,
      openPicture: (file) => this.#openPicture(file),
      add: (model) => listModel(model),
      open: (model) => this.#openModel(model),
      inputs: () => shapeOf(page.active.state.field.network).inputs,
      showPlane: ({ slice, center, halfWidth }) =>
        page.active.edits.edit({ field: { slice }, view: { center, halfWidth } }, 'still'),
    });
    this.#awaited = new AwaitedLink(page.messages, () => this.files.choose());
  }

  /** @param keep whether the browser's storage keeps them */
  followModels(keep: boolean, signal: AbortSignal): void {
    const warn = (error: unknown) => {
      this.#page.messages.warn(
        `This browser keeps no networks (${messageOf(error)}): those that are open last until the page is left.`,
      );
    };
    const ends = [
      listenToModels(() => this.#awaited.notice()),
      ...(keep ? [keepModels(warn)] : []),
    ];
    for (const end of ends) signal.addEventListener('abort', end);
  }

  /** Shows what is wrong with a link, and leaves it in the address, where a person can correct it. */
  reportBroken(problem: string): void {
    this.#page.messages.warn(problem);
    this.#page.keepAddress();
  }

  /** Opens a link, or keeps it waiting, in the address too, for networks that it does not hold. */
  openLink(text: string): void {
    const isOpen = this.#awaited.open(text, 'This link', () => this.#openLinkText(text));
    if (!isOpen) this.#page.keepAddress();
  }

  /** Shows a network in the active panel, on the plane of its most telling inputs. */
  showModel(model: Model): void {
    this.#page.leaveFigure();
    const isEmpty = this.#page.panels.views.length === 0;
    const before = isEmpty ? DEFAULT_STATE : this.#page.active.state;
    const next = applyPatch(before, { ...firstField(model), ...PLAIN });
    if (isEmpty) this.#page.add(next);
    else this.#page.active.session.change(next, 'still');
  }

  #openLinkText(text: string): void {
    if (this.#openFigure(text)) return;
    const { sheet, problem } = decodeSheet(text);
    this.#page.open(sheet);
    if (problem) this.reportBroken(problem);
  }

  #openFigure(text: string): boolean {
    const { isFigure, problem } = this.#page.figures.openLink(text);
    if (problem) this.reportBroken(problem);
    return isFigure;
  }

  async #openPicture(file: File): Promise<void> {
    await this.#attempt(file.name, async () => {
      const text = await readPicture(file);
      const open = () => void this.#attempt(file.name, () => this.#openPictureText(text));
      this.#awaited.open(text, 'This picture', open);
    });
  }

  #openPictureText(text: string): void {
    const { isFigure, problem } = this.#page.figures.openLink(text, PICTURE_SOURCE);
    if (problem) this.#page.messages.warn(problem);
    if (isFigure) return;
    const sheet = readPictureSheet(text);
    // One panel comes into the active one; several replace the page.
    if (sheet.panels.length > 1) this.#page.open(sheet);
    else this.#page.active.session.change(sheet.panels[0]!, 'still');
  }

  /** Says what is wrong with a file. */
  async #attempt(name: string, act: () => void | Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#page.messages.warn(`${name}: ${messageOf(error)}`);
    }
  }

  /** Lists a network and shows it, unless a link waits for it: then that is shown. */
  #openModel(model: Model): void {
    const isAwaited = this.#awaited.needs(model.id);
    listModel(model);
    if (isAwaited) return;
    this.showModel(model);
    if (this.#awaited.isWaiting) {
      this.#page.messages.note(
        `${model.facts.name} is another network than the one that is asked for.`,
      );
    }
  }
}
