import { make, makeIcon, setAttribute } from './dom.ts';
import { ICONS } from './icons.ts';
import type { Navigation } from './navigation.ts';
import { ZOOM_STEP } from './navigation.ts';

export interface ToolbarActions {
  /** Of the panel that is active at the time. */
  readonly navigation: Navigation;
  reseed(): void;
  toggleHelp(): void;
  togglePanel(): void;
  focusPicture(): void;
}

/** The row of buttons over the picture. */
export class Toolbar {
  readonly #back: HTMLButtonElement;
  readonly #forward: HTMLButtonElement;
  readonly #reseed: HTMLButtonElement;
  readonly #box: HTMLButtonElement;
  readonly #panel: HTMLButtonElement;

  constructor(element: HTMLElement, actions: ToolbarActions) {
    this.#reseed = makeButton('reseed', 'Reseed (r)', () => actions.reseed());
    this.#back = makeButton('back', 'Back ([)', () => actions.navigation.back());
    this.#forward = makeButton('forward', 'Forward (])', () => actions.navigation.forward());
    this.#box = makeButton('box', 'Zoom to a box (b, or shift and drag)', (event) => {
      const { navigation } = actions;
      // A click with a key has no place: the box opens in the middle, to be moved with the keys.
      if (event.detail > 0) navigation.box.arm(!navigation.box.armed);
      else navigation.toggleBox();
      actions.focusPicture();
    });
    this.#panel = makeButton('panel', 'Controls (p)', () => actions.togglePanel());
    this.#panel.setAttribute('aria-controls', 'reluscope-panel');
    element.append(
      this.#reseed,
      makeSpacer(),
      this.#back,
      this.#forward,
      makeButton('home', 'Home (0)', () => actions.navigation.home()),
      makeButton('zoomIn', 'Zoom in (+)', () =>
        actions.navigation.zoom(1 / ZOOM_STEP, 'still', null),
      ),
      makeButton('zoomOut', 'Zoom out (−)', () =>
        actions.navigation.zoom(ZOOM_STEP, 'still', null),
      ),
      this.#box,
      makeSpacer(),
      makeButton('help', 'Keys (?)', () => actions.toggleHelp()),
      this.#panel,
    );
  }

  showHistory(canBack: boolean, canForward: boolean): void {
    this.#back.disabled = !canBack;
    this.#forward.disabled = !canForward;
  }

  showSeeded(seeded: boolean): void {
    this.#reseed.disabled = !seeded;
  }

  showBox(armed: boolean): void {
    setAttribute(this.#box, 'aria-pressed', String(armed));
  }

  showPanel(open: boolean): void {
    setAttribute(this.#panel, 'aria-expanded', String(open));
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

function makeSpacer(): HTMLElement {
  return make('span', { class: 'spacer' });
}
