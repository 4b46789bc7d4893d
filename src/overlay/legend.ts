import type { LegendEntry } from '../drawing/svgLegend.ts';
import type { Field } from '../model/field.ts';
import { formatNumber } from '../scales/format.ts';
import { layerColor } from '../scales/layerColors.ts';
import type { State } from '../state/state.ts';
import { thresholdOutput } from './exercise.ts';

/** What the points and lines on the picture of a state mean. */
export function legendOf({ field, hinges }: State): LegendEntry[] {
  return [...exerciseLegend(field), ...(hinges ? hingeLegend(field) : [])];
}

function exerciseLegend(field: Field): LegendEntry[] {
  if (field.kind !== 'sigmoid' && field.kind !== 'tanh') return [];
  const name = field.kind === 'sigmoid' ? 'σ' : 'tanh';
  const level = formatNumber(thresholdOutput(field.kind), 4);
  return [
    { look: 'class1', text: 'class 1' },
    { look: 'class0', text: 'class 0' },
    { look: 'dashes', text: `a = (${name}(0) + ${name}(−1)) / 2 ≈ ${level}` },
  ];
}

function hingeLegend(field: Field): LegendEntry[] {
  return layerNames(field).map((text, layer) => ({
    look: 'hinge',
    color: `rgb(${layerColor(layer + 1).join(', ')})`,
    text,
  }));
}

function layerNames(field: Field): string[] {
  if (field.kind === 'mlp')
    return field.widths.slice(1, -1).map((_, layer) => `layer ${layer + 1}`);
  return ['logits' in field ? 'largest logits tie' : 'pre-activation 0'];
}
