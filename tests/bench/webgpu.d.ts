/** Dawn for Node, as far as the benchmark uses it: `npm ci` of the project does not install it. */
declare module 'webgpu' {
  export function create(options: readonly string[]): GPU;
  /** What a page has by itself: GPUBufferUsage and its like. */
  export const globals: object;
}
