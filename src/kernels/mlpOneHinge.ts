import { range, type SpecialForm } from './fieldCode.ts';
import { ofTile } from './mlpAffine.ts';
import { FAMILIES, type Family, type NetworkShape } from './mlpFamilies.ts';
import { product, tilePreActivation } from './mlpLines.ts';

/**
 * The form for tiles that at most one hinge crosses: there the network is an affine map plus the
 * contribution of that neuron, the open one.
 *
 * The test carries the tile's middle through the network with its two tangents and the weight of the open neuron. An open neuron
 * contributes at least 0, beyond its floor, and at most 2 · half; so a pre-activation's distance from 0 shows whether
 * its own hinge may cross.
 *
 * Names: c{layer}_{neuron} is z at the tile's middle, a and b its slopes, o the weight of the open neuron of an earlier layer; v, va, vb and
 * vo those of the activation. (hingeC, hingeA, hingeB) is the open neuron's own z over its floor; each neuron but one hands these on, and each
 * layer but the last hands on half.
 */
export function oneHingeForm(shape: NetworkShape): SpecialForm {
  const { hidden, family } = shape;
  const output = (name: string) => ofTile(shape, 0, name);
  const test = [
    ...oneHingeTest(shape),
    `let middle = ${output('v')}; let slopeX = ${output('va')}; let slopeY = ${output('vb')};`,
    `let hingeWeight = ${output('vo')};`,
    ...openNeuronLines(hidden),
    'let affineAcross = slopeX * across; let hingeAcross = hingeA * across;',
    'let kinkX = hingeWeight * hingeA; let kinkY = hingeWeight * hingeB;',
  ];
  const { kink } = FAMILIES[family].open;
  const value = `let value = (affineAcross + (middle + slopeY * up)) + hingeWeight * ${kink.value};`;
  const gradient = `let d1 = ${kink.slope('slopeX', 'kinkX')}; let d2 = ${kink.slope('slopeY', 'kinkY')};`;
  return {
    name: 'hasAtMostOneHinge',
    test: test.join('\n'),
    pieces: {
      value: `${HINGE_HEIGHT}\n${value}`,
      gradient: `${HINGE_HEIGHT}\n${gradient}`,
      valueAndGradient: `${HINGE_HEIGHT}\n${value}\n${gradient}`,
      openNeurons: openNeuronCount(hidden),
    },
  };
}

/** z of the open neuron at the samples; hingeAcross is hingeA * across. */
export const HINGE_HEIGHT = 'let z = hingeAcross + (hingeC + hingeB * up);';

/** Defines hasAtMostOneHinge, and v, va, vb and vo of all neurons. */
export function oneHingeTest(shape: NetworkShape): string[] {
  const { hidden, family } = shape;
  const test = [
    'let isTaken_0 = false; let isTwice_0 = false;',
    'let hingeC_0 = 0.0; let hingeA_0 = 0.0; let hingeB_0 = 0.0; let half_0 = 0.0;',
  ];
  const { kink } = FAMILIES[family].open;
  let before = 0;
  hidden.forEach((width, layer) => {
    const half = `half_${before}`;
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      const hinge = { hingeC: `over${id}`, hingeA: `a${id}`, hingeB: `b${id}` };
      const isLast = layer === hidden.length - 1;
      const handedOn = isLast ? hinge : { ...hinge, half: `0.5 * (${kink.most(id)})` };
      test.push(...neuronLines(shape, layer, i, half));
      test.push(...handOnLines(id, before, handedOn), ...activationLines(family, layer, id));
      before += 1;
    }
  });
  return [...test, `let hasAtMostOneHinge = !isTwice_${before};`];
}

/** hingeC, hingeA and hingeB, after the test. */
export function openNeuronLines(hidden: readonly number[]): string[] {
  const at = `_${neuronCount(hidden)}`;
  return [`let hingeC = hingeC${at}; let hingeA = hingeA${at}; let hingeB = hingeB${at};`];
}

/** openNeurons of a tile: 1 if a hinge crosses it, else 0. */
export function openNeuronCount(hidden: readonly number[]): string {
  return `let openNeurons = select(0u, 1u, isTaken_${neuronCount(hidden)});`;
}

function neuronCount(hidden: readonly number[]): number {
  return hidden.reduce((count, width) => count + width, 0);
}

/** The middle of a neuron's pre-activation over the tile, and its reach; half is that before its layer. */
function neuronLines(shape: NetworkShape, layer: number, i: number, half: string): string[] {
  const id = `${layer}_${i}`;
  const { c, a, b } = tilePreActivation(shape, layer, i);
  const lines = [
    `let c${id} = ${c}; let a${id} = ${a}; let b${id} = ${b};`,
    `let over${id} = c${id} - floor${id}; let span${id} = abs(a${id}) * reachX + abs(b${id}) * reachY;`,
  ];
  if (layer === 0) return [...lines, `let height${id} = over${id}; let reach${id} = span${id};`];
  const open = product(shape, layer, i, (j) => `vo${layer - 1}_${j}`);
  return [
    ...lines,
    `let o${id} = ${open};`,
    `let height${id} = over${id} + o${id} * ${half}; let reach${id} = span${id} + abs(o${id}) * ${half};`,
  ];
}

/** What its activation makes of it. */
function activationLines(family: Family, layer: number, id: string): string[] {
  const { value, slope, weight } = FAMILIES[family].open;
  const carried = layer === 0 ? '0.0' : slope(id, 'o');
  return [
    `let v${id} = ${value(id)}; let va${id} = ${slope(id, 'a')}; let vb${id} = ${slope(id, 'b')};`,
    `let vo${id} = select(${carried}, ${weight(id)}, isOpen${id});`,
  ];
}

/** The open neuron after a neuron; there are `before` earlier ones. @param names what is handed on, and a neuron's own */
function handOnLines(
  id: string,
  before: number,
  names: Readonly<Record<string, string>>,
): string[] {
  const [old, next] = [`_${before}`, `_${before + 1}`];
  return [
    `let isOn${id} = height${id} > reach${id}; let isOff${id} = -height${id} > reach${id};`,
    `let isOpen${id} = !(isOn${id} | isOff${id}); let isFirst${id} = isOpen${id} & !isTaken${old};`,
    `let isTwice${next} = isTwice${old} | (isOpen${id} & isTaken${old}); let isTaken${next} = isTaken${old} | isOpen${id};`,
    ...Object.entries(names).map(
      ([name, own]) => `let ${name}${next} = select(${name}${old}, ${own}, isFirst${id});`,
    ),
  ];
}
