import { kindOfActivation } from '../model/activations.ts';
import { activationsOf, widthsOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import { factsOf } from '../model/models.ts';
import { shorthandOf } from '../model/shorthand.ts';
import type { State } from '../state/state.ts';

/** Digits of the half-width in names. */
const DIGITS = 4;

/** Characters of a model's name in names. */
const NAME_LENGTH_MAX = 60;

/** The name of a file: reluscope-NAME.EXTENSION. */
export function fileName(name: string, extension: string): string {
  return `reluscope-${name}.${extension}`;
}

/** A field in a few words, e.g. mlp-2-20-1-seed0 or softmax-lambda1-component2-5-10-10-5-seed4. */
export function fieldName(field: Field): string {
  const { network, readout } = field;
  const short = shorthandOf(field);
  const isNetwork = short?.kind === 'mlp';
  const parts: (string | number)[] = [isNetwork ? 'mlp' : readout.kind];
  if ('lambda' in readout) parts.push(`lambda${readout.lambda}`);
  if (!isNetwork && 'index' in readout && short?.kind !== 'sigmoid' && short?.kind !== 'tanh') {
    parts.push(
      `${readout.kind === 'neuron' ? `layer${readout.layer + 1}-neuron` : 'component'}${readout.index + 1}`,
    );
  }
  if (network.kind === 'drawn') {
    const isLogits = short !== null && 'logits' in short;
    const activations = new Set(activationsOf(network).map(kindOfActivation));
    if (isLogits) parts.push(`logits${widthsOf(network)[1]}`);
    else parts.push(...[...activations].filter((name) => name !== 'relu'), ...network.widths);
    parts.push(`seed${network.seed}`);
  }
  const facts = factsOf(network);
  if (facts) parts.push(facts.name.replace(/[^\w.-]+/g, '_').slice(0, NAME_LENGTH_MAX));
  return parts.join('-');
}

/** The field, the quantity unless it is the value, and the half-width, e.g. mlp-2-20-1-seed0-partial1-half500. */
export function stateName({ field, quantity, view }: State): string {
  const half = `half${Number(view.halfWidth.toPrecision(DIGITS))}`;
  return [fieldName(field), ...(quantity === 'value' ? [] : [quantity]), half].join('-');
}
