import { ACTIVATION_OPERATIONS } from './activations.ts';
import { CONVOLUTIONS } from './convolutions.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { ENDINGS } from './endings.ts';
import type { Operations } from './operation.ts';
import { PADDING } from './padding.ts';
import { PRODUCTS } from './products.ts';
import { SCIKIT_LEARN } from './scikitLearn.ts';
import { SHAPES } from './shapes.ts';
import { SIZES } from './sizes.ts';

/** Every operation that is read. */
export const OPERATIONS: Operations = {
  ...PRODUCTS,
  ...CONVOLUTIONS,
  ...ELEMENTWISE,
  ...ACTIVATION_OPERATIONS,
  ...SHAPES,
  ...SIZES,
  ...PADDING,
  ...ENDINGS,
  ...SCIKIT_LEARN,
};
