import type { Activation } from '../model/field.ts';
import { range, type SpecialForm } from './fieldCode.ts';
import { product, tilePreActivation } from './mlpLines.ts';

/**
 * The form for tiles that at most one hinge crosses: there the network is an affine map plus the
 * contribution of that neuron, the open one.
 *
 * The test carries the tile's middle through the network with its two tangents and the weight of the open neuron. An open neuron
 * contributes at least 0, beyond its floor, and at most 2 · half; so a pre-activation's distance from 0 shows whether
 * its own hinge may cross.
 *
 * Names: c{layer}_{neuron} is z at the tile's middle, a and b its slopes, o the weight of the open neuron; v, va, vb and vo those of the
 * activation. (hingeC, hingeA, hingeB) is the open neuron's own z over its floor; each neuron but one hands these on.
 */
export function oneHingeForm(hidden: readonly number[], activation: Activation): SpecialForm {
  const test = [
    'let isTaken_0 = false; let isTwice_0 = false;',
    'let hingeC_0 = 0.0; let hingeA_0 = 0.0; let hingeB_0 = 0.0; let half_0 = 0.0;',
  ];
  let before = 0;
  hidden.forEach((width, layer) => {
    for (const i of range(width)) {
      test.push(
        ...neuronLines(hidden, activation, layer, i),
        ...handOnLines(activation, layer, i, before),
      );
      before += 1;
    }
  });
  const last = hidden.length - 1;
  const output = (name: string) => product(last + 1, 0, hidden[last], (j) => `${name}${last}_${j}`);
  test.push(
    `let hasAtMostOneHinge = !isTwice_${before};`,
    `let middle = ${output('v')}; let slopeX = ${output('va')}; let slopeY = ${output('vb')};`,
    `let hingeWeight = ${output('vo')};`,
    `let hingeC = hingeC_${before}; let hingeA = hingeA_${before}; let hingeB = hingeB_${before};`,
    'let affineAcross = slopeX * across; let hingeAcross = hingeA * across;',
    'let kinkX = hingeWeight * hingeA; let kinkY = hingeWeight * hingeB;',
  );
  const hinge = 'let z = hingeAcross + (hingeC + hingeB * up);';
  const contribution = activation === 'relu' ? 'select(vec4f(0.0), z, z > vec4f(0.0))' : 'abs(z)';
  const value = `let value = (affineAcross + (middle + slopeY * up)) + hingeWeight * ${contribution};`;
  const slope = (base: string, kink: string) =>
    activation === 'relu'
      ? `select(vec4f(${base}), vec4f(${base} + ${kink}), z > vec4f(0.0))`
      : `${base} + ${kink} * sign(z)`;
  const gradient = `let d1 = ${slope('slopeX', 'kinkX')}; let d2 = ${slope('slopeY', 'kinkY')};`;
  return {
    name: 'hasAtMostOneHinge',
    test: test.join('\n'),
    pieces: {
      value: `${hinge}\n${value}`,
      gradient: `${hinge}\n${gradient}`,
      valueAndGradient: `${hinge}\n${value}\n${gradient}`,
      openNeurons: `let openNeurons = select(0u, 1u, isTaken_${before});`,
    },
  };
}

/** The pre-activation of a neuron over the tile. */
function neuronLines(
  hidden: readonly number[],
  activation: Activation,
  layer: number,
  i: number,
): string[] {
  const id = `${layer}_${i}`;
  const { c, a, b } = tilePreActivation(hidden, activation, layer, i);
  const open =
    layer === 0 ? '0.0' : product(layer, i, hidden[layer - 1], (j) => `vo${layer - 1}_${j}`);
  return [`let c${id} = ${c}; let a${id} = ${a}; let b${id} = ${b}; let o${id} = ${open};`];
}

/** Its activation, and the open neuron after it; there are `before` earlier neurons. */
function handOnLines(activation: Activation, layer: number, i: number, before: number): string[] {
  const id = `${layer}_${i}`;
  const [old, next] = [`_${before}`, `_${before + 1}`];
  const relu = activation === 'relu';
  const through = (name: string) =>
    relu
      ? `select(0.0, ${name}${id}, isOn${id})`
      : `select(select(0.0, -${name}${id}, isOff${id}), ${name}${id}, isOn${id})`;
  const atMiddle = relu
    ? `select(floor${id}, c${id}, isOn${id})`
    : `select(select(floor${id}, 2.0 * floor${id} - c${id}, isOff${id}), c${id}, isOn${id})`;
  const most = relu
    ? `height${id} + reach${id}`
    : `max(height${id} + reach${id}, reach${id} - height${id})`;
  const handOn = (name: string, own: string) =>
    `let ${name}${next} = select(${name}${old}, ${own}, isFirst${id});`;
  return [
    `let height${id} = (c${id} - floor${id}) + o${id} * half${old};`,
    `let reach${id} = (abs(a${id}) * reachX + abs(b${id}) * reachY) + abs(o${id}) * half${old};`,
    `let isOn${id} = height${id} > reach${id}; let isOff${id} = -height${id} > reach${id};`,
    `let isOpen${id} = !(isOn${id} | isOff${id}); let isFirst${id} = isOpen${id} & !isTaken${old};`,
    `let isTwice${next} = isTwice${old} | (isOpen${id} & isTaken${old}); let isTaken${next} = isTaken${old} | isOpen${id};`,
    handOn('hingeC', `c${id} - floor${id}`),
    handOn('hingeA', `a${id}`),
    handOn('hingeB', `b${id}`),
    handOn('half', `0.5 * (${most})`),
    `let v${id} = ${atMiddle}; let va${id} = ${through('a')}; let vb${id} = ${through('b')};`,
    `let vo${id} = select(${through('o')}, 1.0, isOpen${id});`,
  ];
}
