/** What buttons and keys need, so that they never do nothing without a reason. */

/** What there is on the page to act on. */
export interface PageUse {
  /** Whether a panel shows a field; some figures have none. */
  readonly field: boolean;
  /** Whether there is a seed to change. */
  readonly seed: boolean;
  /** Whether the active panel's network has exact regions: a smooth one has none. */
  readonly regions: boolean;
  /** Whether the active panel can show another output, or neuron. */
  readonly outputs: boolean;
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
    keys: [...'+=-_−0hbgyndlspc', 'Delete'],
  },
  { need: 'seed', tools: ['reseed'], keys: ['r', 'R', 'a'] },
  { need: 'regions', tools: [], keys: ['e'] },
  { need: 'outputs', tools: [], keys: ['o', 'O'] },
];

const REASONS: Readonly<Record<Need, string>> = {
  field: 'This figure has no field to act on.',
  seed: 'This field has no random seed.',
  regions: 'This field has no exact edges: its network is smooth.',
  outputs: 'This network has a single output.',
};

/** The buttons that need something. */
export const NEEDY_TOOLS: readonly string[] = NEEDS.flatMap(({ tools }) => tools);

/** Why a button has no effect; null if it has. */
export function reasonAgainstTool(icon: string, use: PageUse): string | null {
  return reasonAgainst(
    NEEDS.filter(({ tools }) => tools.includes(icon)),
    use,
  );
}

/** Why a key has no effect; null if it has, or if it has no meaning. */
export function reasonAgainstKey(key: string, use: PageUse): string | null {
  return reasonAgainst(
    NEEDS.filter(({ keys }) => keys.includes(key)),
    use,
  );
}

function reasonAgainst(needs: typeof NEEDS, use: PageUse): string | null {
  const missed = needs.find(({ need }) => !use[need]);
  if (missed === undefined) return null;
  return REASONS[use.field ? missed.need : 'field'];
}
