import GUI from 'lil-gui';
import type { Field } from '../../model/field.ts';
import type { Model } from '../../model/models.ts';
import type { DoubleDouble } from '../../numeric/doubleDouble.ts';
import type { FrameReport } from '../../picture/frameReport.ts';
import type { CanvasRenderer } from '../../screen/canvasRenderer.ts';
import type { FieldDrafts } from '../../state/fieldDrafts.ts';
import { FIRST_DRAFTS, remember } from '../../state/fieldDrafts.ts';
import type { State } from '../../state/state.ts';
import { scrollInto } from '../dom/scrollInto.ts';
import type { Exporter } from '../exporting/exporter.ts';
import type { Navigation } from '../panel/navigation.ts';
import type { PointsTool } from '../panel/pointsTool.ts';
import type { Motion } from '../panel/session.ts';
import type { TilesView } from '../panel/tilesView.ts';
import type { Regions } from '../regions/regions.ts';
import type { PanelTraining } from '../training/panelTraining.ts';
import type { ControlsModel } from './controlsModel.ts';
import { readModel } from './controlsModel.ts';
import { addDataControls } from './dataControls.ts';
import { addDeveloperControls } from './developerControls.ts';
import { addExportControls } from './exportControls.ts';
import { addFieldControls } from './fieldControls.ts';
import type { FieldEditor } from './fieldEditor.ts';
import { addPictureControls, type PictureEditor } from './pictureControls.ts';
import { addTrainingControls } from './trainingControls.ts';
import { addViewControls } from './viewControls.ts';

export interface ControlsActions {
  readonly navigation: Navigation;
  readonly exporter: Exporter;
  readonly regions: Regions;
  readonly points: PointsTool;
  openData(): void;
  readonly tiles: TilesView;
  readonly training: PanelTraining;
  /** null while it is unknown. */
  adapter(): CanvasRenderer['adapter'] | null;
  /** Lets a person choose files to open. @param accept as the attribute of an input; '' for all */
  chooseFiles(accept?: string): void;
  choosePoints(): void;
  showModel(model: Model): void;
  /** Merges a part of a state into the state. */
  edit(patch: object, motion: Motion): void;
  /** Merges a part of a field into the state's. */
  editField(part: object, motion: Motion): void;
  stepOutput(step: 1 | -1): void;
  showAllOutputs(): void;
  setCenter(axis: 0 | 1, value: DoubleDouble): void;
}

const REGIONS = 'Regions';

/** A folder and what it shows. */
interface Part {
  readonly folder: GUI;
  /** What of the state its controllers depend on; null if they are shown each time. */
  readonly reads: ((state: State) => readonly unknown[]) | null;
  readonly show: (state: State) => void;
}

/** The controls of one panel: every part of the state has a controller here. */
export class Controls {
  readonly #gui: GUI;
  readonly #model: ControlsModel;
  readonly #parts: readonly Part[];
  readonly #life = new AbortController();
  #drafts: FieldDrafts;
  #field: Field;
  /** The state that the controllers show. */
  #shown: State | null = null;
  #range: FrameReport['range'] = null;

