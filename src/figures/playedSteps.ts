import type { State } from '../state/state.ts';
import { encodeState } from '../state/url.ts';
import type { Figure, FigureSlider } from './figure.ts';

/** The control of the step, which begins with the last one. */
export function stepSlider(last: number): FigureSlider {
  const range = { min: 0, max: last, step: 1, initial: last };
  return { kind: 'slider', name: 'step', label: 'step', ...range, plays: true };
}

/** The control of the step of all runs in a figure; null if nothing is trained there. */
export function stepControl({ controls }: Figure): FigureSlider | null {
  for (const control of controls) {
    if (control.kind === 'slider' && control.plays) return control;
  }
  return null;
}

/**
 * What a panel shows at another step of its run: all that a person did to it stays, and its network until that of the step has
 * come.
 *
 * @param before the figure's own state of the panel, and `after` its next one
 * @returns null unless the step is all that changes
 */
export function atStep(shown: State, before: State, after: State): State | null {
  const { run } = after;
  if (!run || run.recipe !== shown.run?.recipe) return null;
  const isAll = encodeState({ ...before, run }) === encodeState(after);
  return isAll ? { ...shown, run } : null;
}
