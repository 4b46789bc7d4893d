import { COLUMNS_MAX } from '../../state/sheet.ts';
import { disableButton } from '../dom/disableButton.ts';
import { make, makeIcon, setAttribute } from '../dom/elements.ts';
import { ICONS } from '../dom/icons.ts';
import type { Navigation } from '../panel/navigation.ts';
import { ZOOM_STEP } from '../panel/navigation.ts';
import { REDO_KEYS, UNDO_KEYS } from './keyNames.ts';
import { CONTROLS_ID } from './layout.ts';
import { NEEDY_TOOLS, type PageUse, reasonAgainstTool } from './needs.ts';
import type { SheetActions } from './sheetActions.ts';

export interface ToolbarActions {
  /** Of the panel that is active at the time. */
  readonly navigation: Navigation;
  /** The actions of the buttons for several panels. */
  readonly sheet: SheetActions;
  undo(): void;
  redo(): void;
  nextSeed(): void;
  toggleHelp(): void;
  toggleControls(): void;
  focusPicture(): void;
}

/** What the buttons show of the page. */
export interface SheetSummary {
  /** The number of fields on the page. */
  readonly panels: number;
  readonly columns: number | null;
  readonly linkedViews: boolean;
  readonly sharedRange: boolean;
}

const AUTO = 'auto';
const MENU_ID = 'reluscope-menu';

/** The row of buttons over the picture. */
export class Toolbar {
  readonly #element: HTMLElement;
  readonly #undo: HTMLButtonElement;
  readonly #redo: HTMLButtonElement;
  readonly #box: HTMLButtonElement;
  readonly #controls: HTMLButtonElement;
  readonly #removePanel: HTMLButtonElement;
  readonly #linkViews: HTMLButtonElement;
  readonly #shareRange: HTMLButtonElement;
  readonly #columns: ColumnsChoice;
  readonly #focusPicture: () => void;