  constructor(container: HTMLElement, state: State, actions: ControlsActions) {
    this.#drafts = remember(FIRST_DRAFTS, state.field);
    this.#field = state.field;
    this.#model = readModel(state, this.#drafts, null);
    this.#gui = new GUI({
      container,
      title: 'Reluscope',
      injectStyles: false,
    });
    const editor = {
      model: this.#model,
      ...actions,
      signal: this.#life.signal,
      field: () => this.#field,
      drafts: () => this.#drafts,
      shownRange: () => this.#range,
    };
    this.#parts = this.#addParts(editor, actions);
    this.#gui.domElement.addEventListener('transitionend', (event) => this.#showOpened(event));
    this.show(state);
  }

  /** Lets the next edit begin with this state, which `show` may show only in the next frame. */
  follow(state: State): void {
    if (state.field !== this.#field) this.#drafts = remember(this.#drafts, state.field);
    this.#field = state.field;
    Object.assign(this.#model, readModel(state, this.#drafts, this.#model));
  }

  /** Shows a state, in place of anything typed that was not accepted. */
  show(state: State): void {
    this.#shown = null;
    this.update(state);
  }

  /** Shows what has changed since it was last called: little, while a view moves. */
  update(state: State): void {
    this.follow(state);
    const before = this.#shown;
    this.#shown = state;
    for (const { folder, reads, show } of this.#parts) {
      if (before && reads && equalItems(reads(before), reads(state))) continue;
      show(state);
      for (const controller of folder.controllersRecursive()) controller.updateDisplay();
    }
  }

  showReport(report: FrameReport): void {
    this.#range = report.range;
  }

  /**
   * Opens and closes the same folders as another panel's controls; there the folder of exact
   * regions closes, since it counts while it is open.
   */
  takeOverFolders(before: Controls): void {
    const folders = before.#gui.foldersRecursive();
    for (const folder of this.#gui.foldersRecursive()) {
      const same = folders.find(({ _title }) => _title === folder._title);
      if (same) folder.open(!same._closed);
      if (folder._title === REGIONS) same?.close();
    }
  }

  destroy(): void {
    this.#life.abort();
    this.#gui.destroy();
  }

  #addParts(editor: FieldEditor & PictureEditor, actions: ControlsActions): readonly Part[] {
    const add = (title: string) => this.#gui.addFolder(title);
    const { navigation, exporter, regions, tiles, adapter, chooseFiles } = actions;
    const field = add('Field');
    const showField = addFieldControls(field, editor);
    const picture = add('Picture');
    const showPicture = addPictureControls(picture, editor);
    const data = this.#addClosed('Data', (folder) => addDataControls(folder, actions));
    const training = this.#addClosed('Training', (folder) => addTrainingControls(folder, actions));
    const view = add('View');
    const showView = addViewControls(view, editor, navigation);
    regions.addTo(add(REGIONS));
    const files = this.#addClosed('Export', (folder) =>
      addExportControls(folder, exporter, () => chooseFiles('image/png')),
    );
    const developer = this.#addClosed('For developers', (folder) =>
      addDeveloperControls(folder, tiles, adapter),
    );
    return [
      {
        folder: field,
        reads: (state) => [state.field, state.diagram],
        show: (state) => showField(state.field),
      },
      {
        folder: picture,
        reads: ({ view: _, ...rest }) => Object.values(rest),
        show: (state) => showPicture(state.field),
      },
      { ...data, reads: ({ data, dataPoints, field }) => [data, dataPoints, field] },
      { ...training, reads: ({ data, run, learnt }) => [data, run?.recipe, learnt] },
      { folder: view, reads: null, show: showView },
      { ...files, reads: null },
      { ...developer, reads: null },
    ];
  }

  /**
   * A folder that is closed at first, and filled when it is first opened.
   * @param fill returns a function that shows the controllers for a state
   */
  #addClosed(
    title: string,
    fill: (folder: GUI) => (state: State) => void,
  ): Pick<Part, 'folder' | 'show'> {
    const folder = this.#gui.addFolder(title).close();
    let showFilled: ((state: State) => void) | null = null;
    folder.onOpenClose(() => {
      if (showFilled || folder._closed) return;
      showFilled = fill(folder);
      if (this.#shown) this.show(this.#shown);
    });
    return { folder, show: (state) => showFilled?.(state) };
  }

  /** A folder that a person has opened comes into view; only such an opening is animated, by lil-gui until the first of its transitions ends. */
  #showOpened({ target }: TransitionEvent): void {
    const folder = this.#gui.foldersRecursive().find(({ $children }) => $children === target);
    const box = this.#gui.domElement.closest('.controlsBody');
    if (folder && !folder._closed && box) scrollInto(box, folder.domElement);
  }
}

function equalItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
