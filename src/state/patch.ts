import type { DataSpec } from '../data/dataSpec.ts';
import { readDataSpec } from '../data/readDataSpec.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { isSameJson, type PlainObject, readObject, readOneOf } from '../input/plainJson.ts';
import type { Activation } from '../model/activations.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import { isValidated, validateField, validateNetwork } from '../model/fieldValidation.ts';
import type { DrawnSource, NetworkSource } from '../model/networks.ts';
import { DEFAULT_READOUTS, type Readout } from '../model/readouts.ts';
import {
  DEFAULT_SHORTHANDS,
  SHORTHAND_KINDS,
  type Shorthand,
  type ShorthandKind,
  type ShortLogits,
  shorthandOf,
} from '../model/shorthand.ts';
import type { Projection } from '../view/projection.ts';
import type { View } from '../view/view.ts';
import { lookOfRun } from './lookOfRun.ts';
import {
  fitsRun,
  mergeRun,
  recipeWithData,
  type ShownRun,
  startOf,
  validateRun,
} from './shownRun.ts';
import type { Norm, Range, State } from './state.ts';
import { checkTogether, validateState, withData } from './validate.ts';

/**
 * The state with the patch merged into it; a part that the patch does not name stays the same object, and so does a part of the field
 * that it does not change.
 *
 * Nested objects merge. A network, readout, projection or norm of another kind, or a range of another mode, starts from its
 * defaults. A slice or an index that does not fit a new network becomes the default one, unless the patch names it.
 * A field may be patched by a shorthand (model/shorthand.ts), too; it keeps λ and the logits if both kinds have them. A patch
 * of the centre without `centerLow` means exactly that centre.
 *
 * @param state a valid state, which is not modified.
 * @throws InvalidInputError that names the wrong part, what was received and what is expected.
 */
export function applyPatch(state: State, patch: unknown): State {
  const given = withData(readObject(patch, 'state'));
  const merged: Record<string, unknown> = { ...given };
  if ('field' in given) merged.field = mergeField(state.field, given.field);
  if ('view' in given) merged.view = mergeView(state.view, given.view);
  if ('range' in given) merged.range = mergeRange(state.range, given.range);
  if ('norm' in given) merged.norm = mergeNorm(state.norm, given.norm);
  if ('projection' in given) {
    merged.projection = mergeProjection(state.projection, given.projection);
  }
  if ('data' in given) merged.data = mergeData(state.data, given.data);
  if ('run' in given) followRun(state, merged, given);
  else if (state.run !== null) keepRun(state, merged);
  if ('contours' in given) {
    merged.contours = { ...state.contours, ...readObject(given.contours, 'contours') };
  }
  const validated = Object.entries(validateState(merged));
  const changed = Object.fromEntries(validated.filter(([key]) => key in merged));
  const { field } = changed as Partial<State>;
  if (field) changed.field = keepParts(state.field, field);
  return checkTogether({ ...state, ...changed });
}

/** The field, with those objects of the current one that are equal: by these, what was made of them is found again. */
function keepParts(current: Field, field: Field): Field {
  const keep = <T>(old: T, own: T): T => (isSameJson(old, own) ? old : own);
  const network = keep(current.network, field.network);
  const slice = keep(current.slice, field.slice);
  const readout = keep(current.readout, field.readout);
  const isSame =
    network === current.network && slice === current.slice && readout === current.readout;
  return isSame ? current : { network, slice, readout };
}

/** A run brings its data, and its first network unless only the step is another. */
function followRun(state: State, merged: Record<string, unknown>, given: PlainObject): void {
  const run = validateRun(mergeRun(state.run, given.run), given.data ?? state.data);
  merged.run = run;
  if (run === null) return;
  merged.data = run.recipe.data;
  if (run.recipe !== state.run?.recipe) beginRun(state, merged, given, run);
  const field = 'field' in merged ? validateField(merged.field) : state.field;
  const isKept = run.recipe === state.run?.recipe || 'field' in merged;
  const network = isKept && fitsRun(field.network, run) ? field.network : startOf(run.recipe);
  if (network !== field.network) merged.field = mergeParts(field, { network });
  else merged.field = field;
}

/** A slice and a readout without a network are meant for that of the run, which has ones of its own unless they are given. */
function beginRun(
  state: State,
  merged: Record<string, unknown>,
  given: PlainObject,
  run: ShownRun,
): void {
  const patch = readObject(given.field ?? {}, 'field');
  const isOfRun = Object.keys(patch).every((key) => key === 'slice' || key === 'readout');
  if (!isOfRun) {
    merged.field = mergeField(state.field, patch);
    return;
  }
  const { field, view, shade } = lookOfRun(state, run, given, patch);
  merged.field = mergeField(state.field, { network: startOf(run.recipe), ...field, ...patch });
  if (view) merged.view = mergeView(state.view, view);
  if (shade) merged.shade = shade;
}

/** Another network ends the run; other data start it anew, with a network that suits them if it is a drawn one. */
function keepRun(state: State, merged: Record<string, unknown>): void {
  if ('field' in merged) {
    merged.field = validateField(merged.field);
    if ((merged.field as Field).network !== state.field.network) merged.run = null;
  }
  if (merged.run === null || !('data' in merged)) return;
  if (merged.data === null) merged.run = null;
  else {
    const recipe = recipeWithData(state.run!.recipe, readDataSpec(merged.data));
    followRun(state, merged, { run: { recipe } });
  }
}

