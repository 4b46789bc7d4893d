import GUI from 'lil-gui';
import type { Field } from '../../model/field.ts';
import type { DoubleDouble } from '../../numeric/doubleDouble.ts';
import type { FrameReport } from '../../picture/frameReport.ts';
import type { CanvasRenderer } from '../../screen/canvasRenderer.ts';
import type { FieldDrafts } from '../../state/fieldDrafts.ts';
import { FIRST_DRAFTS, remember } from '../../state/fieldDrafts.ts';
import type { State } from '../../state/state.ts';
import { scrollInto } from '../dom/scrollInto.ts';
import type { Exporter } from '../exporting/exporter.ts';
import type { Navigation } from '../panel/navigation.ts';
import type { Motion } from '../panel/session.ts';
import type { TilesView } from '../panel/tilesView.ts';
import type { Regions } from '../regions/regions.ts';
import type { ControlsModel } from './controlsModel.ts';
import { readModel } from './controlsModel.ts';
import { addDeveloperControls } from './developerControls.ts';
import { addExportControls } from './exportControls.ts';
import { addFieldControls } from './fieldControls.ts';
import { addPictureControls } from './pictureControls.ts';
import { addViewControls } from './viewControls.ts';

export interface ControlsActions {
  readonly navigation: Navigation;
  readonly exporter: Exporter;
  readonly regions: Regions;
  readonly tiles: TilesView;
  /** null while it is unknown. */
  adapter(): CanvasRenderer['adapter'] | null;
  /** Restores the state of an exported picture. */
  openPicture(file: File): void;
  /** Merges a part of a state into the state. */
  edit(patch: object, motion: Motion): void;
  /** Merges a part of a field into the state's. */
  editField(part: object, motion: Motion): void;
  stepOutput(step: 1 | -1): void;
  showAllOutputs(): void;
  setCenter(axis: 0 | 1, value: DoubleDouble): void;
}

const REGIONS = 'Regions';

/** The controls of one panel: every part of the state has a controller here. */
export class Controls {
  readonly #gui: GUI;
  readonly #model: ControlsModel;
  readonly #showField: (field: Field) => void;
  readonly #showPicture: (field: Field) => void;
  readonly #showView: () => void;
  readonly #showDeveloper: (state: State) => void;
  #drafts: FieldDrafts;
  #field: Field;
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
      field: () => this.#field,
      drafts: () => this.#drafts,
      shownRange: () => this.#range,
    };
    this.#showField = addFieldControls(this.#gui.addFolder('Field'), editor);
    this.#showPicture = addPictureControls(this.#gui.addFolder('Picture'), editor);
    this.#showView = addViewControls(this.#gui.addFolder('View'), editor, actions.navigation);
    actions.regions.addTo(this.#gui.addFolder(REGIONS));
    addExportControls(this.#gui.addFolder('Export'), actions.exporter, (file) =>
      actions.openPicture(file),
    );
    this.#showDeveloper = addDeveloperControls(
      this.#gui.addFolder('For developers'),
      actions.tiles,
      actions.adapter,
    );
    this.#gui.domElement.addEventListener('transitionend', (event) => this.#showOpened(event));
    this.show(state);
  }

  /** Lets the next edit begin with this state, which `show` may show only in the next frame. */
  follow(state: State): void {
    this.#drafts = remember(this.#drafts, state.field);
    this.#field = state.field;
    Object.assign(this.#model, readModel(state, this.#drafts, this.#model));
  }

  show(state: State): void {
    this.follow(state);
    this.#showField(state.field);
    this.#showPicture(state.field);
    this.#showView();
    this.#showDeveloper(state);
    for (const controller of this.#gui.controllersRecursive()) controller.updateDisplay();
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
    this.#gui.destroy();
  }

  /** A folder that a person has opened comes into view; only such an opening is animated. */
  #showOpened({ target, propertyName }: TransitionEvent): void {
    if (propertyName !== 'height') return;
    const folder = this.#gui.foldersRecursive().find(({ $children }) => $children === target);
    const box = this.#gui.domElement.closest('.controlsBody');
    if (folder && !folder._closed && box) scrollInto(box, folder.domElement);
  }
}