  /** @param copyLink null where no address holds what the page shows */
  constructor(element: HTMLElement, actions: ToolbarActions, copyLink: (() => void) | null) {
    this.#element = element;
    this.#focusPicture = () => actions.focusPicture();
    this.#undo = makeButton('undo', `Undo (${UNDO_KEYS})`, () => actions.undo());
    this.#redo = makeButton('redo', `Redo (${REDO_KEYS})`, () => actions.redo());
    this.showSteps(false, false);
    this.#box = makeButton('box', 'Zoom to a box (b, or shift and drag)', (event) => {
      const { navigation } = actions;
      // A click by a key has no place: the box opens in the middle, and the keys move it.
      if (event.detail > 0) navigation.box.arm(!navigation.box.armed);
      else navigation.toggleBox();
      actions.focusPicture();
    });
    this.#controls = makeButton('controls', 'Controls (p)', () => actions.toggleControls());
    this.#controls.setAttribute('aria-controls', CONTROLS_ID);
    const { sheet } = actions;
    this.#removePanel = makeButton('removePanel', 'Remove the panel (delete)', () =>
      sheet.removePanel(),
    );
    this.#linkViews = makeButton('linkViews', 'Link the views of all panels (l)', () =>
      sheet.toggleLinkedViews(),
    );
    this.#shareRange = makeButton('shareRange', 'Use one colour range for all panels (s)', () =>
      sheet.toggleSharedRange(),
    );
    this.#columns = makeColumns((columns) => sheet.setColumns(columns));
    const more = makeMenu(
      makeButton('zoomIn', 'Zoom in (+)', () =>
        actions.navigation.zoom(1 / ZOOM_STEP, 'still', null),
      ),
      makeButton('zoomOut', 'Zoom out (−)', () =>
        actions.navigation.zoom(ZOOM_STEP, 'still', null),
      ),
      makeSpacer(),
      makeButton('addPanel', 'Add a panel (n)', () => sheet.addPanel()),
      makeButton('duplicatePanel', 'Duplicate the panel (d)', () => sheet.duplicatePanel()),
      this.#removePanel,
      this.#linkViews,
      this.#shareRange,
      this.#columns.label,
      makeSpacer(),
      ...(copyLink ? [makeButton('copyLink', 'Copy link', copyLink)] : []),
      makeButton('help', 'Gestures and keys (?)', () => actions.toggleHelp()),
    );
    element.append(
      makeButton('reseed', 'Next seed (r)', () => actions.nextSeed()),
      makeSpacer(),
      this.#undo,
      this.#redo,
      makeButton('home', 'Home (0)', () => actions.navigation.home()),
      this.#box,
      more,
      makeMenuButton(more),
      this.#controls,
    );
  }

  showSteps(canUndo: boolean, canRedo: boolean): void {
    // A disabled button in focus would swallow the keys.
    if (!canUndo && this.#undo.matches(':focus')) this.#focusPicture();
    if (!canRedo && this.#redo.matches(':focus')) this.#focusPicture();
    disableButton(this.#undo, canUndo ? null : 'There is nothing to undo.');
    disableButton(this.#redo, canRedo ? null : 'There is nothing to redo.');
  }

  /** Disables the buttons that would do nothing. */
  showUse(use: PageUse): void {
    for (const icon of NEEDY_TOOLS) {
      const button = this.#element.querySelector<HTMLButtonElement>(`.tool-${icon}`)!;
      disableButton(button, reasonAgainstTool(icon, use));
    }
  }

  showBox(armed: boolean): void {
    setAttribute(this.#box, 'aria-pressed', String(armed));
  }

  /** Links and columns matter only if there are several panels. */
  showSheet({ panels, columns, linkedViews, sharedRange }: SheetSummary): void {
    const several = panels > 1;
    for (const element of [
      this.#removePanel,
      this.#linkViews,
      this.#shareRange,
      this.#columns.label,
    ]) {
      element.hidden = !several;
    }
    setAttribute(this.#linkViews, 'aria-pressed', String(linkedViews));
    setAttribute(this.#shareRange, 'aria-pressed', String(sharedRange));
    this.#columns.select.value = String(columns ?? AUTO);
  }

  showControls(open: boolean): void {
    setAttribute(this.#controls, 'aria-expanded', String(open));
  }
}

function makeButton(
  icon: keyof typeof ICONS,
  name: string,
  onClick: (event: MouseEvent) => void,
): HTMLButtonElement {
  const button = make(
    'button',
    { type: 'button', class: `tool tool-${icon}`, title: name, 'aria-label': name },
    makeIcon(ICONS[icon]),
  );
  button.addEventListener('click', onClick);
  return button;
}

/** Buttons that a narrow page shows as a menu, with their names; on others they stand in the row. */
function makeMenu(...children: readonly HTMLElement[]): HTMLElement {
  const menu = make('div', { class: 'menu', id: MENU_ID, popover: 'auto' }, ...children);
  menu.addEventListener('click', (event) => {
    if ((event.target as Element).closest('button')) menu.hidePopover();
  });
  return menu;
}

function makeMenuButton(menu: HTMLElement): HTMLButtonElement {
  const button = makeButton('more', 'More tools', () => undefined);
  button.setAttribute('popovertarget', MENU_ID);
  // A popover lies over everything, so it has no place of its own in the page.
  menu.addEventListener('beforetoggle', () => {
    const { bottom, right } = button.getBoundingClientRect();
    menu.style.top = `${bottom}px`;
    menu.style.right = `${document.documentElement.clientWidth - right}px`;
  });
  return button;
}

interface ColumnsChoice {
  readonly label: HTMLElement;
  readonly select: HTMLSelectElement;
}

function makeColumns(onChange: (columns: number | null) => void): ColumnsChoice {
  const values = [AUTO, ...Array.from({ length: COLUMNS_MAX }, (_, i) => String(i + 1))];
  const select = make('select', {}, ...values.map((value) => make('option', { value }, value)));
  select.addEventListener('change', () => {
    onChange(select.value === AUTO ? null : Number(select.value));
  });
  return { label: make('label', { class: 'columns' }, 'Columns ', select), select };
}

function makeSpacer(): HTMLElement {
  return make('span', { class: 'spacer' });
}
