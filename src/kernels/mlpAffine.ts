import { type Pieces, range, type SpecialForm } from './fieldCode.ts';
import { FAMILIES, type NetworkShape } from './mlpFamilies.ts';
import { product, regionOf, tilePreActivation } from './mlpLines.ts';

/**
 * The form for tiles that no hinge crosses: there the network is one affine map. For values and gradients mlpOneHinge.ts goes further.
 *
 * The test carries the tile's middle through the network with its two tangents. As long as no earlier
 * neuron has its hinge in the tile, a pre-activation is affine over it, so its distance from 0
 * and its slopes decide exactly whether its own hinge crosses.
 *
 * Names: c{layer}_{neuron} is z at the tile's middle, a and b its slopes; v, va and vb those of the activation.
 */
export function affineForm(shape: NetworkShape): SpecialForm {
  const slope = (name: string) => ofTile(shape, 0, name);
  return {
    name: 'isAffine',
    test: [...affineTest(shape), `let slopeX = ${slope('va')}; let slopeY = ${slope('vb')};`].join(
      '\n',
    ),
    pieces: {
      difference: 'let difference = slopeX * hx + vec4f(slopeY * hy);',
      ...affineIdentities(shape),
    },
  };
}

/** Defines isAffine, and v, va and vb of all neurons. */
export function affineTest(shape: NetworkShape): string[] {
  const test = ['let alwaysClear = true;'];
  let clear = 'alwaysClear';
  shape.hidden.forEach((width, layer) => {
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      test.push(...neuronLines(shape, layer, i), `let clear${id} = ${clear} & apart${id};`);
      clear = `clear${id}`;
    }
  });
  return [...test, `let isAffine = ${clear};`];
}

/** Output i from what the last hidden layer has in the tile. */
export function ofTile(shape: NetworkShape, i: number, name: string): string {
  const last = shape.hidden.length - 1;
  return product(shape, last + 1, i, (j) => `${name}${last}_${j}`);
}

/** What does not depend on outputs. */
export function affineIdentities(shape: NetworkShape): Pick<Pieces, 'region' | 'hinge'> {
  return {
    region: `let region = vec4u(${regionOf(shape, 'c', 'scalar')});`,
    // No coverage; the general form then reports the last layer.
    hinge: `let hinge = vec4u(${shape.numbers.at(-1)}u);`,
  };
}

function neuronLines(shape: NetworkShape, layer: number, i: number): string[] {
  const id = `${layer}_${i}`;
  const { c, a, b } = tilePreActivation(shape, layer, i);
  const { value, slope } = FAMILIES[shape.family].settled;
  return [
    `let c${id} = ${c}; let a${id} = ${a}; let b${id} = ${b};`,
    `let apart${id} = abs(c${id} - floor${id}) > abs(a${id}) * reachX + abs(b${id}) * reachY;`,
    `let on${id} = c${id} > floor${id};`,
    `let v${id} = ${value(id)};`,
    `let va${id} = ${slope(id, 'a')};`,
    `let vb${id} = ${slope(id, 'b')};`,
  ];
}
