import type { NodeReader } from '../nodeReader.ts';
import { affine, type Flow, type Value } from '../values.ts';
import type { Operations } from './operation.ts';

/** Operations of the domain ai.onnx.ml around the networks of scikit-learn. */
export const SCIKIT_LEARN: Operations = {
  'ai.onnx.ml.Scaler': { attributes: ['offset', 'scale'], read: scaler },
  /** Gives names to the classes; the numbers stay. */
  'ai.onnx.ml.ZipMap': {
    attributes: ['classlabels_int64s', 'classlabels_strings'],
    read: (node) => node.flow(0),
  },
};

/** (x − offset) · scale, with one number each for all elements or one for each of the last axis. */
function scaler(node: NodeReader): Value {
  const x = node.flow(0);
  const count = x.shape.at(-1) ?? 1;
  const elements = (name: string, otherwise: number) => {
    const given = node.floats(name) ?? [otherwise];
    if (!given.every(Number.isFinite)) node.fail(`its ${name} is not finite`);
    if (given.length !== 1 && given.length !== count) {
      node.fail(`its ${name} has ${given.length} numbers for ${count} columns`);
    }
    return (i: number) => given[given.length === 1 ? 0 : i % count]!;
  };
  const [offset, scale] = [elements('offset', 0), elements('scale', 1)];
  return affine(x as Flow, scale, (i) => -offset(i) * scale(i), node.shop.budget);
}
