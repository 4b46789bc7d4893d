import { create, globals } from 'webgpu';
import { withWorstBuiltins } from './builtins.ts';
import { readConfiguration } from './configuration.ts';

declare global {
  var dawn: GPU | undefined;
}

// This is run before each file, and all files share a device: it stops answering once the garbage collector takes
// what it came from.
if (!globalThis.dawn) {
  globalThis.dawn = create([]);
  // What a window has: constants such as GPUBufferUsage, and navigator.gpu.
  Object.assign(globalThis, globals);
  const navigator = { gpu: globalThis.dawn };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  if (readConfiguration(process.env).worstBuiltins) spoilBuiltins();
}

/** Every shader from now on has builtins that are as far off as WGSL lets them. */
function spoilBuiltins(): void {
  const { createShaderModule } = GPUDevice.prototype;
  GPUDevice.prototype.createShaderModule = function (descriptor) {
    const code = withWorstBuiltins(descriptor.code);
    return createShaderModule.call(this, { ...descriptor, code });
  };
}
