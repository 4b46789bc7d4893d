import type GUI from 'lil-gui';
import { type Model, modelOf, replaceModel } from '../../model/models.ts';
import { openOrientation, withTransposedWeights } from '../../models/openQuestions.ts';
import { ModelCard } from '../models/modelCard.ts';
import { ModelList } from '../models/modelList.ts';
import { ActionsController, ChoiceController } from './controllers.ts';
import type { FieldEditor, ShowField } from './fieldEditor.ts';

/** Adds the button that opens files, the list of networks, the card of the one that is shown, and what its file leaves open. */
export function addModelControls(folder: GUI, editor: FieldEditor): ShowField {
  new ActionsController(folder, [
    {
      label: 'Open a file…',
      title: 'ONNX, safetensors, .npz, .npy, .nnet or JSON; or drop files on the page',
      act: () => editor.chooseFiles(),
    },
  ]).name('file');
  const list = new ModelList((model) => editor.showModel(model), editor.signal);
  const card = new ModelCard();
  folder.$children.append(list.element, card.element);
  const showOrientation = addOrientation(folder, editor);
  return ({ network }) => {
    const model = network.kind === 'model' ? modelOf(network) : null;
    list.mark(model?.id ?? null);
    card.show(model);
    showOrientation(model);
  };
}

/** For weights of a file that does not say which side are the inputs. */
function addOrientation(folder: GUI, editor: FieldEditor): (model: Model | null) => void {
  const choice: { orientation: ReturnType<typeof openOrientation> } = { orientation: null };
  let shown: Model | null = null;
  const controller = new ChoiceController(folder, choice, 'orientation', [
    { label: '[out, in]', value: 'outputsFirst', title: 'Rows of the weights belong to outputs' },
    { label: '[in, out]', value: 'inputsFirst', title: 'Rows of the weights belong to inputs' },
  ]);
  controller.name('weights are').onChange(() => {
    if (shown === null || choice.orientation === openOrientation(shown)) return;
    const other = withTransposedWeights(shown);
    replaceModel(shown, other);
    if (haveSameShape(shown, other)) {
      editor.editField({ network: { kind: 'model', id: other.id } }, 'still');
    } else editor.showModel(other);
  });
  return (model) => {
    shown = model;
    choice.orientation = model && openOrientation(model);
    controller.show(choice.orientation !== null).updateDisplay();
  };
}

function haveSameShape({ network: one }: Model, { network: other }: Model): boolean {
  return (
    one.layers[0]!.inputs === other.layers[0]!.inputs &&
    one.layers.at(-1)!.outputs === other.layers.at(-1)!.outputs
  );
}
