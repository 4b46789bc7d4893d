import type { Field } from '../model/field.ts';
import type { State } from '../state/state.ts';

/** Digits of the half-width in names. */
const DIGITS = 4;

/** The name of a file: reluscope-NAME.EXTENSION. */
export function fileName(name: string, extension: string): string {
  return `reluscope-${name}.${extension}`;
}

/** A field in a few words, e.g. mlp-2-20-1-seed0. */
export function fieldName(field: Field): string {
  const parts: (string | number)[] = [field.kind];
  if (field.kind === 'mlp') {
    if (field.activation !== 'relu') parts.push(field.activation);
    parts.push(...field.widths, `seed${field.seed}`);
  }
  if ('lambda' in field) parts.push(`lambda${field.lambda}`);
  if ('component' in field) parts.push(`component${field.component + 1}`);
  if ('logits' in field && field.logits && 'seed' in field.logits) {
    parts.push(`logits${field.logits.count}`, `seed${field.logits.seed}`);
  }
  return parts.join('-');
}

/** The field, the quantity unless it is the value, and the half-width, e.g. mlp-2-20-1-seed0-partial1-half500. */
export function stateName({ field, quantity, view }: State): string {
  const half = `half${Number(view.halfWidth.toPrecision(DIGITS))}`;
  return [fieldName(field), ...(quantity === 'value' ? [] : [quantity]), half].join('-');
}
