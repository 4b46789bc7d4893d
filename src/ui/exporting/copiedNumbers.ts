import { shapeOf } from '../../model/drawnNetwork.ts';
import type { Field } from '../../model/field.ts';
import { type Point, ZERO } from '../../numeric/doubleDouble.ts';
import { createEvaluator } from '../../reference/evaluate.ts';
import { describeField } from '../../state/labels.ts';
import { numbersInPython } from '../../torch/pythonNumbers.ts';

/** A point of the plane that is read; `isDeep` if float64 cannot tell it from places that are seen apart. */
export interface ReadPlace {
  readonly point: Point;
  readonly isDeep: boolean;
}

/** Point, value, gradient and affine maps of a field as Python reads them. */
export function copiedNumbers(field: Field, { point, isDeep }: ReadPlace): string {
  const { x, y } = isDeep ? point : roundPoint(point);
  const evaluator = createEvaluator(field);
  const { value, gradient, affineMap } = evaluator.evaluatePrecisely(x, y);
  const reading = evaluator.outputsPrecisely(x, y);
  const isOnlyOutput = affineMap !== null && shapeOf(field.network).outputs === 1;
  return numbersInPython({
    title: describeField(field),
    point: [x.high, y.high],
    pointLow: isDeep ? [x.low, y.low] : null,
    input: field.slice === null ? null : reading.input,
    value,
    gradient,
    outputs: isOnlyOutput ? null : reading.outputs,
    maps: isOnlyOutput ? [affineMap] : reading.affineMaps,
  });
}

function roundPoint({ x, y }: Point): Point {
  return { x: { ...ZERO, high: x.high }, y: { ...ZERO, high: y.high } };
}