/** Another kind starts from its defaults. */
function mergeData(current: DataSpec | null, input: unknown): unknown {
  if (input === null || input === current) return input;
  const patch = readObject(input, 'data', 'null, or an object {kind, …}');
  const startsAnew = 'kind' in patch && patch.kind !== current?.kind;
  return startsAnew ? patch : { ...current, ...patch };
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

/** @returns unchecked: the field merged with the patch, in the form {network, slice, readout} or as a shorthand */
function mergeField(current: Field, input: unknown): PlainObject | Field {
  const patch = readObject(input, 'field');
  const isShort = 'kind' in patch || Object.keys(patch).some((key) => SHORT_KEYS.has(key));
  return isShort ? mergeShorthand(current, patch) : mergeParts(current, patch);
}

/**
 * Each part merges into the current one of the same kind, and else starts from its defaults. A slice that does not fit a new
 * network becomes the default one; so does a readout that the network does not have, unless the patch names it.
 */
function mergeParts(current: Field, patch: PlainObject): PlainObject {
  const merged: Record<string, unknown> = { ...current, ...patch };
  if ('network' in patch && !isValidated(patch.network))
    merged.network = mergeKind(current.network, patch.network, 'field.network');
  if ('readout' in patch)
    merged.readout = mergeKind(current.readout, patch.readout, 'field.readout');
  if (!('network' in patch)) return merged;
  const network = validateNetwork(merged.network, 'field.network');
  merged.network = network;
  const { inputs } = shapeOf(network);
  const hasSlice = 'slice' in patch && patch.slice !== undefined;
  if (!hasSlice && inputs !== shapeOf(current.network).inputs) merged.slice = null;
  if (!('readout' in patch)) merged.readout = fittingReadout(current.readout, network);
  return merged;
}

/** The activations of the current layers, for other widths: the last one is that of all layers beyond. */
function fittingActivations(current: DrawnSource, widths: unknown): DrawnSource['activation'] {
  const { activation } = current;
  const hidden = Array.isArray(widths) ? widths.length - 2 : 0;
  if (!Array.isArray(activation) || hidden < 1) return activation;
  const list = activation as readonly Activation[];
  return Array.from({ length: hidden }, (_, layer) => list[layer] ?? list.at(-1)!);
}

function mergeKind(
  current: NetworkSource | Readout,
  input: unknown,
  path: string,
): PlainObject | NetworkSource | Readout {
  const patch = readObject(input, path, 'an object {kind, …}');
  if ('kind' in patch && patch.kind !== current.kind) return patch;
  if (current.kind !== 'drawn' || !('widths' in patch)) return { ...current, ...patch };
  return { ...current, activation: fittingActivations(current, patch.widths), ...patch };
}

/** The readout, with an index that the network has. */
export function fittingReadout(readout: Readout, network: NetworkSource): Readout {
  const { hidden, outputs } = shapeOf(network);
  if (readout.kind === 'neuron') {
    const width = hidden[readout.layer];
    if (width === undefined) return DEFAULT_READOUTS.output;
    return readout.index < width ? readout : { ...readout, index: 0 };
  }
  return 'index' in readout && readout.index >= outputs ? { ...readout, index: 0 } : readout;
}

/** Keys of shorthands by the part of the field that holds them. */
const SHORT_NETWORK_KEYS = ['widths', 'activation', 'seed', 'outputBias'] as const;
const SHORT_KEYS: ReadonlySet<string> = new Set([
  ...SHORT_NETWORK_KEYS,
  ...(['lambda', 'component', 'logits', 'weight', 'bias'] as const),
]);

function mergeShorthand(current: Field, patch: PlainObject): PlainObject {
  const short = shorthandOf(current);
  if (!('kind' in patch) && short === null) return mergeShortKeys(current, patch);
  const kind =
    'kind' in patch ? readOneOf(patch.kind as string, 'field.kind', SHORTHAND_KINDS) : short!.kind;
  const base = kind === short?.kind ? short : startKind(current, short, kind as ShorthandKind);
  const merged: Record<string, unknown> = { ...base, ...patch };
  if (!('logits' in patch && 'logits' in base)) return merged;
  merged.logits = mergeLogits(base.logits, patch.logits);
  if (!('component' in base) || 'component' in patch) return merged;
  // The component can be checked only once the logits are valid; 0 always exists.
  const { network } = validateField({ ...merged, component: 0 });
  const fits = base.component < shapeOf(network).outputs;
  return { ...merged, component: fits ? base.component : 0 };
}

/** Keys of a shorthand for a field that has none: each goes to its part. */
function mergeShortKeys(current: Field, patch: PlainObject): PlainObject {
  const network: Record<string, unknown> = {};
  const readout: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(patch)) {
    if (key === 'lambda') readout.lambda = value;
    else if (key === 'component') readout.index = value;
    else if (SHORT_NETWORK_KEYS.some((known) => known === key)) network[key] = value;
    else throw new InvalidInputError(`field.${key}`, value, 'network, slice or readout');
  }
  return mergeParts(current, {
    ...(Object.keys(network).length > 0 ? { network } : {}),
    ...(Object.keys(readout).length > 0 ? { readout } : {}),
  });
}

/** The default shorthand of a kind, with λ and logits of the current field if both have them. */
function startKind(current: Field, short: Shorthand | null, kind: ShorthandKind): Shorthand {
  let base: Shorthand = DEFAULT_SHORTHANDS[kind];
  const { readout } = current;
  if ('lambda' in base && 'lambda' in readout) base = { ...base, lambda: readout.lambda };
  if ('logits' in base && short && 'logits' in short) base = { ...base, logits: short.logits };
  return base;
}

/** A part of drawn logits merges into drawn ones, of explicit logits into explicit ones. */
function mergeLogits(current: ShortLogits, patch: unknown): unknown {
  if (current === null || typeof patch !== 'object' || patch === null) return patch;
  const given = readObject(patch, 'field.logits', 'null, {count, seed} or {weight, bias}');
  const sameForm = Object.keys(given).every((key) => key in current);
  return sameForm ? { ...current, ...given } : given;
}
