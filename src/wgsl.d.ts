/** A WGSL file imported as text by the bundler. */
declare module '*.wgsl?raw' {
  const source: string;
  export default source;
}
