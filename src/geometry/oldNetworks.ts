import type { Network } from '../model/field.ts';
import type { PlaneLayer, PlaneNetwork } from '../model/planeNetwork.ts';

/** A network 2 → hidden… → 1 of an old field as a plane network; a plane network as it is. */
export function planeNetworkOf(network: Network | PlaneNetwork): PlaneNetwork {
  if ('chain' in network) return network;
  const slope = network.activation === 'abs' ? -1 : 0;
  const last = network.layers.length - 1;
  const layers = network.layers.map(({ inputs, outputs, weight, bias }, i): PlaneLayer => {
    const slopes = new Float64Array(outputs).fill(slope);
    return {
      inputs,
      outputs,
      weight: Float64Array.from(weight),
      bias: Float64Array.from(bias),
      weightLow: null,
      biasLow: null,
      activation: i === last ? { kind: 'identity' } : { kind: 'twoSlope', slopes },
      hiddenLayer: i === last ? -1 : i,
    };
  });
  return { layers, chain: layers, isPiecewiseLinear: true };
}
