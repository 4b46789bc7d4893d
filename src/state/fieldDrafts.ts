import type { Field, Vec2 } from '../model/field.ts';
import {
  DEFAULT_SHORTHANDS,
  fieldOfShorthand,
  logitCount,
  type Shorthand,
  type ShorthandKind,
  type ShortLogits,
  shorthandOf,
} from '../model/shorthand.ts';

/** The last settings of every kind of preset, so that changing the kind and back loses nothing. */
export interface FieldDrafts {
  readonly mlp: Shorthand & { readonly kind: 'mlp' };
  readonly lambda: number;
  readonly component: number;
  readonly logits: ShortLogits;
  readonly weight: Vec2;
  readonly bias: number;
}

export const FIRST_DRAFTS: FieldDrafts = {
  mlp: DEFAULT_SHORTHANDS.mlp,
  lambda: 1,
  component: 0,
  logits: null,
  weight: [1, -1],
  bias: 0,
};

/** The drafts, updated with this field. */
export function remember(drafts: FieldDrafts, field: Field): FieldDrafts {
  const short = shorthandOf(field);
  if (short === null) return drafts;
  switch (short.kind) {
    case 'mlp':
      return { ...drafts, mlp: short };
    case 'sigmoid':
    case 'tanh':
      return { ...drafts, weight: short.weight, bias: short.bias };
    default: {
      const lambda = 'lambda' in short ? short.lambda : drafts.lambda;
      const component = 'component' in short ? short.component : drafts.component;
      return { ...drafts, lambda, component, logits: short.logits };
    }
  }
}

/** The drafts' field of a kind; a component that does not exist becomes the last one. */
export function fieldOf(kind: ShorthandKind, drafts: FieldDrafts): Field {
  const { lambda, logits, weight, bias } = drafts;
  const component = Math.min(drafts.component, logitCount(logits) - 1);
  switch (kind) {
    case 'mlp':
      return fieldOfShorthand(drafts.mlp);
    case 'sigmoid':
    case 'tanh':
      return fieldOfShorthand({ kind, weight, bias });
    case 'lse':
    case 'gap':
      return fieldOfShorthand({ kind, lambda, logits });
    case 'max':
      return fieldOfShorthand({ kind, logits });
    case 'softmax':
      return fieldOfShorthand({ kind, lambda, component, logits });
    case 'argmax':
      return fieldOfShorthand({ kind, component, logits });
  }
}
