import { describe, expect, it } from 'vitest';
import { DEFAULT_STATE } from '../../../../src/state/defaults.ts';
import { FIRST_DRAFTS, remember } from '../../../../src/state/fieldDrafts.ts';
import { applyPatch } from '../../../../src/state/patch.ts';
import { type ControlsModel, readModel } from '../../../../src/ui/controls/controlsModel.ts';

/** The model after these fields, one after the other. */
function modelOf(...fields: object[]): ControlsModel {
  let state = DEFAULT_STATE;
  let drafts = FIRST_DRAFTS;
  let model: ControlsModel | null = null;
  for (const field of fields) {
    state = applyPatch(state, { field });
    drafts = remember(drafts, state.field);
    model = readModel(state, drafts, model);
  }
  return model!;
}

describe('readModel', () => {
  it('reads presets by their names, and any other field as custom', () => {
    expect(modelOf({ kind: 'softmax', logits: { count: 5, seed: 3 } })).toMatchObject({
      ...{ kind: 'softmax', source: 'drawn', widths: [2, 5], outputs: 5, seed: 3 },
      ...{ readout: 'softmax', index: 0, lambda: 1 },
    });
    expect(modelOf({ kind: 'mlp', widths: [2, 5, 5, 5, 5, 1], outputBias: 4 })).toMatchObject({
      ...{ kind: 'mlp', preset: 'deep', outputBiasMode: 'override', outputBias: 4 },
      readout: 'output',
    });
    expect(
      modelOf({ network: { widths: [5, 10, 10, 5] }, readout: { kind: 'class', wins: 'least' } }),
    ).toMatchObject({ kind: 'custom', preset: null, outputs: 5, readout: 'class', wins: 'least' });
  });

  it('keeps what the present field does not have', () => {
    const model = modelOf(
      { kind: 'softmax', lambda: 10, component: 1 },
      { kind: 'mlp', seed: 7, outputBias: 2 },
      { kind: 'tanh', weight: [3, 4], bias: 5 },
    );
    expect(model).toMatchObject({ kind: 'tanh', weight1: 3, weight2: 4, bias: 5 });
    expect(model).toMatchObject({ lambda: 10, seed: 7, outputBias: 2, outputBiasMode: 'drawn' });
  });
});
