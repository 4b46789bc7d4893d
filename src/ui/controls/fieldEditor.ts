import type { Field } from '../../model/field.ts';
import type { Model } from '../../model/models.ts';
import type { FieldDrafts } from '../../state/fieldDrafts.ts';
import type { Motion } from '../panel/session.ts';
import type { ControlsModel } from './controlsModel.ts';

/** What the controllers of the field edit. */
export interface FieldEditor {
  readonly model: ControlsModel;
  field(): Field;
  drafts(): FieldDrafts;
  /** Merges a part of a field, {network}, {slice} or {readout}; the parts that it does not name stay as they are. */
  editField(part: object, motion: Motion): void;
  edit(patch: object, motion: Motion): void;
  /** Shows the next output, or the one before. */
  stepOutput(step: 1 | -1): void;
  showAllOutputs(): void;
  /** Lets a person choose files to open. */
  chooseFiles(): void;
  /** Lets a person choose a file of points that span a plane of the input space. */
  choosePoints(): void;
  showModel(model: Model): void;
  /** Aborted when the controls end. */
  readonly signal: AbortSignal;
}

/** Shows what belongs to a field; call it after the model has changed. */
export type ShowField = (field: Field) => void;
