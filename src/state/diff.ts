import type { Field } from '../model/field.ts';
import { logitCount } from '../model/logits.ts';
import type { State } from './state.ts';

/** What a change of the state asks for. */
export interface StateChange {
  /** 'shape' needs another pipeline, 'parameters' only other contents of buffers. */
  readonly field: 'none' | 'parameters' | 'shape';
  readonly view: boolean;
  readonly projection: boolean;
  readonly quantity: boolean;
  /** Colour map, range or contours. */
  readonly color: boolean;
  readonly hinges: boolean;
  readonly supersampling: boolean;
}

/** Compares by value, so that equal states give no change at all. */
export function diffState(before: State, after: State): StateChange {
  const changed = (key: keyof State): boolean => !isEqual(before[key], after[key]);
  return {
    field: diffField(before.field, after.field),
    view: changed('view'),
    projection: changed('projection'),
    quantity: changed('quantity'),
    color: changed('colormap') || changed('range') || changed('contours'),
    hinges: changed('hinges'),
    supersampling: changed('supersampling'),
  };
}

function diffField(before: Field, after: Field): StateChange['field'] {
  if (isEqual(before, after)) return 'none';
  return isEqual(shapeOf(before), shapeOf(after)) ? 'parameters' : 'shape';
}

/** What the code of a kernel depends on. */
function shapeOf(field: Field): readonly unknown[] {
  if (field.kind === 'mlp') return [field.kind, field.activation, ...field.widths];
  return 'logits' in field ? [field.kind, logitCount(field.logits)] : [field.kind];
}

/** Equality of plain JSON by value. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b)) return false;
  const aEntries = Object.entries(a);
  const bValues = new Map<string, unknown>(Object.entries(b));
  return (
    aEntries.length === bValues.size &&
    aEntries.every(([key, value]) => bValues.has(key) && isEqual(value, bValues.get(key)))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
