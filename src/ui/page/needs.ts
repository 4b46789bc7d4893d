/** What buttons and keys need, so that they never do nothing without a reason. */

/** What there is on the page to act on. */
export interface PageUse {
  /** Whether a panel shows a field; some figures have none. */
  readonly field: boolean;
  /** Whether there is a seed to change. */
  readonly seed: boolean;
  /** Whether the active panel's network has exact edges. */
  readonly edges: boolean;
}

type Need = keyof PageUse;

const NEEDS: readonly {
  readonly need: Need;
  /** The icons of buttons in the toolbar. */
  readonly tools: readonly string[];
  readonly keys: readonly string[];
}[] = [
  {
    need: 'field',
    tools: ['home', 'zoomIn', 'zoomOut', 'box', 'addPanel', 'duplicatePanel', 'controls'],
    keys: [...'+=-_−0hbndlsp', 'Delete'],
  },
  { need: 'seed', tools: ['reseed'], keys: ['r', 'R', 'a'] },
  { need: 'edges', tools: [], keys: ['e'] },
];

const REASONS: Readonly<Record<Need, string>> = {
  field: 'This figure has no field to act on.',
  seed: 'This field has no random seed.',
  edges: 'This field has no exact edges: its network is smooth.',
};

/** The buttons that need something. */
export const NEEDY_TOOLS: readonly string[] = NEEDS.flatMap(({ tools }) => tools);

/** Why a button has no effect; null if it has. */
export function reasonAgainstTool(icon: string, use: PageUse): string | null {
  const need = NEEDS.find(({ tools }) => tools.includes(icon))?.need;
  return reasonAgainst(need, use);
}

/** Why a key has no effect; null if it has, or if it has no meaning. */
export function reasonAgainstKey(key: string, use: PageUse): string | null {
  const need = NEEDS.find(({ keys }) => keys.includes(key))?.need;
  return reasonAgainst(need, use);
}

function reasonAgainst(need: Need | undefined, use: PageUse): string | null {
  if (need === undefined || use[need]) return null;
  return REASONS[use.field ? need : 'field'];
}
