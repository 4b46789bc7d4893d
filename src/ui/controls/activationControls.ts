import type GUI from 'lil-gui';
import {
  ACTIVATION_KINDS,
  ACTIVATIONS,
  type Activation,
  type ActivationKind,
  DEFAULT_ACTIVATIONS,
  kindOfActivation,
} from '../../model/activations.ts';
import { activationsOf } from '../../model/drawnNetwork.ts';
import { factsOf } from '../../model/models.ts';
import type { NetworkSource } from '../../model/networks.ts';
import { hasOpenActivations } from '../../models/openQuestions.ts';
import { formatNumber } from '../../scales/format.ts';
import {
  type ActivationParameter,
  activationPatch,
  parametersOf,
  withParameter,
} from '../../state/activationChoices.ts';
import { make } from '../dom/elements.ts';
import type { Motion } from '../panel/session.ts';
import type { Choice } from './controllers.ts';
import type { FieldEditor, ShowField } from './fieldEditor.ts';
import { MenuController } from './menuController.ts';
import { SliderController } from './sliderController.ts';

const KINDS = ACTIVATION_KINDS.map((kind) => ({ label: ACTIVATIONS[kind].label, value: kind }));
const SHORTCUTS: readonly Choice<ActivationKind>[] = [
  { label: 'ReLU', value: 'relu' },
  { label: 'Abs', value: 'abs' },
];

/** The range of a parameter's slider; larger values can be typed. */
const KNOBS: Readonly<Record<ActivationParameter, { min: number; max: number; step: number }>> = {
  slope: { min: -1, max: 1, step: 0.01 },
  min: { min: -10, max: 10, step: 0.1 },
  max: { min: -10, max: 10, step: 0.1 },
  alpha: { min: 0, max: 5, step: 0.05 },
};
const PARAMETER_MAX = 1e6;

/** Adds one menu for all hidden layers, and one for each of them where a person or the network wants it. */
export function addActivations(folder: GUI, editor: FieldEditor): ShowField {
  const set = (layer: number | null) => (activation: Activation, motion: Motion) => {
    const network = activationPatch(editor.field().network, layer, activation);
    editor.editField({ network }, motion);
  };
  const all = new ActivationMenu(folder, 'activation', set(null), SHORTCUTS);
  const model = { each: false };
  const each = folder.add(model, 'each').name('each layer its own');
  const end = make('span', { hidden: true });
  folder.$children.append(end);
  const layers: ActivationMenu[] = [];
  const show: ShowField = ({ network }) => {
    const activations = areFixed(network) ? [] : activationsOf(network);
    const differ = new Set(activations.map((one) => JSON.stringify(one))).size > 1;
    if (differ) model.each = true;
    const areOwn = model.each && activations.length > 1;
    all.show(areOwn ? null : (activations[0] ?? null));
    each.show(activations.length > 1);
    // A menu is made when its layer is first shown.
    for (let layer = layers.length; areOwn && layer < activations.length; layer++) {
      const menu = new ActivationMenu(folder, `layer ${layer + 1}`, set(layer), []);
      menu.placeBefore(end);
      layers.push(menu);
    }
    layers.forEach((menu, layer) => {
      menu.show(areOwn ? (activations[layer] ?? null) : null);
    });
  };
  each.onChange((own: boolean) => {
    const { network } = editor.field();
    // Layers of one kind again: that of the first.
    if (!own) set(null)(activationsOf(network)[0]!, 'still');
    show(editor.field());
  });
  return show;
}

/** Whether a file says what the activations are. */
function areFixed(network: NetworkSource): boolean {
  const facts = factsOf(network);
  return facts !== null && !hasOpenActivations(facts);
}

/** A menu of activations, with sliders for the parameters of the chosen one. */
class ActivationMenu {
  readonly #folder: GUI;
  readonly #set: (activation: Activation, motion: Motion) => void;
  readonly #model: { kind: ActivationKind } & Record<ActivationParameter, number> = {
    ...{ kind: 'relu', slope: 0, min: -1, max: 1, alpha: 1 },
  };
  readonly #menu: MenuController<ActivationKind>;
  readonly #sliders = new Map<ActivationParameter, SliderController>();
  #activation: Activation = 'relu';

  constructor(
    folder: GUI,
    name: string,
    set: (activation: Activation, motion: Motion) => void,
    shortcuts: readonly Choice<ActivationKind>[],
  ) {
    this.#folder = folder;
    this.#set = set;
    this.#menu = new MenuController<ActivationKind>(folder, this.#model, 'kind', shortcuts);
    this.#menu.setOptions(KINDS).name(name);
    this.#menu.onChange((kind: ActivationKind) => set(DEFAULT_ACTIVATIONS[kind], 'still'));
  }

  placeBefore(next: Element): void {
    next.before(this.#menu.domElement);
  }

  /** @param activation null hides it */
  show(activation: Activation | null): void {
    this.#menu.show(activation !== null);
    const parameters = activation === null ? {} : parametersOf(activation);
    if (activation !== null) {
      this.#activation = activation;
      Object.assign(this.#model, parameters, { kind: kindOfActivation(activation) });
      this.#menu.updateDisplay();
    }
    const shown = Object.keys(parameters) as ActivationParameter[];
    for (const name of shown) if (!this.#sliders.has(name)) this.#addSlider(name);
    for (const [name, slider] of this.#sliders) {
      slider.show(shown.includes(name)).updateDisplay();
    }
  }

  #addSlider(name: ActivationParameter): void {
    const slider = new SliderController(this.#folder, this.#model, name, {
      ...KNOBS[name],
      typed: { min: -PARAMETER_MAX, max: PARAMETER_MAX },
      format: (value) => formatNumber(value, 6),
    });
    slider.onChange((value: number) =>
      this.#set(withParameter(this.#activation, name, value), 'moving'),
    );
    const last = [...this.#sliders.values()].at(-1) ?? this.#menu;
    last.domElement.after(slider.domElement);
    this.#sliders.set(name, slider);
  }
}
