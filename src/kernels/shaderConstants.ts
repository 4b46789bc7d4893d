/** Invocations in a workgroup, and in the dispatch that they make. */
export const WORKGROUP_SIZE = 64;
/** Rows of its four columns that a thread of straight-line code evaluates together: its tile. */
export const STRAIGHT_TILE_ROWS = 16;
/** The number of the boundary between classes among hinges, whose layers count from 1: no network has that many. */
export const BOUNDARY_LAYER = 255;
/** Represents the direction of a zero gradient: no angle is that large. */
export const NO_DIRECTION = 16;

/**
 * Lines of WGSL for numbers that TypeScript and shaders share, so that each is written once. They are
 * `const` and not `override`: some browsers (Chrome until 133, Safari 26) reject a value for an override that an
 * entry point does not use, and naga, Firefox's compiler, rejects some modules that have one.
 *
 * @param constants whole numbers become u32, others are WGSL already
 */
export function constantLines(constants: Readonly<Record<string, number | string>>): string {
  return Object.entries(constants)
    .map(([name, value]) => `const ${name} = ${typeof value === 'number' ? `${value}u` : value};`)
    .join('\n');
}

/** A shader with the constants that it uses. */
export function withConstants(
  constants: Readonly<Record<string, number | string>>,
  source: string,
): string {
  return `${constantLines(constants)}\n${source}`;
}

/** Replaces each `//#name` of a shader by the lines of that name. @throws Error if there are none */
export function fillIn(
  source: string,
  lines: Readonly<Record<string, string | readonly string[]>>,
): string {
  return source.replace(/\/\/#(\w+)/g, (_, name: string) => {
    const own = lines[name];
    if (own === undefined) throw new Error(`fillIn: there are no lines for '${name}'`);
    return typeof own === 'string' ? own : own.join('\n');
  });
}
