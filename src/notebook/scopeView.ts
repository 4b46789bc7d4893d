import { messageOf } from '../input/messageOf.ts';
import { type Change, createReluscope, type Reluscope } from '../reluscope.ts';
import { animationFrame } from '../screen/animationFrame.ts';
import type { Sheet } from '../state/sheet.ts';
import { ANSWERERS } from './answers.ts';
import type { HeldNetworks } from './heldNetworks.ts';
import { figureAtFirst, numberOfLeft } from './openFigure.ts';
import { SheetReports } from './sheetReports.ts';
import { isSheet } from './startSheet.ts';
import type { Question, WidgetFigure, WidgetModel, Wish } from './widgetModel.ts';

/** The width of the picture that a saved notebook shows, in pixels. */
const PICTURE_WIDTH = 640;

/** The views of each widget in this document, oldest first; the first one answers. */
const views = new WeakMap<WidgetModel, Set<ScopeView>>();

/** One place of a notebook where a widget is seen. Python's state and the page's follow each other. */
export class ScopeView {
  readonly #model: WidgetModel;
  readonly #scope: Reluscope;
  readonly #networks: HeldNetworks;
  readonly #id = crypto.randomUUID();
  readonly #reports: SheetReports;
  readonly #listeners: readonly [event: string, callback: (...args: never[]) => void][];
  #heard: number;
  /** Set while the networks change or a sheet is taken over: what that changes is told at its end. */
  #isQuiet = false;
  #updating: Promise<void> | null = null;
  #isPictureWanted = false;
  #drawing: Promise<void> | null = null;
  #pictures = 0;
  #destroyed = false;

  /** @param networks those of the widget, which the view releases in the end */
  constructor(model: WidgetModel, host: HTMLElement, networks: HeldNetworks, first: Sheet) {
    this.#model = model;
    this.#networks = networks;
    this.#heard = model.get('_heard');
    this.#scope = createReluscope(host, model.get('_options'));
    this.#reports = new SheetReports((sheet) => this.#send(sheet));
    this.#start(first);
    this.#scope.onChange((change) => this.#notice(change));
    this.#listeners = [
      ['change:_networks', () => void this.#update()],
      ['change:_wishes', () => this.#grant()],
      ['change:_sheet', () => this.#follow()],
      ['change:_figure', () => this.#openFigure(model.get('_figure'))],
      ['msg:custom', (content: Question) => void this.#answer(content)],
    ];
    for (const [event, callback] of this.#listeners) model.on(event, callback);
    views.set(model, (views.get(model) ?? new Set()).add(this));
    model.send({ kind: 'mounted', view: this.#id });
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#reports.flush();
    for (const [event, callback] of this.#listeners) this.#model.off(event, callback);
    views.get(this.#model)?.delete(this);
    this.#scope.destroy();
    this.#networks.release();
    this.#model.send({ kind: 'unmounted', view: this.#id });
  }

  #start(first: Sheet): void {
    this.#scope.open(first);
    const figure = figureAtFirst(this.#model.get('_figure'), this.#model.get('_left'));
    if (figure !== null) this.#openFigure(figure);
    if (isSheet(this.#model.get('_sheet'))) this.#reports.hear(first);
    this.#grant();
    this.#reports.tell(this.#scope.sheet, false);
    this.#keepPicture();
  }

  #notice({ sheet, moving }: Change): void {
    if (this.#isQuiet) return;
    this.#reports.tell(sheet, moving);
    if (!moving) this.#keepPicture();
  }

  #send(sheet: Sheet): void {
    this.#model.set('_ids', this.#networks.ids);
    this.#model.set('_sheet', sheet);
    this.#model.set('_heard', this.#heard);
    this.#model.set('_left', numberOfLeft(this.#model.get('_figure'), this.#scope.figure));
    this.#model.save_changes();
  }

  /** Shows what another view of the widget shows. */
  #follow(): void {
    const sheet = this.#model.get('_sheet');
    if (!isSheet(sheet) || this.#reports.isKnown(sheet)) return;
    this.#reports.hear(sheet);
    this.#quietly(() => this.#scope.open(sheet));
  }

  /** Shows what Python has set. */
  #grant(): void {
    const wishes = this.#model.get('_wishes').filter(({ number }) => number > this.#heard);
    if (wishes.length === 0) return;
    let problem = '';
    this.#quietly(() => {
      for (const wish of wishes) {
        problem = this.#inWords(() => this.#set(wish.panel, wish.patch)) || problem;
      }
    });
    this.#heard = (wishes.at(-1) as Wish).number;
    this.#model.set('problem', problem);
    this.#send(this.#scope.sheet);
    this.#reports.hear(this.#scope.sheet);
    this.#keepPicture();
  }

  /** Shows the networks that Python has given since, the newest ones only, once a frame. */
  #update(): Promise<void> {
    this.#updating ??= (async () => {
      await animationFrame();
      this.#updating = null;
      if (!this.#destroyed) this.#replaceNetworks();
    })();
    return this.#updating;
  }

  #replaceNetworks(): void {
    const problem = this.#inWords(() => {
      const replaced = this.#networks.take(this.#model.get('_networks'));
      this.#quietly(() => {
        for (const { before, after } of replaced) {
          for (const [i, { field }] of this.#scope.panels.entries()) {
            const isShown = field.network.kind === 'model' && field.network.id === before.id;
            const network = { kind: 'model' as const, id: after.id };
            if (isShown) this.#set(i, { field: { network } }, true);
          }
        }
      });
    });
    if (problem !== '') this.#report(problem);
    this.#reports.tell(this.#scope.sheet, true);
    this.#keepPicture();
  }

