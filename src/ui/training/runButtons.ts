import { make, makeIcon, setAttribute } from '../dom/elements.ts';
import { ICONS } from '../dom/icons.ts';
import type { Motion } from '../panel/session.ts';

/** One run, or several that go on together. */
export interface Player {
  readonly isPlaying: boolean;
  /** Steps for each picture; Infinity for as many as fit into the time of one. */
  pace: number;
  toggle(): void;
  stepOnce(): void;
  reset(): void;
  goTo(step: number, motion?: Motion): void;
}

const PACES: readonly { readonly label: string; readonly value: number }[] = [
  { label: '1 step', value: 1 },
  { label: '5 steps', value: 5 },
  { label: '25 steps', value: 25 },
  { label: 'as many as fit', value: Number.POSITIVE_INFINITY },
];

/** Back to the start, play, one step, the pace, and all steps so far to choose from. */
export class RunButtons {
  readonly element: HTMLElement;
  readonly #player: Player;
  readonly #play: HTMLButtonElement;
  readonly #steps: HTMLInputElement;

  constructor(player: Player) {
    this.#player = player;
    this.#play = makeButton('play', 'Play (space)', () => player.toggle());
    this.#steps = make('input', { type: 'range', min: 0, step: 1, 'aria-label': 'step' });
    const goTo = (motion: Motion) => player.goTo(this.#steps.valueAsNumber, motion);
    this.#steps.addEventListener('input', () => goTo('moving'));
    this.#steps.addEventListener('change', () => goTo('still'));
    this.element = make(
      'div',
      { class: 'runButtons' },
      makeButton('restart', 'Back to step 0', () => player.reset()),
      this.#play,
      makeButton('step', 'One step (.)', () => player.stepOnce()),
      makePaces(player),
      this.#steps,
    );
  }

  /** @param last the last step to choose */
  show(step: number, last: number): void {
    const { isPlaying } = this.#player;
    const name = isPlaying ? 'Pause (space)' : 'Play (space)';
    if (this.#play.title !== name) {
      this.#play.replaceChildren(makeIcon(isPlaying ? ICONS.pause : ICONS.play));
      setAttribute(this.#play, 'title', name);
      setAttribute(this.#play, 'aria-label', name);
    }
    setAttribute(this.#steps, 'max', last);
    this.#steps.value = String(step);
  }
}

function makePaces(player: Player): HTMLSelectElement {
  const paces = make(
    'select',
    { class: 'choice', 'aria-label': 'steps for each picture' },
    ...PACES.map(({ label, value }) => make('option', { selected: value === player.pace }, label)),
  );
  paces.addEventListener('change', () => {
    player.pace = PACES[paces.selectedIndex]!.value;
  });
  return paces;
}

function makeButton(icon: keyof typeof ICONS, name: string, act: () => void): HTMLButtonElement {
  const button = make(
    'button',
    { type: 'button', class: 'tool', title: name, 'aria-label': name },
    makeIcon(ICONS[icon]),
  );
  button.addEventListener('click', act);
  return button;
}
