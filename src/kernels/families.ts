import { kindOfActivation } from '../model/activations.ts';
import type { PlaneActivation, PlaneNetwork } from '../model/planeNetwork.ts';
import { isSmoothKind, type SmoothKind } from './activationCode.ts';
import { readoutOf, type WideNetwork } from './packWide.ts';

/**
 * What all two-slope neurons of a network have in common: slope 0 (ReLU), slope −1 (Abs), or a slope of its own for each neuron, which
 * is read from the neuron's block.
 */
export type KinkFamily = 'relu' | 'abs' | 'leaky';

/** How a network is evaluated: its family if it is piecewise linear, else layer by layer with a pipeline for each kind of layer. */
export type Family = KinkFamily | 'smooth';

/** What a layer's pipeline computes: in networks with a smooth layer 'twoSlope' stands for all others. */
export type LayerCode = KinkFamily | 'twoSlope' | SmoothKind;

/** The family of a network: the simplest that has all of its slopes. */
export function familyOf({ layers, isPiecewiseLinear }: PlaneNetwork): Family {
  if (!isPiecewiseLinear) return 'smooth';
  const slopes = layers.flatMap(({ activation }) =>
    activation.kind === 'twoSlope' ? [...activation.slopes] : [],
  );
  if (slopes.every((slope) => slope === 0)) return 'relu';
  return slopes.every((slope) => slope === -1) ? 'abs' : 'leaky';
}

/** @throws Error if a layer is smooth */
export function kinkFamilyOf(plane: PlaneNetwork): KinkFamily {
  const family = familyOf(plane);
  if (family === 'smooth') throw new Error('kinkFamilyOf: a layer is smooth');
  return family;
}

/** What pipelines depend on: neither widths nor numbers. */
export function wideKey(network: WideNetwork): string {
  const family = familyOf(network.plane);
  const codes = family === 'smooth' ? [...new Set(layerCodes(network.plane))].sort() : [family];
  const readout = readoutOf(network);
  return `layered ${codes.join(', ')}${readout ? ` ${readout.kind} ${readout.count}` : ''}`;
}

/** The codes of the hidden layers, in order. */
export function layerCodes(plane: PlaneNetwork): LayerCode[] {
  const family = familyOf(plane);
  const hidden = plane.layers.slice(0, -1);
  return hidden.map(({ activation }) => (family === 'smooth' ? codeOf(activation) : family));
}

function codeOf(activation: PlaneActivation): LayerCode {
  if (activation.kind !== 'smooth') return 'twoSlope';
  const kind = kindOfActivation(activation.activation);
  if (!isSmoothKind(kind)) throw new Error(`codeOf: there is no code for '${kind}'`);
  return kind;
}
