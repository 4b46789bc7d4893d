/** Why there is no picture, with what a person can do about it in the message. */
export type GpuProblemKind = 'no-webgpu' | 'no-adapter' | 'no-device' | 'shader' | 'lost' | 'gpu';

/** There is no picture: the message says why, and what a person can do. */
export class GpuError extends Error {
  override readonly name = 'GpuError';
  readonly kind: GpuProblemKind;

  constructor(kind: GpuProblemKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Numbers of a picture overflow float32, so that nothing is known of them. */
export function tooLarge(): GpuError {
  return new GpuError('gpu', 'Values in this view are too large to be drawn. Zoom in.');
}
