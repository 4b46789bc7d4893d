import { type FieldCode, ParameterReader, range } from './fieldCode.ts';
import { affineForm } from './mlpAffine.ts';
import { FAMILIES, type NetworkShape } from './mlpFamilies.ts';
import {
  backwardLines,
  forwardLines,
  hingeLines,
  inputsOf,
  stepLines,
  stepOf,
} from './mlpLayers.ts';
import { inputOf, product, regionOf } from './mlpLines.ts';
import { oneHingeForm } from './mlpOneHinge.ts';

/**
 * Straight-line code for one output of a small network, generated for its shape: its change since the centre, in units of the
 * half-width.
 *
 * Names: w{layer}_{neuron}_{input} weight, z pre-activation change with shift, h change of the
 * activation, g derivative of the output by z. What else a neuron has depends on its family (mlpFamilies.ts).
 */
export function mlpCode(shape: NetworkShape): FieldCode {
  const { hidden, family } = shape;
  const last = hidden.length;
  const inputs = range(inputsOf(hidden, last));
  const forward = forwardLines(hidden, family);
  const value = `let value = ${product(last, 0, inputs.length, (j) => inputOf(last, j))};`;
  const backward = backwardLines(hidden, family, (j) => `vec4f(w${last}_0_${j})`);
  const difference = product(last, 0, inputs.length, (j) => stepOf(last, j));
  const reader = new ParameterReader();
  return {
    key: mlpKey(shape),
    load: loadNetwork(reader, shape, 1).join('\n'),
    general: {
      value: [...forward, value].join('\n'),
      gradient: [...forward, ...backward].join('\n'),
      valueAndGradient: [...forward, value, ...backward].join('\n'),
      difference: [
        ...forward,
        ...stepLines(hidden, family),
        `let difference = ${difference};`,
      ].join('\n'),
      region: [...forward, `let region = ${regionOf(hidden, family, 'z', 'vec4')};`].join('\n'),
      hinge: [...forward, ...hingeLines(shape)].join('\n'),
      openNeurons: `let openNeurons = ${hidden.reduce((count, width) => count + width, 0)}u;`,
    },
    special: hidden.length === 0 ? [] : [oneHingeForm(hidden, family), affineForm(hidden, family)],
  };
}

/** The key of mlpCode, without its lines. */
export function mlpKey({ hidden, family, numbers }: NetworkShape, outputs = 1): string {
  const inOrder = numbers.every((number, layer) => number === layer + 1);
  return `mlp ${family} 2-${[...hidden, outputs].join('-')}${inOrder ? '' : ` ${numbers.join(',')}`}`;
}

/** The order of the parameters; packNetwork (anchorNetwork.ts) writes the same. */
export function loadNetwork(
  reader: ParameterReader,
  { hidden, family }: NetworkShape,
  rows: number,
): string[] {
  const { parameters, load } = FAMILIES[family];
  const last = hidden.length;
  const more: string[] = [];
  for (const [layer, width] of [...hidden, rows].entries()) {
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      for (const j of range(inputsOf(hidden, layer))) reader.read(`w${id}_${j}`);
      if (layer === last) continue;
      for (const name of parameters) reader.read(`${name}${id}`);
      more.push(...load(id));
    }
  }
  return [...reader.lines, ...more];
}
