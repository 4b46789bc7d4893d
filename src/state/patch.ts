import { type PlainObject, readObject, readOneOf } from '../input/plainJson.ts';
import { FIELD_KINDS, type Field, type FieldKind, type LogitsSource } from '../model/field.ts';
import { DEFAULT_FIELDS, validateField } from '../model/fieldValidation.ts';
import { logitCount } from '../model/logits.ts';
import type { Projection } from '../view/projection.ts';
import type { View } from '../view/view.ts';
import type { Norm, Range, State } from './state.ts';
import { checkTogether, validateState } from './validate.ts';

/**
 * The state with the patch merged into it; a part that the patch does not name stays the same object.
 *
 * Nested objects merge. A field, projection or norm of another kind, or a range of another mode, starts
 * from its defaults; the field keeps λ and the logits if both kinds have them. A patch of the centre
 * without `centerLow` means exactly that centre. A component that new logits do not have becomes 0,
 * unless the patch names it.
 *
 * @param state a valid state, which is not modified.
 * @throws InvalidInputError that names the wrong part, what was received and what is expected.
 */
export function applyPatch(state: State, patch: unknown): State {
  const given = readObject(patch, 'state');
  const merged: Record<string, unknown> = { ...given };
  if ('field' in given) merged.field = mergeField(state.field, given.field);
  if ('view' in given) merged.view = mergeView(state.view, given.view);
  if ('range' in given) merged.range = mergeRange(state.range, given.range);
  if ('norm' in given) merged.norm = mergeNorm(state.norm, given.norm);
  if ('projection' in given) {
    merged.projection = mergeProjection(state.projection, given.projection);
  }
  if ('contours' in given) {
    merged.contours = { ...state.contours, ...readObject(given.contours, 'contours') };
  }
  const validated = Object.entries(validateState(merged));
  const changed = validated.filter(([key]) => key in given);
  return checkTogether({ ...state, ...Object.fromEntries(changed) });
}

function mergeView(current: View, input: unknown): PlainObject {
  const patch = readObject(input, 'view');
  const centerLow = 'center' in patch ? [0, 0] : current.centerLow;
  return { ...current, centerLow, ...patch };
}

function mergeProjection(current: Projection, input: unknown): PlainObject {
  const patch = readObject(input, 'projection', 'an object, e.g. {kind: "plane"}');
  const startsAnew = 'kind' in patch && patch.kind !== current.kind;
  return startsAnew ? patch : { ...current, ...patch };
}

function mergeRange(current: Range, input: unknown): PlainObject {
  const patch = readObject(input, 'range', 'an object, e.g. {mode: "auto"}');
  const startsAnew = 'mode' in patch && patch.mode !== current.mode;
  return startsAnew ? patch : { ...current, ...patch };
}

/** A word is a kind. */
function mergeNorm(current: Norm, input: unknown): unknown {
  if (typeof input === 'string') return input;
  const patch = readObject(input, 'norm', 'a word, e.g. "symlog", or an object');
  const startsAnew = 'kind' in patch && patch.kind !== current.kind;
  return startsAnew ? patch : { ...current, ...patch };
}

function mergeField(current: Field, input: unknown): PlainObject | Field {
  const patch = readObject(input, 'field');
  const kind = 'kind' in patch ? readOneOf(patch.kind, 'field.kind', FIELD_KINDS) : current.kind;
  const base = kind === current.kind ? current : startKind(current, kind);
  const merged: Record<string, unknown> = { ...base, ...patch };
  if (!('logits' in patch && 'logits' in base)) return merged;
  merged.logits = mergeLogits(base.logits, patch.logits);
  if (!('component' in base) || 'component' in patch) return merged;
  // The component can be checked only once the logits are valid; 0 always exists.
  const field = validateField({ ...merged, component: 0 });
  const fits = 'component' in field && base.component < logitCount(field.logits);
  return fits ? { ...field, component: base.component } : field;
}

/** The default field of a kind, with λ and logits of the current field if both have them. */
function startKind(current: Field, kind: FieldKind): Field {
  let field: Field = DEFAULT_FIELDS[kind];
  if ('lambda' in field && 'lambda' in current) field = { ...field, lambda: current.lambda };
  if ('logits' in field && 'logits' in current) field = { ...field, logits: current.logits };
  return field;
}

/** A part of drawn logits merges into drawn ones, of explicit logits into explicit ones. */
function mergeLogits(current: LogitsSource, patch: unknown): unknown {
  if (current === null || typeof patch !== 'object' || patch === null) return patch;
  const given = readObject(patch, 'field.logits', 'null, {count, seed} or {weight, bias}');
  const sameForm = Object.keys(given).every((key) => key in current);
  return sameForm ? { ...current, ...given } : given;
}
