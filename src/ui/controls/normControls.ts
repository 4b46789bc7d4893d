import type GUI from 'lil-gui';
import type { Controller } from 'lil-gui';
import { parseNumber } from '../../input/parseNumber.ts';
import { formatNumber } from '../../scales/format.ts';
import {
  NORM_KINDS,
  NORM_LABELS,
  type Norm,
  type NormKind,
  THRESHOLD_MAX,
  THRESHOLD_MIN,
} from '../../scales/norms.ts';
import type { Motion } from '../panel/session.ts';
import { explain } from './concepts.ts';
import type { ControlsModel } from './controlsModel.ts';
import { TextController } from './textController.ts';

type Threshold = ControlsModel['linearThreshold'];

/** Adds the controllers of the norm: its kind, and the threshold of a symmetric logarithm. */
export function addNorm(
  folder: GUI,
  model: ControlsModel,
  edit: (patch: { readonly norm: Norm }, motion: Motion) => void,
): { readonly kind: Controller; show(): void } {
  const kinds = Object.fromEntries(NORM_KINDS.map((kind) => [NORM_LABELS[kind], kind]));
  const kind = folder.add(model, 'norm', kinds);
  kind.onChange((chosen: NormKind) => {
    const { linearThreshold } = model;
    edit(
      { norm: chosen === 'symlog' ? { kind: chosen, linearThreshold } : { kind: chosen } },
      'still',
    );
  });
  explain(kind, 'norm');
  const threshold = new TextController<Threshold>(folder, model, 'linearThreshold', {
    parse: parseThreshold,
    format: (value) => (value === 'auto' ? value : formatNumber(value, 10)),
    numeric: true,
  });
  threshold.name('linear up to').onChange((linearThreshold: Threshold) => {
    edit({ norm: { kind: 'symlog', linearThreshold } }, 'still');
  });
  return { kind, show: () => threshold.show(model.norm === 'symlog') };
}

function parseThreshold(text: string): Threshold {
  if (text.trim() === 'auto') return 'auto';
  const value = parseNumber(text);
  if (value >= THRESHOLD_MIN && value <= THRESHOLD_MAX) return value;
  throw new Error('Enter a number greater than 0, or auto.');
}
