import type { Quantity } from './field.ts';

/** What the rest of the house asks of a quantity. */
interface QuantityTraits {
  /** Numbers have an order, angles are cyclic, identities are equal or not. */
  readonly scale: 'number' | 'angle' | 'identity';
  /** The axis of evenly spaced samples along which np.gradient is taken, as NumPy counts; null for quantities of points. */
  readonly axis: 0 | 1 | null;
}

const number = { scale: 'number', axis: null } as const;

/** Every quantity, in the order in which a menu lists them. */
export const QUANTITY_TRAITS = {
  value: number,
  partial1: number,
  partial2: number,
  gradientNorm: number,
  gradientDirection: { scale: 'angle', axis: null },
  npGradientRows: { scale: 'number', axis: 0 },
  npGradientColumns: { scale: 'number', axis: 1 },
  region: { scale: 'identity', axis: null },
} as const satisfies { readonly [Q in Quantity]: QuantityTraits };

export const QUANTITIES = Object.keys(QUANTITY_TRAITS) as readonly Quantity[];

/** A quantity of evenly spaced samples, which depends on their spacing: np.gradient. */
export type SampledQuantity = 'npGradientRows' | 'npGradientColumns';

export function isOfSamples(quantity: Quantity): quantity is SampledQuantity {
  return QUANTITY_TRAITS[quantity].axis !== null;
}

export function isAngle(quantity: Quantity): boolean {
  return QUANTITY_TRAITS[quantity].scale === 'angle';
}

export function isIdentity(quantity: Quantity): boolean {
  return QUANTITY_TRAITS[quantity].scale === 'identity';
}
