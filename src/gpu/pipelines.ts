import { messageOf } from '../input/messageOf.ts';
import { WORKGROUP_SIZE } from '../kernels/shaderConstants.ts';
import { createPipelineLayout } from './bindings.ts';
import { GpuError } from './errors.ts';

export function workgroups(invocations: number): number {
  return Math.ceil(invocations / WORKGROUP_SIZE);
}

/** Pipelines by key, each compiled once, asynchronously. */
export class PipelineCache {
  /** The number of compiled compute pipelines; a reseed must not increase it. */
  compiled = 0;
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();
  private readonly renderPipelines = new Map<string, Promise<GPURenderPipeline>>();

  constructor(private readonly device: GPUDevice) {}

  /**
   * @param source called only if the pipeline does not exist yet
   * @throws GpuError of kind 'shader' with the compiler's words
   */
  compute(
    key: string,
    layout: GPUPipelineLayout,
    entryPoint: string,
    source: () => string,
  ): Promise<GPUComputePipeline> {
    let pipeline = this.pipelines.get(key);
    if (!pipeline) {
      this.compiled += 1;
      pipeline = this.compile(key, layout, entryPoint, source());
      this.pipelines.set(key, pipeline);
      // Asked for again, it is tried again.
      pipeline.catch(() => this.pipelines.delete(key));
    }
    return pipeline;
  }

  /**
   * The same pipelines for work that nobody waits for: one is compiled after another, so that it leaves cores to pictures.
   * @param isWanted called before each; false ends the work with an error
   */
  inBackground(isWanted: () => boolean): PipelineCache {
    let last: Promise<unknown> = Promise.resolve();
    const compute: PipelineCache['compute'] = (...pipeline) => {
      const next = last.then(() => {
        if (!isWanted()) throw new Error('nobody wants the pipeline any more');
        return this.compute(...pipeline);
      });
      last = next.catch(() => undefined);
      return next;
    };
    return Object.assign(Object.create(this) as PipelineCache, { compute });
  }

  /**
   * @param key of the shader, its layout and its constants, for the one format of the device's canvases
   * @throws GpuError of kind 'shader' with the compiler's words
   */
  render(key: string, shader: RenderShader): Promise<GPURenderPipeline> {
    let pipeline = this.renderPipelines.get(key);
    if (!pipeline) {
      pipeline = compileRender(this.device, shader);
      this.renderPipelines.set(key, pipeline);
      // Asked for again, it is tried again.
      pipeline.catch(() => this.renderPipelines.delete(key));
    }
    return pipeline;
  }

  private async compile(
    label: string,
    layout: GPUPipelineLayout,
    entryPoint: string,
    code: string,
  ): Promise<GPUComputePipeline> {
    const module = this.device.createShaderModule({ label, code });
    try {
      return await this.device.createComputePipelineAsync({
        label,
        layout,
        compute: { module, entryPoint },
      });
    } catch (cause) {
      throw await shaderError(label, module, cause);
    }
  }
}

/** The shader compiler's messages, for a bug report. */
async function shaderError(
  label: string,
  module: GPUShaderModule,
  cause: unknown,
): Promise<GpuError> {
  const { messages } = await module.getCompilationInfo();
  const lines = messages.map((m) => `line ${m.lineNum}: ${m.message}`);
  const detail = lines.length > 0 ? lines.slice(0, 5).join('; ') : messageOf(cause);
  return new GpuError(
    'shader',
    `The shader '${label}' did not compile: ${detail}. Update the browser and the graphics driver; if that ` +
      'does not help, please report it with this message.',
  );
}

export interface RenderShader {
  readonly label: string;
  readonly source: string;
  readonly layout: GPUBindGroupLayout;
  /** Names of the two entry points. */
  readonly vertex: string;
  readonly fragment: string;
  readonly format: GPUTextureFormat;
  /** Of the fragment stage. */
  readonly constants?: Record<string, number>;
}

async function compileRender(device: GPUDevice, shader: RenderShader): Promise<GPURenderPipeline> {
  const { label } = shader;
  const module = device.createShaderModule({ label, code: shader.source });
  try {
    return await device.createRenderPipelineAsync({
      label,
      layout: createPipelineLayout(device, label, shader.layout),
      vertex: { module, entryPoint: shader.vertex },
      fragment: {
        module,
        entryPoint: shader.fragment,
        constants: shader.constants ?? {},
        targets: [{ format: shader.format }],
      },
    });
  } catch (cause) {
    throw await shaderError(label, module, cause);
  }
}
