import type { NodeReader } from '../nodeReader.ts';
import { shapeText } from '../tensor.ts';
import { type Flow, flowOf } from '../values.ts';
import type { Operations } from './operation.ts';

/** Elements of a constant around a value, as exporters have them before convolutions and averages. */
export const PADDING: Operations = {
  Pad: { attributes: ['mode', 'pads', 'value'], read: padded },
};

const PAD_MAX = 1e6;
/** Steps of the budget for one element. */
const ELEMENT_STEPS = 16;

/** Before version 11 pads and value are attributes. A negative pad cuts elements off. */
function padded(node: NodeReader): Flow {
  const x = node.flow(0);
  const { budget, opset } = node.shop;
  const mode = node.text('mode', 'constant');
  if (mode !== 'constant') node.fail(`its mode is "${mode}"; constant can be read`);
  const isOld = opset < 11;
  const pads =
    (isOld ? node.integers('pads') : node.constant(1).data) ?? node.fail('it has no pads');
  const value = isOld ? node.number('value', 0) : node.scalar(2, 0);
  const given = isOld ? null : node.optionalConstant(3);
  const axes = given
    ? Array.from(given.data, (axis) => node.axis(axis, x.shape.length))
    : x.shape.map((_, i) => i);
  if (pads.length !== 2 * axes.length || pads.some((pad) => !(Math.abs(pad) <= PAD_MAX))) {
    node.fail(`its pads are ${shapeText(Array.from(pads))} for ${axes.length} axes`);
  }
  if (!Number.isFinite(value)) node.fail(`its value is ${value}`);
  const before = x.shape.map(() => 0);
  const shape = [...x.shape];
  axes.forEach((axis, i) => {
    before[axis]! += pads[i]!;
    shape[axis]! += pads[i]! + pads[i + axes.length]!;
  });
  const flow = flowOf(shape);
  budget.takeSteps(ELEMENT_STEPS * flow.source.length);
  // Which element of x stands at each place; −1 for none.
  let places = [0];
  shape.forEach((size, axis) => {
    const own = x.shape[axis]!;
    places = places.flatMap((place) =>
      Array.from({ length: size }, (_, i) => {
        const from = i - before[axis]!;
        return place < 0 || from < 0 || from >= own ? -1 : place * own + from;
      }),
    );
  });
  places.forEach((place, i) => {
    flow.source[i] = place < 0 ? 0 : x.source[place]!;
    flow.scale[i] = place < 0 ? 0 : x.scale[place]!;
    flow.shift[i] = place < 0 ? value : x.shift[place]!;
  });
  return flow;
}
