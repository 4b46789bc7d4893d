import { InvalidInputError } from '../input/invalidInput.ts';
import { readInteger } from '../input/plainJson.ts';
import { readRison, writeRison } from '../input/rison.ts';
import { DEFAULT_RECIPE, MAX_STEPS, readRecipe } from './readRecipe.ts';
import type { Recipe } from './recipe.ts';

/** A link that is longer is not one of this page: points and weights are JSON. */
const TEXT_MAX = 131_072;

/**
 * A recipe and a step as text for the fragment of an address, e.g.
 * `120~(data:(kind:moons,…),network:(kind:drawn,…))`. What is as by default is left out.
 */
export function encodeRun(recipe: Recipe, step: number): string {
  const defaults: Readonly<Record<string, unknown>> = DEFAULT_RECIPE;
  const parts = Object.entries(recipe).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key]),
  );
  return `${step}~${writeRison(Object.fromEntries(parts))}`;
}

/**
 * Reads what `encodeRun` wrote.
 * @throws InvalidInputError that says what was received and what is expected
 */
export function decodeRun(text: string, path = 'run'): { recipe: Recipe; step: number } {
  if (text.length > TEXT_MAX) {
    throw new InvalidInputError(path, `${text.length} letters`, `at most ${TEXT_MAX}`);
  }
  const [, step, rest] = /^(\d+)~(.*)$/s.exec(text) ?? [];
  if (step === undefined || rest === undefined) {
    throw new InvalidInputError(path, text, 'a step and a recipe, as in 0~(data:(…),network:(…))');
  }
  return {
    recipe: readRecipe(readRison(rest, path), path),
    step: readInteger(Number(step), `${path}.step`, 0, MAX_STEPS),
  };
}
