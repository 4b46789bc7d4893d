/** The widths of the networks of the exercise that started this project, by name. */
export const PRESETS = {
  shallow: [2, 20, 1],
  deep: [2, 5, 5, 5, 5, 1],
} as const satisfies Record<string, readonly number[]>;
