import type { Vec2 } from '../../model/field.ts';
import type { Navigation } from '../panel/navigation.ts';
import { ZOOM_STEP } from '../panel/navigation.ts';
import type { PointsTool } from '../panel/pointsTool.ts';
import type { Regions } from '../regions/regions.ts';
import { POINTS_HINT } from './helpTexts.ts';
import { nameKey, stepOf } from './keyNames.ts';
import { letterKeysAct } from './letterKeys.ts';
import { type PageUse, reasonAgainstKey } from './needs.ts';
import type { SheetActions } from './sheetActions.ts';

/** The step by which an arrow key moves the box of a box zoom, or resizes it with shift, in CSS pixels. */
const BOX_STEP_PX = 16;

export interface KeyActions {
  readonly navigation: Navigation;
  readonly points: Pick<
    PointsTool,
    | 'on'
    | 'label'
    | 'add'
    | 'remove'
    | 'middle'
    | 'choose'
    | 'moveChosen'
    | 'removeChosen'
    | 'release'
  >;
  readonly regions: Pick<Regions, 'toggleEdges' | 'select' | 'release'>;
  readonly sheet: SheetActions;
  readonly use: PageUse;
  /** Says why a key has no effect. */
  explain(reason: string): void;
  undo(): void;
  redo(): void;
  nextSeed(): void;
  previousSeed(): void;
  randomSeed(): void;
  nextOutput(): void;
  previousOutput(): void;
  toggleDiagram(): void;
  copyNumbers(): void;
  /** Plays or pauses the run of the active panel. @returns false if there is none */
  playTraining(): boolean;
  stepTraining(): boolean;
  toggleFigures(): void;
  toggleHelp(): void;
  toggleControls(): void;
}

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
  const listen = (handle: (event: KeyboardEvent) => boolean, capture: boolean) => {
    const listener = (event: Event) => {
      const pressed = event as KeyboardEvent;
      // Autofill sends events without a key.
      if (typeof pressed.key !== 'string' || pressed.defaultPrevented || pressed.isComposing)
        return;
      if (handle(pressed)) pressed.preventDefault();
    };
    target.addEventListener('keydown', listener, { signal, capture });
  };
  // The controls keep all keys to themselves, but their changes are undone as well.
  listen((event) => pressStep(event, actions), true);
  listen((event) => {
    if (isOtherwiseUsed(event)) return false;
    const { navigation } = actions;
    if (navigation.box.open) return pressInBox(event, navigation);
    return (actions.points.on && pressOnPoints(event, actions)) || press(event, actions);
  }, false);
}

function pressStep(event: KeyboardEvent, actions: KeyActions): boolean {
  const step = stepOf(event);
  if (step === null || undoesItself(event)) return false;
  actions[step]();
  return true;
}

/** Of any window: a frame's classes are not those of the page around it. */
function focusOf(event: KeyboardEvent): Partial<HTMLElement> {
  return event.composedPath()[0] as Partial<HTMLElement>;
}

/** Whether the element in focus has an undo of its own, or hides what would be undone. */
function undoesItself(event: KeyboardEvent): boolean {
  const focus = focusOf(event);
  if (!focus.matches) return false;
  const own = 'input:not([type=checkbox], [type=range]), textarea, dialog, dialog *';
  return focus.isContentEditable === true || focus.matches(own);
}

/** Keys that belong to the element in focus, or to the browser. */
function isOtherwiseUsed(event: KeyboardEvent): boolean {
  // Some keyboards write brackets with AltGr, which Windows reports as control and alt.
  const isAltGr = event.getModifierState('AltGraph');
  if ((event.ctrlKey && !isAltGr) || event.metaKey) return true;
  if (!letterKeysAct() && [...event.key].length === 1 && event.key !== ' ') return true;
  const focus = focusOf(event);
  if (!focus.matches) return false;
  if (focus.isContentEditable) return true;
  if (focus.matches('dialog, dialog *')) return true;
  if (focus.matches('input[type=checkbox]')) return event.key === ' ';
  if (focus.matches('input, select, textarea')) return true;
  return focus.matches('button, a') && (event.key === 'Enter' || event.key === ' ');
}

function press(event: KeyboardEvent, actions: KeyActions): boolean {
  const { navigation } = actions;
  const arrow = ARROWS[event.key];
  const key = nameKey(event);
  // With option or AltGr a bracket is a bracket.
  if (event.altKey && key !== '[' && key !== ']') return false;
  // Without a field to pan, they scroll.
  if (arrow && !actions.use.field) return false;
  if (arrow) {
    navigation.step(arrow, event.shiftKey);
    return true;
  }
  const reason = reasonAgainstKey(key, actions.use);
  if (reason !== null) {
    actions.explain(reason);
    return true;
  }
  if (key === 'Enter') return actions.regions.select(navigation.pointer);
  // Without a run the space bar scrolls.
  if (key === ' ') return actions.playTraining();
  if (key === '.') return actions.stepTraining();
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
    '[': () => actions.undo(),
    ']': () => actions.redo(),
    b: () => navigation.toggleBox(),
    r: () => actions.nextSeed(),
    R: () => actions.previousSeed(),
    a: () => actions.randomSeed(),
    o: () => actions.nextOutput(),
    O: () => actions.previousOutput(),
    e: () => actions.regions.toggleEdges(),
    g: () => actions.toggleDiagram(),
    y: () => actions.copyNumbers(),
    c: () => {
      actions.points.on = true;
      actions.explain(POINTS_HINT);
    },
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

/** While the tool for points is on. */
function pressOnPoints(event: KeyboardEvent, { points, navigation }: KeyActions): boolean {
  const at = navigation.pointer ?? points.middle;
  const key = nameKey(event);
  if (event.altKey) return false;
  const arrow = ARROWS[event.key];
  if (arrow) return points.moveChosen(arrow, event.shiftKey);
  if (/^[1-9]$/.test(key)) points.label = Number(key) - 1;
  else if (key === 'Enter') points.add(at);
  else if (key === 'm') points.choose(1, at);
  else if (key === 'M') points.choose(-1, at);
  else if (key === 'Delete') {
    if (!points.removeChosen()) points.remove(at);
  } else if (key === 'Escape') {
    if (!points.release()) points.on = false;
  } else if (key === 'c') points.on = false;
  else return false;
  return true;
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
