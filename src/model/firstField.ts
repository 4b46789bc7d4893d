import type { Field, Vec2 } from './field.ts';
import { firstLook } from './firstLook.ts';
import type { Model } from './models.ts';
import type { FullNetwork, ModelSource } from './networks.ts';
import { DEFAULT_READOUTS, type Readout } from './readouts.ts';

/** What is shown of a model when it is opened, as a part of a state. */
export interface FirstField {
  readonly field: Field & { readonly network: ModelSource };
  readonly view: { readonly center: Vec2; readonly halfWidth: number };
  /** Only where lines would be too many; else they stay as they are. */
  readonly hinges?: false;
}

/** The hinges of more neurons cover the picture, and take many times as long as it does. */
const HINGES_MAX = 64;

/** A model on the plane of its most telling inputs, with what its file applies at the end as readout. */
export function firstField({ id, network, facts }: Model): FirstField {
  const ranges = facts.inputs.map(({ range }) => range);
  const { slice, center, halfWidth } = firstLook(network, ranges);
  return {
    field: { network: { kind: 'model', id }, slice, readout: firstReadout({ network, facts }) },
    view: { center, halfWidth },
    ...(hiddenNeurons(network) > HINGES_MAX ? { hinges: false } : {}),
  };
}

function hiddenNeurons({ layers }: FullNetwork): number {
  return layers.slice(0, -1).reduce((count, { outputs }) => count + outputs, 0);
}

/** The softmax of a file that ends in one; the class that wins where classes have names; else the first output. */
export function firstReadout({ network, facts }: Pick<Model, 'network' | 'facts'>): Readout {
  const isSingle = network.layers.at(-1)!.outputs === 1;
  if (facts.ending !== null && !isSingle) return DEFAULT_READOUTS.softmax;
  return facts.outputNames === null || isSingle ? DEFAULT_READOUTS.output : DEFAULT_READOUTS.class;
}
