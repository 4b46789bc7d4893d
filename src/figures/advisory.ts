import { apply, comma, line, mi, mo, mtext, row, sub, under } from '../drawing/formula.ts';
import type { ModelFacts, ModelInput } from '../model/models.ts';
import { coordinateSlice } from '../model/slices.ts';
import { advisoryNetwork } from './advisoryNetwork.ts';
import type { Figure, FigurePanel } from './figure.ts';
import { numberOf } from './settings.ts';
import { sourceOf } from './storedNetwork.ts';

const HALF_TURN = 180;

/** Kilometres and degrees, of which the network has ten and 180. */
const input = (name: string, scale: number): ModelInput => ({
  name,
  range: [-1, 1],
  unit: { mean: 0, scale },
});

const FACTS: ModelFacts = {
  name: 'advisory',
  inputs: [input('km ahead', 10), input('km to the left', 10), input('heading', HALF_TURN)],
  outputNames: ['keep on', 'weak left', 'weak right', 'strong left', 'strong right'],
  outputUnit: null,
  ending: null,
  notes: ['It was trained on turns that were flown in a simulation of this project.'],
};

/** From 2 km behind to 10 km ahead. */
const VIEW = { center: [0.4, 0], halfWidth: 0.6 };

const PLACE = row(mi('x'), mo(','), mi('y'), mo(','), mi('ψ'));

/** What a small network advises a pilot, by where the other aircraft is. */
export const advisory: Figure = {
  id: 'advisory',
  title: 'An advisory: which way to turn',
  question: 'Which turn does a network advise, when another aircraft is near?',
  caption: [
    'Two aircraft fly at the same height and speed; the own one is at (0, 0) and flies along the horizontal axis.',
    'A point of the picture is where the other is; its course is at the angle ψ to the own one.',
    'The network 3-25-25-25-5 scores five turns, and the greatest score is the advice.',
    'The picture is a plane of its three inputs: the heading is fixed.',
    { onScreen: 'Move the heading, and the danger turns with it.' },
    'Lines separate the advices in all pictures; where the lead of the best score is small, a little step changes the advice.',
    'Every region is one affine map: the borders of the advice are straight inside each.',
  ],
  formula: [
    line(
      mtext('advice'),
      mo('='),
      under(mtext('arg max'), mi('k')),
      apply(sub(mi('f'), mi('k')), PLACE),
      comma(),
      mtext('lead'),
      mo('='),
      sub(mi('f'), mtext('best')),
      mo('−'),
      sub(mi('f'), mtext('second')),
    ),
  ],
  columns: () => 3,
  linkedViews: true,
  sharedRange: false,
  controls: [
    {
      kind: 'slider',
      name: 'heading',
      label: 'heading ψ in degrees',
      min: -HALF_TURN,
      max: HALF_TURN,
      step: 5,
      initial: 135,
    },
  ],
  panels: (settings) => {
    const network = sourceOf(advisoryNetwork, FACTS);
    const slice = coordinateSlice([0, 0, numberOf(settings, 'heading') / HALF_TURN], 0, 1);
    const panel = (title: string, readout: object, state: object): FigurePanel => ({
      kind: 'field',
      title,
      state: {
        field: { network, slice, readout },
        view: VIEW,
        boundaries: true,
        ...state,
      },
    });
    return [
      panel('The advice', { kind: 'class' }, {}),
      panel('Lead of the best score', { kind: 'margin' }, {}),
      panel('Regions', { kind: 'class' }, { quantity: 'region' }),
    ];
  },
};
