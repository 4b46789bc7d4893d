import { create, globals } from 'webgpu';
import { withWorstBuiltins } from './builtins.ts';
import { readConfiguration } from './configuration.ts';

// What a window has: constants such as GPUBufferUsage, and navigator.gpu. Devices stop answering once the
// garbage collector takes what they came from, so it stays reachable here.
Object.assign(globalThis, globals);
Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });

if (readConfiguration(process.env).worstBuiltins) {
  const { createShaderModule } = GPUDevice.prototype;
  GPUDevice.prototype.createShaderModule = function (descriptor) {
    return createShaderModule.call(this, {
      ...descriptor,
      code: withWorstBuiltins(descriptor.code),
    });
  };
}
