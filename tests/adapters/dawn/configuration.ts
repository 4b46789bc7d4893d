/** What the runner asked for, so that tests can hold the adapter to it. */
export interface Configuration {
  /** Which product of a·b + c·d is not rounded; null where every product is. */
  readonly contracted: 'left' | 'right' | null;
  /** Whether builtins are as far off as WGSL lets them. */
  readonly worstBuiltins: boolean;
}

/** @throws Error if the environment says something else */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const { RELUSCOPE_CONTRACT: contract = '', RELUSCOPE_BUILTINS: builtins = '' } = environment;
  if (contract !== '' && contract !== 'left' && contract !== 'right')
    throw new Error(`RELUSCOPE_CONTRACT: received '${contract}', expected 'left' or 'right'`);
  if (builtins !== '' && builtins !== 'worst')
    throw new Error(`RELUSCOPE_BUILTINS: received '${builtins}', expected 'worst'`);
  return { contracted: contract === '' ? null : contract, worstBuiltins: builtins === 'worst' };
}
