import type { State } from '../state/state.ts';

/** The name of a file that holds something of a state, e.g. reluscope-mlp-2-20-1-seed0.png. */
export function fileName(state: State, extension: string): string {
  return `reluscope-${stateName(state)}.${extension}`;
}

/** A state in a few words of a file's name, e.g. mlp-2-20-1-seed0. */
export function stateName({ field }: State): string {
  const parts: (string | number)[] = [field.kind];
  if (field.kind === 'mlp') parts.push(...field.widths, `seed${field.seed}`);
  if ('lambda' in field) parts.push(`lambda${field.lambda}`);
  return parts.join('-');
}
