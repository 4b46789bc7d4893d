import { isAffine, isSmooth, shapeOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import { READOUTS } from '../model/readouts.ts';
import { hexColor } from '../scales/hexColor.ts';
import { layerColor } from '../scales/layerColors.ts';
import type { State } from '../state/state.ts';
import { HINGE_WIDTH } from '../view/lineWidths.ts';
import { type Layer, NO_LAYER, SIGN_WIDTH } from './layer.ts';

/** The legend of the hinges, which the kernels draw into the picture itself. */
export function hingeLayer({ field, hinges }: State): Layer {
  if (!hinges || isSmooth(field.network)) return NO_LAYER;
  const legend = layerNames(field).map((text, layer) => {
    const style = { stroke: hexColor(layerColor(layer + 1)), 'stroke-width': HINGE_WIDTH };
    const line = { kind: 'line', from: [0, 0], to: [SIGN_WIDTH, 0] } as const;
    return { sign: [{ ...line, look: 'hinge', style }], text };
  });
  return { marks: [], legend };
}

/** Of the layers that the readout reads; of what is affine, of the lines that it has. */
function layerNames({ network, readout }: Field): string[] {
  const { hidden, outputs } = shapeOf(network);
  if (!isAffine(network)) {
    const isNeuron = readout.kind === 'neuron';
    const read = isNeuron ? readout.layer + Number(readout.stage === 'activation') : hidden.length;
    return hidden.slice(0, read).map((_, layer) => `layer ${layer + 1}`);
  }
  if (readout.kind === 'sigmoid' || readout.kind === 'tanh') return ['w·x + b = 0'];
  if (READOUTS[readout.kind].ofOne || outputs === 1) return [];
  const isLeast = 'wins' in readout && readout.wins === 'least';
  return [`tie between the ${isLeast ? 'smallest' : 'largest'} logits`];
}
