import type { ModelFile } from '../../modelFile.ts';
import type { NodeReader } from '../nodeReader.ts';
import { shapeText, sizeOf } from '../tensor.ts';
import type { Flow } from '../values.ts';
import type { Operations } from './operation.ts';

/** What is shown as a readout, by operation. */
export const ENDING_OF: { readonly [operation: string]: ModelFile['ending'] } = {
  Softmax: 'softmax',
  LogSoftmax: 'logSoftmax',
};

/** Operations that are read at the end only: they are shown as a readout. */
export const ENDINGS: Operations = {
  Softmax: { attributes: ['axis'], read: overAllOutputs },
  LogSoftmax: { attributes: ['axis'], read: overAllOutputs },
};

/** Before version 13 all axes from `axis` on are taken together. */
function overAllOutputs(node: NodeReader): Flow {
  const x = node.flow(0);
  const isOld = node.shop.opset < 13;
  const axis = node.axis(node.integer('axis', isOld ? 1 : -1), x.shape.length);
  const together = isOld ? sizeOf(x.shape.slice(axis)) : x.shape[axis];
  if (together !== sizeOf(x.shape)) {
    node.fail(
      `it takes ${together} of its ${sizeOf(x.shape)} values ${shapeText(x.shape)} together`,
    );
  }
  return x;
}
