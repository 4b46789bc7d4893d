// What is bundled for Node to count regions as the page's worker does.

export { enumerateRegions } from '../../src/geometry/enumerateRegions.ts';
export { resolve } from '../../src/model/resolve.ts';
