import { InvalidInputError } from '../input/invalidInput.ts';
import { readInteger } from '../input/plainJson.ts';
import { firstField } from '../model/firstField.ts';
import { type FirstLook, lookAtInputs, lookAtSlice } from '../model/firstLook.ts';
import type { Model } from '../model/models.ts';
import { validateSlice } from '../model/slice.ts';
import { DEFAULT_STATE } from '../state/defaults.ts';
import { applyPatch } from '../state/patch.ts';
import { type Sheet, validateSheet } from '../state/sheet.ts';
import type { State } from '../state/state.ts';
import type { HeldNetworks } from './heldNetworks.ts';
import type { PanelStart, PlaneOfInputs, Traits, WidgetModel } from './widgetModel.ts';

/** What a view of a widget shows at first: what others show already, or else what Python says. @throws InvalidInputError */
export function firstSheet(model: WidgetModel, networks: HeldNetworks): Sheet {
  const sheet = model.get('_sheet');
  return isSheet(sheet) ? sheet : startSheet(model.get('_start'), networks);
}

/** Whether a page has said what it shows. */
export function isSheet(sheet: Traits['_sheet']): sheet is Sheet {
  return 'panels' in sheet;
}

/** What a widget shows before any page has said what it shows. @throws InvalidInputError */
export function startSheet(start: Traits['_start'], networks: HeldNetworks): Sheet {
  return validateSheet({
    ...start,
    panels: start.panels.map((panel) =>
      startState(panel, panel.network === null ? null : networks.at(panel.network)),
    ),
  });
}

function startState({ slice, readout, state }: PanelStart, model: Model | null): State {
  if (model === null) return applyPatch(DEFAULT_STATE, state);
  const { field, ...first } = firstField(model);
  const look = slice === null ? null : lookAt(slice, model);
  const patch = {
    ...first,
    ...(look ? { view: { center: look.center, halfWidth: look.halfWidth } } : {}),
    field: {
      ...field,
      ...(look ? { slice: look.slice } : {}),
      ...(readout === null ? {} : { readout }),
    },
  };
  return applyPatch(applyPatch(DEFAULT_STATE, patch), state);
}

function lookAt({ inputs, vectors }: PlaneOfInputs, { network, facts }: Model): FirstLook {
  const ranges = facts.inputs.map(({ range }) => range);
  if (inputs === null) {
    return lookAtSlice(network, validateSlice(vectors, 'slice', ranges.length));
  }
  const names = facts.inputs.map(({ name }) => name);
  const [first, second] = inputs.map((input) => positionOf(input, names)) as [number, number];
  if (first === second && names.length > 1) {
    throw new InvalidInputError('slice', inputs, 'two different inputs');
  }
  return lookAtInputs(network, ranges, first, second);
}

function positionOf(input: number | string, names: readonly (string | null)[]): number {
  if (typeof input !== 'string') return readInteger(input, 'slice', 0, names.length - 1);
  const position = names.indexOf(input);
  if (position >= 0) return position;
  const known = names.filter((name) => name !== null).slice(0, 10);
  const expected =
    known.length > 0 ? `one of ${known.join(', ')}` : 'a position: the inputs have no names';
  throw new InvalidInputError('slice', input, expected);
}