  #set(panel: number | null, patch: Record<string, unknown>, moving = false): void {
    const { active } = this.#scope.sheet;
    if (panel !== null && panel !== active) this.#scope.activate(panel);
    try {
      this.#scope.set(patch, { moving });
    } finally {
      if (panel !== null && panel !== active) this.#scope.activate(active);
    }
  }

  #openFigure(figure: WidgetFigure | null): void {
    const problem = this.#inWords(() => {
      if (figure === null) this.#scope.closeFigure();
      else this.#scope.openFigure(figure.id, figure.settings);
    });
    if (problem !== '') this.#report(problem);
  }

  async #answer({ kind, id, what, options }: Question): Promise<void> {
    const [first] = views.get(this.#model) ?? [];
    if (kind !== 'ask' || first !== this) return;
    try {
      await this.#updating;
      const { value, bytes } = await ANSWERERS[what]!(this.#scope, options);
      this.#model.send({ kind: 'answer', id, value }, undefined, bytes === null ? [] : [bytes]);
    } catch (error) {
      this.#model.send({ kind: 'answer', id, error: messageOf(error) });
    }
  }

  /** Sends Python a picture once what is shown now is at rest. */
  #keepPicture(): void {
    if (!this.#model.get('_pictures')) return;
    this.#isPictureWanted = true;
    this.#drawing ??= this.#drawPicture().finally(() => {
      this.#drawing = null;
    });
  }

  async #drawPicture(): Promise<void> {
    try {
      while (this.#isPictureWanted) {
        this.#isPictureWanted = false;
        await this.#scope.settled();
        const file = await this.#scope.toPng({ width: PICTURE_WIDTH });
        const bytes = await file.arrayBuffer();
        this.#pictures += 1;
        const picture = { kind: 'picture', view: this.#id, number: this.#pictures };
        this.#model.send(picture, undefined, [bytes]);
      }
    } catch {
      // Destroyed, or without WebGPU, as the page says: then there is no picture to keep.
    }
  }

  #quietly(work: () => void): void {
    this.#isQuiet = true;
    try {
      work();
    } finally {
      this.#isQuiet = false;
    }
  }

  #report(problem: string): void {
    this.#model.set('problem', problem);
    this.#model.save_changes();
  }

  /** @returns the error of the work in words; empty without one */
  #inWords(work: () => void): string {
    try {
      work();
      return '';
    } catch (error) {
      return messageOf(error);
    }
  }
}
