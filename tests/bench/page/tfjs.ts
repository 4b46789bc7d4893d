import type { RowBlock } from '../blocks.ts';
import type { Candidate } from '../candidate.ts';
import type { Model, Work } from '../work.ts';
import { ChunkedRun, type ChunkResult } from './chunked.ts';

/** The little of tfjs that is used; the scripts define a global `tf`. */
interface Tensor {
  dataSync(): Float32Array;
  data(): Promise<Float32Array>;
  dispose(): void;
}
interface Tf {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  backend(): {
    commandEncoder?: GPUCommandEncoder | null;
    submitQueue?(): void;
    endComputePassEncoder?(): void;
    device?: GPUDevice;
  };
  tensor(values: Float32Array | readonly number[], shape: number[]): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor | number): Tensor;
  relu(a: Tensor): Tensor;
  logSumExp(a: Tensor, axis: number): Tensor;
  argMax(a: Tensor, axis: number): Tensor;
  reshape(a: Tensor, shape: number[]): Tensor;
  ones(shape: number[]): Tensor;
  tidy<T>(run: () => T): T;
  valueAndGrad(
    f: (x: Tensor) => Tensor,
  ): (x: Tensor, dy: Tensor) => { value: Tensor; grad: Tensor };
  wasm: { setWasmPaths(path: string): void; setThreadsCount(count: number): void };
}
declare const tf: Tf;

const SCRIPTS = {
  wasm: '/peers/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js',
  webgpu: '/peers/@tensorflow/tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js',
};

let coreIsLoaded = false;

function loadScript(source: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = source;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`could not load ${source}`));
    document.head.append(script);
  });
}

async function useBackend(backend: 'wasm' | 'webgpu'): Promise<void> {
  if (!coreIsLoaded) {
    // tfjs halves what it finds here: 4 gives the two threads that are asked for.
    Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 4 });
    await loadScript('/peers/@tensorflow/tfjs/dist/tf.min.js');
    coreIsLoaded = true;
  }
  await loadScript(SCRIPTS[backend]);
  if (backend === 'wasm') {
    tf.wasm.setWasmPaths('/peers/@tensorflow/tfjs-backend-wasm/dist/');
    tf.wasm.setThreadsCount(2);
  }
  await tf.setBackend(backend);
  await tf.ready();
}

/** tfjs on one of its backends. */
export class TfjsPeer implements Candidate {
  private static loadedBackend = '';
  private tensors: Tensor[] = [];
  private chunks: ChunkedRun | null = null;

  constructor(private readonly backend: 'wasm' | 'webgpu') {}

  async load(work: Work, model: Model): Promise<void> {
    if (TfjsPeer.loadedBackend !== this.backend) await useBackend(this.backend);
    TfjsPeer.loadedBackend = this.backend;
    await this.unload();
    const field = this.build(model);
    this.chunks = new ChunkedRun(work, (points) => this.evaluate(field, points, work.gradient));
  }

  private keep(values: readonly number[], shape: number[]): Tensor {
    const tensor = tf.tensor(values, shape);
    this.tensors.push(tensor);
    return tensor;
  }

  private build(model: Model): (x: Tensor) => Tensor {
    if (model.kind === 'lse') {
      const { lambda, weight, bias } = model;
      const columns = [0, 1].flatMap((axis) => weight.map((a) => lambda * a[axis]));
      const a = this.keep(columns, [2, bias.length]);
      const b = this.keep(
        bias.map((value) => lambda * value),
        [bias.length],
      );
      return (x) => tf.mul(tf.logSumExp(tf.add(tf.matMul(x, a), b), 1), 1 / lambda);
    }
    const layers = model.layers.map(({ inputs, outputs, weight, bias }) => {
      // Stored [inputs, outputs]: its transposing product is slow and was once found wrong.
      const columns = Array.from({ length: inputs * outputs }, (_, at) => {
        const [j, i] = [Math.floor(at / outputs), at % outputs];
        return weight[i * inputs + j];
      });
      return { weight: this.keep(columns, [inputs, outputs]), bias: this.keep(bias, [outputs]) };
    });
    return (x) =>
      layers.reduce((h, layer, l) => {
        const z = tf.add(tf.matMul(h, layer.weight), layer.bias);
        if (l < layers.length - 1) return tf.relu(z);
        return model.isClass ? tf.argMax(z, 1) : tf.reshape(z, [-1]);
      }, x);
  }

  private async evaluate(
    field: (x: Tensor) => Tensor,
    points: Float32Array<ArrayBuffer>,
    gradient: boolean,
  ): Promise<ChunkResult> {
    const count = points.length / 2;
    const x = tf.tensor(points, [count, 2]);
    const dy = tf.ones([count]);
    await this.settle();
    const start = performance.now();
    const both = tf.tidy(() =>
      gradient ? tf.valueAndGrad(field)(x, dy) : { value: field(x), grad: null },
    );
    await this.settle();
    const milliseconds = performance.now() - start;
    const result = {
      milliseconds,
      value: Float32Array.from(await both.value.data()),
      gradient: both.grad ? await both.grad.data() : null,
    };
    for (const tensor of [x, dy, both.value, both.grad]) tensor?.dispose();
    return result;
  }

  /** Waits for the GPU; the WebAssembly backend is done when its calls return. */
  private async settle(): Promise<void> {
    if (this.backend !== 'webgpu') return;
    const backend = tf.backend();
    // There is an encoder only while something waits to be submitted.
    if (backend.commandEncoder) {
      backend.endComputePassEncoder?.();
      backend.submitQueue?.();
    }
    await backend.device?.queue.onSubmittedWorkDone();
  }

  run(blocks: readonly RowBlock[]): Promise<number> {
    return this.chunks!.run(blocks);
  }

  async probe(): Promise<(number | null)[]> {
    return this.chunks!.probe();
  }

  async unload(): Promise<void> {
    for (const tensor of this.tensors) tensor.dispose();
    this.tensors = [];
    this.chunks = null;
  }
}
