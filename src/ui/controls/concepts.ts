import type GUI from 'lil-gui';
import type { Controller } from 'lil-gui';
import { make, setAttribute, setText } from '../dom/elements.ts';

/** The words of the controls that a newcomer may not know, each explained where it stands. */
const CONCEPTS = {
  hinge: {
    word: 'hinge',
    text: 'A line on which the input of a neuron’s activation is 0, so that the field has a kink. The colour of a line shows the layer of its neuron. Hinge lines are sampled; exact edges, under Regions, are not.',
  },
  boundary: {
    word: 'class boundary',
    text: 'Where another output of the network becomes the greatest, so that the class changes. It can be drawn over any quantity of a network with several outputs.',
  },
  shade: {
    word: 'shading',
    text: 'The colour of a class is paler where softmax, at λ = 1, gives the output that wins a smaller share.',
  },
  reach: {
    word: 'reach',
    text: 'Half the width of the smallest square about the origin that contains all vertices of the regions. Farther out, no new regions appear.',
  },
  network: {
    word: 'network',
    text: 'A map from d inputs to K outputs: affine layers with an activation between each two. The widths 5-10-10-5 mean 5 inputs, two hidden layers of 10 neurons and 5 outputs.',
  },
  slice: {
    word: 'slice',
    text: 'The plane in the space of all inputs that the picture shows. Two inputs vary and the others are fixed, unless three points, the points of a file or a seed give another plane.',
  },
  readout: {
    word: 'readout',
    text: 'The number that is made of the K outputs and shown as a colour. It is one of them, or what softmax and its relatives make of all, or which of them wins.',
  },
  logits: {
    word: 'logits',
    text: 'The affine functions of the plane from which softmax and its relatives are made: the two coordinates themselves, or K functions with random weights.',
  },
  random: {
    word: 'random',
    text: 'As PyTorch initialises a layer after torch.manual_seed(seed). The same seed always gives the same numbers.',
  },
  halfWidth: {
    word: 'half-width',
    text: 'Half the side of the square that is shown: x₁ and x₂ reach this far from the centre, in the network’s own numbers.',
  },
  npGradient: {
    word: 'np.gradient',
    text: 'Differences between neighbouring samples. They approximate the exact derivatives ∂₁f and ∂₂f times the step h, except near a hinge.',
  },
  norm: {
    word: 'norm',
    text: 'How values become places on the colour map. Symmetric log: logarithmic on both sides of 0, and linear near it, as matplotlib’s SymLogNorm. Equalised: each colour covers as much of the picture, and the numbers beside the bar say which values it has. Auto: linear, but equalised for values in log-radial pictures.',
  },
  sampleGrid: {
    word: 'sample grid',
    text: 'N × N evenly spaced points of the square, including its edges, as np.meshgrid makes them from two calls of np.linspace.',
  },
} as const;

export type Concept = keyof typeof CONCEPTS;

/** What a word means: a button, and the place of the text, which is empty until the button is pressed. */
export interface Explanation {
  readonly button: HTMLButtonElement;
  readonly text: HTMLElement;
}

/** Explains a concept on demand, by mouse, finger and keyboard; a screen reader reads the text when it comes. */
export function makeExplanation(concept: Concept): Explanation {
  const { word, text } = CONCEPTS[concept];
  const name = `What is “${word}”?`;
  const button = make(
    'button',
    { type: 'button', class: 'explain', 'aria-expanded': 'false', 'aria-label': name, title: name },
    '?',
  );
  const place = make('p', { class: 'explanation', role: 'status' });
  button.addEventListener('click', () => {
    const isOpen = button.ariaExpanded === 'true';
    setAttribute(button, 'aria-expanded', String(!isOpen));
    setText(place, isOpen ? '' : text);
  });
  // Within the label of a checkbox, reading is no switching.
  place.addEventListener('click', (event) => event.preventDefault());
  return { button, text: place };
}

/** Explains the concept beside the name of a controller. */
export function explain(controller: Controller, concept: Concept): Explanation {
  const explanation = makeExplanation(concept);
  controller.$name.after(explanation.button);
  controller.domElement.append(explanation.text);
  return explanation;
}

/** Explains the concept beside the title of a folder. */
export function explainFolder(folder: GUI, concept: Concept): void {
  const { button, text } = makeExplanation(concept);
  folder.$title.after(button);
  folder.$children.append(text);
}
