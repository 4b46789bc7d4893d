import type { Activation } from '../model/field.ts';
import { type FieldCode, maximumLines, ParameterReader, range, sum } from './fieldCode.ts';
import { affineForm } from './mlpAffine.ts';
import { product, regionOf } from './mlpLines.ts';
import { oneHingeForm } from './mlpOneHinge.ts';

/**
 * Straight-line code for a small network, generated for its widths.
 *
 * With p the pre-activation at the centre in units of the half-width and ζ its change, ReLU turns
 * the change ζ into the change relu(p + ζ) − relu(p) = max(ζ + min(p, 0), −max(p, 0)). With
 * `shift` = min(p, 0) and `floor` = −max(p, 0) that is one addition and one maximum, as many as bias
 * and ReLU need without an anchor. For Abs, |p + ζ| − |p| = max(ζ', −ζ' + 2 floor) with ζ' = ±ζ, the sign
 * being that of p (which packMlp folds into the weights) and `floor` = −|p|.
 *
 * In both, z − floor is the pre-activation itself (up to that sign).
 *
 * Names: w{layer}_{neuron}_{input} weight, z pre-activation change with shift, h change of the
 * activation, g derivative of the output by z.
 */
export function mlpCode(widths: readonly number[], activation: Activation): FieldCode {
  const hidden = widths.slice(1, -1);
  const forward = forwardLines(hidden, activation);
  const output = sum(
    range(hidden.at(-1)!).map((j) => `w${hidden.length}_0_${j} * h${hidden.length - 1}_${j}`),
  );
  const value = `let value = ${output};`;
  const backward = backwardLines(hidden, activation);
  return {
    key: mlpKey(widths, activation),
    load: loadLines(widths, activation).join('\n'),
    general: {
      value: [...forward, value].join('\n'),
      gradient: [...forward, ...backward].join('\n'),
      valueAndGradient: [...forward, value, ...backward].join('\n'),
      difference: [...forward, ...differenceLines(hidden, activation)].join('\n'),
      region: [...forward, `let region = ${regionOf(hidden, activation, 'z', 'vec4')};`].join('\n'),
      hinge: [...forward, ...hingeLines(hidden, activation)].join('\n'),
      openNeurons: `let openNeurons = ${hidden.reduce((count, width) => count + width)}u;`,
    },
    special: [oneHingeForm(hidden, activation), affineForm(hidden, activation)],
  };
}

/** The key of mlpCode, without its lines. */
export function mlpKey(widths: readonly number[], activation: Activation): string {
  return `mlp ${activation} ${widths.join('-')}`;
}

/** The order of the parameters; packMlp (anchorMlp.ts) writes the same. */
function loadLines(widths: readonly number[], activation: Activation): string[] {
  const reader = new ParameterReader();
  const last = widths.length - 2;
  for (const layer of range(widths.length - 1)) {
    for (const i of range(widths[layer + 1])) {
      for (const j of range(widths[layer])) reader.read(`w${layer}_${i}_${j}`);
      if (layer === last) continue;
      reader.read(activation === 'relu' ? `shift${layer}_${i}` : `sign${layer}_${i}`);
      reader.read(`floor${layer}_${i}`);
    }
  }
  return reader.lines;
}

function forwardLines(hidden: readonly number[], activation: Activation): string[] {
  const lines: string[] = [];
  hidden.forEach((width, layer) => {
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      const shift = activation === 'relu' ? ` + shift${id}` : '';
      // y and the shift are the same for all four samples: one scalar operation each.
      const z =
        layer === 0
          ? `w${id}_0 * x + (w${id}_1 * y${shift})`
          : `${product(layer, i, hidden[layer - 1], (j) => `h${layer - 1}_${j}`)}${shift}`;
      const other = activation === 'relu' ? `vec4f(floor${id})` : `2.0 * floor${id} - z${id}`;
      lines.push(`let z${id} = ${z};`);
      lines.push(
        activation === 'relu'
          ? `let h${id} = select(${other}, z${id}, z${id} > ${other});`
          : `let h${id} = select(${other}, z${id}, z${id} > vec4f(floor${id}));`,
      );
    }
  });
  return lines;
}

/** The derivative of an activation by its z times `factor`; 0 at the kink, as in PyTorch. */
function throughActivation(activation: Activation, id: string, factor: string): string {
  return activation === 'relu'
    ? `select(vec4f(0.0), ${factor}, z${id} > vec4f(floor${id}))`
    : `sign(z${id} - floor${id}) * ${factor}`;
}

/** Reverse mode: g of a layer from g of the layer above. */
function backwardLines(hidden: readonly number[], activation: Activation): string[] {
  const lines: string[] = [];
  const last = hidden.length - 1;
  for (let layer = last; layer >= 0; layer -= 1) {
    for (const j of range(hidden[layer])) {
      const from =
        layer === last
          ? `vec4f(w${layer + 1}_0_${j})`
          : `(${sum(range(hidden[layer + 1]).map((i) => `w${layer + 1}_${i}_${j} * g${layer + 1}_${i}`))})`;
      lines.push(`let g${layer}_${j} = ${throughActivation(activation, `${layer}_${j}`, from)};`);
    }
  }
  for (const axis of [0, 1]) {
    const terms = range(hidden[0]).map((j) => `w0_${j}_${axis} * g0_${j}`);
    lines.push(`let d${axis + 1} = ${sum(terms)};`);
  }
  return lines;
}

/** The step's own anchored form, with the sample instead of the centre as anchor. */
function differenceLines(hidden: readonly number[], activation: Activation): string[] {
  const lines: string[] = [];
  hidden.forEach((width, layer) => {
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      const change =
        layer === 0
          ? `w${id}_0 * hx + w${id}_1 * hy`
          : product(layer, i, hidden[layer - 1], (j) => `e${layer - 1}_${j}`);
      lines.push(`let q${id} = z${id} - floor${id};`);
      if (activation === 'relu') {
        lines.push(`let r${id} = ${change} + min(q${id}, vec4f(0.0));`);
        lines.push(`let e${id} = max(r${id}, -max(q${id}, vec4f(0.0)));`);
      } else {
        lines.push(`let c${id} = ${change};`);
        lines.push(`let r${id} = select(-c${id}, c${id}, q${id} >= vec4f(0.0));`);
        lines.push(`let e${id} = max(r${id}, -r${id} - 2.0 * abs(q${id}));`);
      }
    }
  });
  const last = hidden.length - 1;
  lines.push(`let difference = ${product(last + 1, 0, hidden[last], (j) => `e${last}_${j}`)};`);
  return lines;
}

/** Forward mode: (s, t) is the derivative of z by the two coordinates, in steps of `unit`. */
function hingeLines(hidden: readonly number[], activation: Activation): string[] {
  const lines: string[] = [];
  const covers: string[] = [];
  hidden.forEach((width, layer) => {
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      for (const [axis, name] of ['s', 't'].entries()) {
        const change =
          layer === 0
            ? `vec4f(w${id}_${axis} * unit.${axis === 0 ? 'x' : 'y'})`
            : product(layer, i, hidden[layer - 1], (j) => `h${name}${layer - 1}_${j}`);
        lines.push(`let ${name}${id} = ${change};`);
        lines.push(`let h${name}${id} = ${throughActivation(activation, id, `${name}${id}`)};`);
      }
      lines.push(
        `let cover${id} = hingeCoverage(z${id} - floor${id}, s${id}, t${id}, pen) + ${layer + 1}u;`,
      );
      covers.push(`cover${id}`);
    }
  });
  return [...lines, ...maximumLines('hinge', covers)];
}
