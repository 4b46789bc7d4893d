/** Invocations in a workgroup, and in the dispatch that they make. */
export const WORKGROUP_SIZE = 64;
/** Rows of its four columns that a thread of straight-line code looks at together: its tile. */
export const STRAIGHT_TILE_ROWS = 16;
/** What stands for the direction of a zero gradient: no angle is that large. */
export const NO_DIRECTION = 16;

/**
 * Lines of WGSL for numbers that TypeScript and shaders share, so that each is written once. They are
 * `const` and not `override`: browsers refuse a value for an override that an entry point does not use
 * (Chrome until 133, Safari 26), and naga, Firefox's compiler, some modules that have one.
 *
 * @param constants whole numbers become u32, others are WGSL already
 */
export function constantLines(constants: Readonly<Record<string, number | string>>): string {
  return Object.entries(constants)
    .map(([name, value]) => `const ${name} = ${typeof value === 'number' ? `${value}u` : value};`)
    .join('\n');
}

/** A shader with the constants that it names. */
export function withConstants(
  constants: Readonly<Record<string, number | string>>,
  source: string,
): string {
  return `${constantLines(constants)}\n${source}`;
}
