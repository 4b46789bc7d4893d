import type GUI from 'lil-gui';
import { SHORTHAND_KINDS } from '../../model/shorthand.ts';
import { fieldOf } from '../../state/fieldDrafts.ts';
import { PRESET_LABELS } from '../../state/labels.ts';
import { explainFolder } from './concepts.ts';
import type { ControlsModel } from './controlsModel.ts';
import type { FieldEditor, ShowField } from './fieldEditor.ts';
import { MenuController } from './menuController.ts';
import { addNetworkControls } from './networkControls.ts';
import { addReadoutControls } from './readoutControls.ts';
import { addSliceControls } from './sliceControls.ts';

const PRESETS = SHORTHAND_KINDS.map((kind) => ({ label: PRESET_LABELS[kind], value: kind }));
const CUSTOM = { label: 'custom', value: 'custom' } as const;

/** Adds the presets of fields, and the controllers of network, slice and readout; shows those that the field has. */
export function addFieldControls(folder: GUI, editor: FieldEditor): ShowField {
  const preset = new MenuController<ControlsModel['kind']>(folder, editor.model, 'kind');
  preset.name('field').onChange((kind: ControlsModel['kind']) => {
    const drafts = editor.drafts();
    const field = kind === 'custom' ? drafts.custom : fieldOf(kind, drafts);
    if (field) editor.editField(field, 'still');
  });
  const parts = [
    addNetworkControls(addPart(folder, 'Network', 'network'), editor),
    addSliceControls(addPart(folder, 'Slice', 'slice'), editor),
    addReadoutControls(addPart(folder, 'Readout', 'readout'), editor),
  ];
  return (field) => {
    preset.setOptions(editor.drafts().custom ? [...PRESETS, CUSTOM] : PRESETS);
    for (const show of parts) show(field);
  };
}

function addPart(folder: GUI, title: string, concept: 'network' | 'slice' | 'readout'): GUI {
  const part = folder.addFolder(title);
  explainFolder(part, concept);
  return part;
}
