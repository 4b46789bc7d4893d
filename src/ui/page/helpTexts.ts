import { REDO_KEYS, UNDO_KEYS } from './keyNames.ts';

export type HelpEntries = readonly (readonly [input: string, what: string])[];

/** What a mouse or a touch pad can do, as the help lists it. */
export const MOUSE_HELP: HelpEntries = [
  ['drag', 'pan'],
  ['wheel, pinch, double click', 'zoom about the pointer'],
  ['click', 'mark a point: each output’s affine map there; with exact edges, select a region'],
  ['shift + drag', 'zoom to a box'],
  [
    'points (c): click, drag',
    'add a point, move one; shift + click or the right button removes one',
  ],
  ['log-radial: drag, wheel', 'move the rings; a double click makes a point the centre'],
];

/** What fingers can do. */
export const TOUCH_HELP: HelpEntries = [
  ['drag', 'pan'],
  ['pinch, double tap', 'zoom about the fingers'],
  ['tap', 'show the values at a point; with exact edges, select a region'],
  ['box button, then drag', 'zoom to a box'],
  ['log-radial: drag, pinch', 'move the rings; a double tap makes a point the centre'],
];

/** The keys. */
export const KEY_HELP: HelpEntries = [
  ['← → ↑ ↓', 'pan (hold shift for small steps)'],
  ['+ −', 'zoom about the pointer or the middle'],
  ['0 or h', 'home view'],
  [`${UNDO_KEYS} or [`, 'undo'],
  [`${REDO_KEYS} or ]`, 'redo'],
  ['b', 'box zoom: arrows move, shift + arrows resize, enter zooms, escape cancels'],
  ['r', 'next seed'],
  ['shift + r', 'previous seed'],
  ['a', 'random seed'],
  ['o', 'next output of a network, or next neuron'],
  ['shift + o', 'previous output or neuron'],
  [
    'e',
    'exact edges of a network: enter selects the region under the pointer, escape deselects it',
  ],
  [
    'g',
    'the network beside the picture; there arrows move, enter shows a neuron, escape goes back',
  ],
  ['y', 'copy the point that is read, its value and affine map, for Python'],
  ['space', 'train: play or pause'],
  ['.', 'train: one step'],
  [
    'c',
    'points of a data set: enter adds one at the pointer or in the middle, delete removes the nearest, 1 to 9 choose the class, c or escape ends',
  ],
  [
    'c, then m',
    'choose the nearest point, then the next (shift: the one before): arrows move it (hold shift for small steps), delete removes it, escape lets go',
  ],
  ['n', 'add a panel'],
  ['d', 'duplicate the active panel'],
  ['delete or ⌫', 'remove the active panel'],
  ['l', 'link the views of all panels'],
  ['s', 'use one colour range for all panels'],
  ['f', 'figures'],
  ['p', 'controls'],
  ['?', 'this list'],
];

/** Nothing else shows that the key `c` has done something. */
export const POINTS_HINT =
  'Points: a click adds one, shift + click removes one, 1 to 9 choose the class, c ends.';
