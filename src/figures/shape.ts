import { apply, comma, line, mi, mn, mo, mtext, row } from '../drawing/formula.ts';
import type { ModelFacts, ModelInput } from '../model/models.ts';
import { coordinateSlice } from '../model/slices.ts';
import type { Figure, FigurePanel } from './figure.ts';
import { numberOf } from './settings.ts';
import { shapeNetwork } from './shapeNetwork.ts';
import { sourceOf } from './storedNetwork.ts';

const input = (name: string): ModelInput => ({ name, range: [-1, 1], unit: null });

const FACTS: ModelFacts = {
  name: 'shape',
  inputs: [input('x'), input('y'), input('z')],
  outputNames: ['outside', 'inside'],
  outputUnit: null,
  ending: null,
  notes: ['The first output is a signed distance, the second is 0.'],
};

const NORM = (inner: ReturnType<typeof mi>) => row(mo('‖'), inner, mo('‖'));

/** A solid as the points where a network is negative. */
export const shape: Figure = {
  id: 'shape',
  title: 'A shape as a network',
  question: 'How does a network of three inputs hold a solid?',
  caption: [
    'The network 3-32-32-32-2 has learnt the distance from the surface of a ring with a ball on it: negative inside, positive ' +
      'outside.',
    'The surface is its zero level set; the line in each picture is where a plane cuts it.',
    'One plane has the same height z everywhere, the other contains the axis of the ring.',
    {
      onScreen:
        'Move the height: two circles, the rim of the ring, become one disc of the ball, and then nothing.',
    },
    'A distance has a gradient of length 1. In a plane its length is at most that, and small where the nearest point of the ' +
      'surface lies straight above or below.',
    'The network is affine on each region, so the surface consists of flat pieces.',
  ],
  formula: [
    line(
      mtext('shape'),
      mo('='),
      row(mo('{'), mi('x'), mo(':'), apply(mi('f'), mi('x')), mo('<'), mn(0), mo('}')),
      comma(),
      NORM(row(mo('∇'), mi('f'))),
      mo('≈'),
      mn(1),
    ),
  ],
  columns: () => 2,
  linkedViews: true,
  sharedRange: false,
  controls: [
    { kind: 'slider', name: 'height', label: 'height z', min: -1, max: 1, step: 0.05, initial: 0 },
  ],
  panels: (settings) => {
    const network = sourceOf(shapeNetwork, FACTS);
    const flat = coordinateSlice([0, 0, numberOf(settings, 'height')], 0, 1);
    const upright = coordinateSlice([0, 0, 0], 0, 2);
    const panel = (title: string, slice: object, state: object): FigurePanel => ({
      kind: 'field',
      title,
      state: {
        field: { network, slice, readout: { kind: 'output', index: 0 } },
        view: { center: [0, 0], halfWidth: 1 },
        boundaries: true,
        ...state,
      },
    });
    const signed = {
      colormap: 'diverging',
      range: { mode: 'symmetric' },
      contours: { filled: false, lines: true, count: 12 },
    };
    return [
      panel('Distance at height z', flat, signed),
      panel('Distance in the plane of the axis', upright, signed),
      panel('Length of the gradient at height z', flat, { quantity: 'gradientNorm' }),
      panel('Regions at height z', flat, { quantity: 'region' }),
    ];
  },
};
