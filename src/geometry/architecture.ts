import type { PlaneNetwork } from '../model/planeNetwork.ts';

/** What of a plane network does not depend on its weights. */
export interface Architecture {
  /** Widths of the hidden layers, in which clamps count as two layers. */
  readonly hidden: readonly number[];
  /** 'relu' or 'abs' if every hidden neuron is one, else 'piecewise linear'. */
  readonly activation: 'relu' | 'abs' | 'piecewise linear';
  /** Whether the first layer is the network's own, with the plane as its input space: no slice is folded into it. */
  readonly isUnfolded: boolean;
}

/** What a plane network has of this. */
export function architectureOf({ layers, chain }: PlaneNetwork): Architecture {
  const hidden = layers.slice(0, -1);
  const all = (slope: number) =>
    hidden.every(
      ({ activation }) =>
        activation.kind === 'twoSlope' && activation.slopes.every((own) => own === slope),
    );
  return {
    hidden: hidden.map(({ outputs }) => outputs),
    activation: all(0) ? 'relu' : all(-1) ? 'abs' : 'piecewise linear',
    isUnfolded: chain.length === layers.length,
  };
}

/** [2, …hidden, K] */
export function planeWidths({ layers }: PlaneNetwork): number[] {
  return [2, ...layers.map(({ outputs }) => outputs)];
}
