import { indent } from './pythonLiterals.ts';

/**
 * A field as PyTorch code: `f` maps points [..., 2] to values [...] in float64, differentiably, and
 * `preactivations` yields, layer by layer, what is 0 on a hinge. Everything is on the CPU, with explicit
 * types, so a session's defaults have no effect.
 */
export interface PytorchField {
  /** Builds the parameters. */
  readonly parameters: string;
  /** Defines `f`. */
  readonly definition: string;
  /** Defines `preactivations`; only hinges and `region` need it. */
  readonly preactivations: string;
  /** The body of a function that maps points [n, 2] to bytes [n] or [n, …], constant on a region. */
  readonly region: string;
}

/** Options for new tensors. */
export const FLOAT64 = 'dtype=torch.float64, device="cpu"';
/** PyTorch's default for drawn parameters. */
export const FLOAT32 = 'dtype=torch.float32, device="cpu"';

export function centerLayer(layer: string): string {
  return `${layer}.bias.data = at_center(${layer}.weight, ${layer}.bias)`;
}

export const ABS_MODULE = `class Abs(nn.Module):
    def forward(self, z):
        return z.abs()

`;

export const SIGNS = `signs = torch.cat([z > 0 for z in preactivations(points)], dim=-1)
return np.packbits(signs.numpy(), axis=-1)`;

/** The lead of each output over the largest other one: the body of `preactivations`. */
export function leadCode(outputs: string): string {
  return [
    `z = ${outputs}`,
    'first, second = z.topk(2, dim=-1).values.unbind(-1)',
    'wins = torch.nn.functional.one_hot(z.argmax(dim=-1), z.shape[-1]).bool()',
    'yield z - torch.where(wins, second[..., None], first[..., None])',
  ].join('\n');
}

export const NO_PREACTIVATIONS = 'return iter(())  # there are no hinges';

export function define(signature: string, body: string): string {
  return `def ${signature}:\n${indent(body)}`;
}
