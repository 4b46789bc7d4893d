import type { Field, FieldKind, LogitsSource, MlpField, Vec2 } from '../model/field.ts';
import { logitCount } from '../model/logits.ts';

/** The last settings of every kind of field, so that changing the kind and back loses nothing. */
export interface FieldDrafts {
  readonly mlp: MlpField;
  readonly lambda: number;
  readonly component: number;
  readonly logits: LogitsSource;
  readonly weight: Vec2;
  readonly bias: number;
}

export const FIRST_DRAFTS: FieldDrafts = {
  mlp: { kind: 'mlp', widths: [2, 20, 1], activation: 'relu', seed: 0, outputBias: null },
  lambda: 1,
  component: 0,
  logits: null,
  weight: [1, -1],
  bias: 0,
};

/** The drafts, updated with this field. */
export function remember(drafts: FieldDrafts, field: Field): FieldDrafts {
  switch (field.kind) {
    case 'mlp':
      return { ...drafts, mlp: field };
    case 'sigmoid':
    case 'tanh':
      return { ...drafts, weight: field.weight, bias: field.bias };
    default: {
      const lambda = 'lambda' in field ? field.lambda : drafts.lambda;
      const component = 'component' in field ? field.component : drafts.component;
      return { ...drafts, lambda, component, logits: field.logits };
    }
  }
}

/** The drafts' field of a kind; a component that does not exist becomes the last one. */
export function fieldOf(kind: FieldKind, drafts: FieldDrafts): Field {
  const { lambda, logits, weight, bias } = drafts;
  const component = Math.min(drafts.component, logitCount(logits) - 1);
  switch (kind) {
    case 'mlp':
      return drafts.mlp;
    case 'sigmoid':
    case 'tanh':
      return { kind, weight, bias };
    case 'lse':
    case 'gap':
      return { kind, lambda, logits };
    case 'max':
      return { kind, logits };
    case 'softmax':
      return { kind, lambda, component, logits };
    case 'argmax':
      return { kind, component, logits };
  }
}
