import type { State } from '../state/state.ts';

/** The name of a state's file, e.g. reluscope-mlp-2-20-1-seed0.png. */
export function fileName({ field }: State, extension: string): string {
  const parts: (string | number)[] = ['reluscope', field.kind];
  if (field.kind === 'mlp') parts.push(...field.widths, `seed${field.seed}`);
  if ('lambda' in field) parts.push(`lambda${field.lambda}`);
  return `${parts.join('-')}.${extension}`;
}
