import type { Vec2 } from '../../model/field.ts';
import type { Navigation } from '../panel/navigation.ts';
import { ZOOM_STEP } from '../panel/navigation.ts';
import type { Regions } from '../regions/regions.ts';
import { nameKey } from './keyNames.ts';
import type { SheetActions } from './sheetActions.ts';

/** The step by which an arrow key moves the box of a box zoom, or resizes it with shift, in CSS pixels. */
const BOX_STEP_PX = 16;

export interface KeyActions {
  readonly navigation: Navigation;
  readonly regions: Pick<Regions, 'toggleEdges' | 'select' | 'release'>;
  /** Draws the next seed; false if the field has none. */
  readonly sheet: SheetActions;
  reseed(): void;
  randomSeed(): void;
  toggleFigures(): void;
  toggleHelp(): void;
  toggleControls(): void;
}

/** The keys, as the help lists them. */
export const KEY_HELP: readonly (readonly [keys: string, what: string])[] = [
  ['drag', 'pan'],
  ['wheel, pinch, double click', 'zoom about the pointer'],
  ['shift + drag', 'zoom to a box'],
  ['log-radial: drag, wheel', 'move the rings; a double click makes a point the centre'],
  ['← → ↑ ↓', 'pan; with shift in small steps'],
  ['+ −', 'zoom about the pointer or the middle'],
  ['0 or h', 'home'],
  ['[ ] or alt + ← →', 'back and forward through views'],
  ['b', 'box zoom: arrows move, shift + arrows resize, enter zooms, escape cancels'],
  ['r', 'next seed'],
  ['shift + r', 'random seed'],
  [
    'e',
    'exact edges of a network; enter selects the region under the pointer, escape deselects it',
  ],
  ['n', 'add a panel'],
  ['d', 'duplicate the active panel'],
  ['delete or ⌫', 'remove the active panel'],
  ['l', 'link the views of all panels'],
  ['s', 'use one colour range for all panels'],
  ['f', 'figures'],
  ['p', 'controls'],
  ['?', 'this list'],
];

const ARROWS: Readonly<Record<string, Vec2>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * Listens for keys on `target`: the window if the page holds nothing else, the element itself
 * if it is one of several.
 */
export function listenToKeys(
  target: Window | HTMLElement,
  actions: KeyActions,
  signal: AbortSignal,
): void {
  const listener = (event: Event) => {
    const pressed = event as KeyboardEvent;
    // Autofill sends events without a key.
    if (typeof pressed.key !== 'string' || pressed.defaultPrevented) return;
    if (isOtherwiseUsed(pressed)) return;
    const { navigation } = actions;
    const handled = navigation.box.open ? pressInBox(pressed, navigation) : press(pressed, actions);
    if (handled) pressed.preventDefault();
  };
  target.addEventListener('keydown', listener, { signal });
}

/** Keys that belong to the element in focus, or to the browser. */
function isOtherwiseUsed(event: KeyboardEvent): boolean {
  // Some keyboards write brackets with AltGr, which Windows reports as control and alt.
  const isAltGr = event.getModifierState('AltGraph');
  if ((event.ctrlKey && !isAltGr) || event.metaKey || event.isComposing) return true;
  // Of any window: a frame's classes are not those of the page around it.
  const focus = event.composedPath()[0] as Partial<HTMLElement>;
  if (!focus.matches) return false;
  if (focus.isContentEditable) return true;
  if (focus.matches('input[type=checkbox]')) return event.key === ' ';
  if (focus.matches('input, select, textarea, dialog, dialog *')) return true;
  return focus.matches('button, a') && (event.key === 'Enter' || event.key === ' ');
}

function press(event: KeyboardEvent, actions: KeyActions): boolean {
  const { navigation } = actions;
  const arrow = ARROWS[event.key];
  const key = nameKey(event);
  // With option or AltGr a bracket is a bracket.
  if (event.altKey && !'[]'.includes(key)) {
    if (key === 'ArrowLeft') navigation.back();
    else if (key === 'ArrowRight') navigation.forward();
    else return false;
    return true;
  }
  if (arrow) {
    navigation.step(arrow, event.shiftKey);
    return true;
  }
  if (key === 'Enter') return actions.regions.select(navigation.pointer);
  const action = keyTable(actions)[key];
  action?.();
  return action !== undefined;
}

function keyTable(actions: KeyActions): Readonly<Record<string, () => void>> {
  const { navigation } = actions;
  const zoomIn = () => navigation.zoom(1 / ZOOM_STEP, 'moving');
  const zoomOut = () => navigation.zoom(ZOOM_STEP, 'moving');
  return {
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    _: zoomOut,
    '−': zoomOut,
    0: () => navigation.home(),
    h: () => navigation.home(),
    '[': () => navigation.back(),
    ']': () => navigation.forward(),
    b: () => navigation.toggleBox(),
    r: () => actions.reseed(),
    R: () => actions.randomSeed(),
    e: () => actions.regions.toggleEdges(),
    n: () => actions.sheet.addPanel(),
    d: () => actions.sheet.duplicatePanel(),
    Delete: () => actions.sheet.removePanel(),
    l: () => actions.sheet.toggleLinkedViews(),
    s: () => actions.sheet.toggleSharedRange(),
    f: () => actions.toggleFigures(),
    p: () => actions.toggleControls(),
    Escape: () => {
      actions.regions.release();
      navigation.box.arm(false);
    },
    '?': () => actions.toggleHelp(),
  };
}

function pressInBox(event: KeyboardEvent, navigation: Navigation): boolean {
  const arrow = ARROWS[event.key];
  if (arrow) {
    const [dx, dy] = [arrow[0] * BOX_STEP_PX, -arrow[1] * BOX_STEP_PX];
    if (event.shiftKey) navigation.box.grow(dx, -dy);
    else navigation.box.move(dx, dy);
    return true;
  }
  switch (nameKey(event)) {
    case 'Enter':
    case ' ':
      navigation.finishBox();
      return true;
    case 'Escape':
    case 'b':
      navigation.box.arm(false);
      return true;
    case '+':
    case '=':
      navigation.box.grow(BOX_STEP_PX, BOX_STEP_PX);
      return true;
    case '-':
    case '−':
      navigation.box.grow(-BOX_STEP_PX, -BOX_STEP_PX);
      return true;
    default:
      return false;
  }
}
