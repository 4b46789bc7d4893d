import type { Pass, ReadoutLines } from './readoutPasses.ts';

/** Below every number that kernels compare. */
export const LOWEST = 'vec4f(-3.0e38)';

/**
 * Readouts that compare outputs. The largest wins; where the least does, the signs of all are changed before
 * (packOutputs.ts).
 *
 * Names: q{k} the outputs less the largest one at the centre, top the largest of these, m the first that has it.
 */
export type WinnerReadoutKind = 'max' | 'argmax' | 'class' | 'margin';

/** Finds the winner. */
export const LEAD: Pass = {
  before: [`var top = ${LOWEST}; var m = vec4u(0u);`],
  define: (k) => [`let q${k} = p${k} + h${k};`],
  gather: (k, index) => [
    `let over${k} = q${k} > top; m = select(m, vec4u(${index}), over${k}); top = select(top, q${k}, over${k});`,
  ],
};

/** The largest q after the step, less `top`: only what overtakes adds to the step of the one that leads. */
const leadAhead: Pass = {
  before: [`var aheadTop = ${LOWEST};`],
  define: (k) => [`let ahead${k} = (q${k} - top) + step${k};`],
  gather: (k) => [`aheadTop = select(aheadTop, ahead${k}, ahead${k} > aheadTop);`],
};

/** The winner after the step. */
const winnerAhead: Pass = {
  before: [`var aheadTop = ${LOWEST}; var mAhead = vec4u(0u);`],
  define: (k) => [`let ahead${k} = q${k} + step${k};`],
  gather: (k, index) => [
    `let overtakes${k} = ahead${k} > aheadTop; mAhead = select(mAhead, vec4u(${index}), overtakes${k});`,
    `aheadTop = select(aheadTop, ahead${k}, overtakes${k});`,
  ],
};

/**
 * The two largest of names {name}{k}: first and second, and their numbers. The second is what counts: it is
 * relative to the second largest output at the centre, so that it keeps its digits however far the winner is ahead.
 */
function twoLargest(name: string, of: (k: string) => string, at: string): Pass {
  const [first, second, i, j] = [`first${at}`, `second${at}`, `best${at}`, `next${at}`];
  return {
    before: [
      `var ${first} = ${LOWEST}; var ${second} = ${LOWEST}; var ${i} = vec4u(0u); var ${j} = vec4u(0u);`,
    ],
    define: (k) => [`let ${name}${k} = ${of(k)};`],
    gather: (k, index) => [
      `let leads${at}${k} = ${name}${k} > ${first}; let follows${at}${k} = !leads${at}${k} & (${name}${k} > ${second});`,
      `${second} = select(select(${second}, ${name}${k}, follows${at}${k}), ${first}, leads${at}${k});`,
      `${j} = select(select(${j}, vec4u(${index}), follows${at}${k}), ${i}, leads${at}${k});`,
      `${first} = select(${first}, ${name}${k}, leads${at}${k}); ${i} = select(${i}, vec4u(${index}), leads${at}${k});`,
    ],
  };
}

/** Of outputs that are no numbers, since they are too large for float32, none leads: then infinity says so. */
function finite(value: string): string {
  return `select(${value}, -2.0 * top, top <= ${LOWEST})`;
}

const ofWinner = (k: string, index: string) => [`let share${k} = vec4f(m == vec4u(${index}));`];

export const WINNER_READOUTS: { readonly [K in WinnerReadoutKind]: ReadoutLines } = {
  max: {
    hasCommonPart: true,
    base: [LEAD],
    value: [{ after: [`let value = ${finite('commonPart + top')};`] }],
    shares: [{ define: ofWinner }],
    difference: [{ ...leadAhead, after: ['let difference = commonStep + aheadTop;'] }],
  },
  argmax: {
    hasCommonPart: false,
    base: [LEAD],
    value: [shownWins('value', 'm', '')],
    shares: null,
    difference: [
      winnerAhead,
      shownWins('valueAhead', 'mAhead', 'Ahead'),
      shownWins('valueHere', 'm', 'Here'),
      { after: ['let difference = valueAhead - valueHere;'] },
    ],
  },
  class: {
    hasCommonPart: false,
    base: [LEAD],
    value: [{ after: ['let value = vec4f(m);'] }],
    shares: null,
    difference: [{ ...winnerAhead, after: ['let difference = vec4f(mAhead) - vec4f(m);'] }],
  },
  margin: {
    hasCommonPart: false,
    base: [LEAD, twoLargest('r', (k) => `behind${k} + h${k}`, '')],
    value: [{ after: [`let value = ${finite('top - second')};`] }],
    shares: [
      {
        define: (k, index) => [
          `let share${k} = vec4f(best == vec4u(${index})) - vec4f(next == vec4u(${index}));`,
        ],
      },
    ],
    shareChanges: [{ define: (k) => [`let change${k} = share${k} - pick${k};`] }],
    difference: [
      leadAhead,
      {
        ...twoLargest('rAhead', (k) => `(r${k} - second) + step${k}`, 'Ahead'),
        after: ['let difference = aheadTop - secondAhead;'],
      },
    ],
  },
};

/** Whether the shown output wins, 1 or 0. */
function shownWins(name: string, winner: string, at: string): Pass {
  return {
    before: [`var ${name} = vec4f(0.0);`],
    gather: (k, index) => [
      `let wins${at}${k} = vec4f(${winner} == vec4u(${index})); ${name} += pick${k} * wins${at}${k};`,
    ],
  };
}

/** The numbers of each output that these readouts read, in the order of the parameters. */
export const WINNER_PARAMETERS: { readonly [K in WinnerReadoutKind]: readonly string[] } = {
  max: ['p'],
  argmax: ['p', 'pick'],
  class: ['p'],
  margin: ['p', 'behind'],
};

/** Where the winner changes: defines `name`, in the form of Pieces.hinge. Reads sX{k}, sY{k} and `pen`. */
export function boundaryPasses(name: string, layer: number): readonly Pass[] {
  return [
    LEAD,
    {
      before: ['var mX = vec4f(0.0); var mY = vec4f(0.0);'],
      gather: (k, index) => [
        `mX = select(mX, vec4f(sX${k}), m == vec4u(${index})); mY = select(mY, vec4f(sY${k}), m == vec4u(${index}));`,
      ],
    },
    {
      before: ['var most = vec4u(0u);'],
      define: (k) => [
        `let aheadX${k} = apart(mX, vec4f(sX${k})); let aheadY${k} = apart(mY, vec4f(sY${k}));`,
        `let cover${k} = hingeCoverage(top - q${k}, aheadX${k}, aheadY${k}, pen);`,
      ],
      gather: (k) => [`most = max(most, cover${k});`],
      after: [`let ${name} = most + ${layer}u;`],
    },
  ];
}
