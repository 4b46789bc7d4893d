import { type FieldCode, ParameterReader, range } from './fieldCode.ts';
import { affineForm } from './mlpAffine.ts';
import { FAMILIES, type NetworkShape, parametersOf } from './mlpFamilies.ts';
import { backwardLines, forwardLines, hingeLines, stepLines, stepOf } from './mlpLayers.ts';
import { inputOf, inputsOf, product, regionOf } from './mlpLines.ts';
import { oneHingeForm } from './mlpOneHinge.ts';

/**
 * Straight-line code for one output of a small network, generated for its shape: its change since the centre, in units of the
 * half-width.
 *
 * Names: w{layer}_{neuron}_{input} weight, z pre-activation change with shift, h change of the
 * activation, g derivative of the output by z. What else a neuron has depends on its family (mlpFamilies.ts).
 */
export function mlpCode(shape: NetworkShape): FieldCode {
  const { hidden } = shape;
  const last = hidden.length;
  const forward = forwardLines(shape);
  const value = `let value = ${product(shape, last, 0, (j) => inputOf(last, j))};`;
  const backward = backwardLines(shape, (j) => `vec4f(w${last}_0_${j})`);
  const difference = product(shape, last, 0, (j) => stepOf(last, j));
  const reader = new ParameterReader();
  return {
    key: mlpKey(shape),
    load: loadNetwork(reader, shape, 1).join('\n'),
    general: {
      value: [...forward, value].join('\n'),
      gradient: [...forward, ...backward].join('\n'),
      valueAndGradient: [...forward, value, ...backward].join('\n'),
      difference: [...forward, ...stepLines(shape), `let difference = ${difference};`].join('\n'),
      region: [...forward, `let region = ${regionOf(shape, 'z', 'vec4')};`].join('\n'),
      hinge: [...forward, ...hingeLines(shape)].join('\n'),
      openNeurons: `let openNeurons = ${hidden.reduce((count, width) => count + width, 0)}u;`,
    },
    special: hidden.length === 0 ? [] : [oneHingeForm(shape), affineForm(shape)],
  };
}

/** The key of mlpCode, without its lines. */
export function mlpKey(shape: NetworkShape, outputs = 1): string {
  const { hidden, family, numbers, isOneToOne } = shape;
  const inOrder = numbers.every((number, layer) => number === layer + 1);
  const widths = hidden.map((width, layer) => `${isOneToOne[layer] ? '=' : '-'}${width}`);
  return `mlp ${family} 2${widths.join('')}-${outputs}${inOrder ? '' : ` ${numbers.join(',')}`}`;
}

/** The order of the parameters; packNetwork (anchorNetwork.ts) writes the same. */
export function loadNetwork(reader: ParameterReader, shape: NetworkShape, rows: number): string[] {
  const { hidden, family } = shape;
  const { load } = FAMILIES[family];
  const last = hidden.length;
  const more: string[] = [];
  for (const [layer, width] of [...hidden, rows].entries()) {
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      for (const j of inputsOf(shape, layer, i)) reader.read(`w${id}_${j}`);
      if (layer === last) continue;
      for (const name of parametersOf(shape, layer)) reader.read(`${name}${id}`);
      more.push(...load(id));
    }
  }
  return [...reader.lines, ...more];
}
