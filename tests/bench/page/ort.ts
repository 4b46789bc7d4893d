import type { RowBlock } from '../blocks.ts';
import type { Candidate } from '../candidate.ts';
import { onnxModel } from '../peers/onnx.ts';
import type { Model, Work } from '../work.ts';
import { ChunkedRun, type ChunkResult } from './chunked.ts';

/** The little of onnxruntime-web that is used. */
interface OrtTensor {
  readonly data: Float32Array;
  dispose?(): void;
}
interface Session {
  run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>;
  release(): Promise<void>;
}
interface Ort {
  env: { wasm: { numThreads: number; wasmPaths: string }; logLevel: string };
  Tensor: new (type: 'float32', data: Float32Array, dims: number[]) => OrtTensor;
  InferenceSession: {
    create(model: Uint8Array, options: Record<string, unknown>): Promise<Session>;
  };
}

const MODULES = { wasm: 'ort.wasm.bundle.min.mjs', webgpu: 'ort.webgpu.bundle.min.mjs' };

/** onnxruntime-web on one of its execution providers. */
export class OrtPeer implements Candidate {
  private ort: Ort | null = null;
  private session: Session | null = null;
  private chunks: ChunkedRun | null = null;

  constructor(private readonly provider: 'wasm' | 'webgpu') {}

  async load(work: Work, model: Model): Promise<void> {
    await this.unload();
    const folder = new URL('/peers/onnxruntime-web/dist/', location.href).href;
    this.ort ??= (await import(/* @vite-ignore */ folder + MODULES[this.provider])) as Ort;
    this.ort.env.wasm.numThreads = 2;
    this.ort.env.wasm.wasmPaths = folder;
    this.ort.env.logLevel = 'error';
    this.session = await this.ort.InferenceSession.create(onnxModel(model, work.gradient), {
      executionProviders: [this.provider],
    });
    this.chunks = new ChunkedRun(work, (points) => this.evaluate(points));
  }

  private async evaluate(points: Float32Array<ArrayBuffer>): Promise<ChunkResult> {
    const tensor = new this.ort!.Tensor('float32', points, [points.length / 2, 2]);
    const start = performance.now();
    const { value, gradient } = await this.session!.run({ points: tensor });
    const milliseconds = performance.now() - start;
    return { milliseconds, value: value.data, gradient: gradient?.data ?? null };
  }

  run(blocks: readonly RowBlock[]): Promise<number> {
    return this.chunks!.run(blocks);
  }

  async probe(): Promise<(number | null)[]> {
    return this.chunks!.probe();
  }

  async unload(): Promise<void> {
    await this.session?.release();
    this.session = null;
    this.chunks = null;
  }
}
