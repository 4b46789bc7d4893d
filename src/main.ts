import type { Reluscope } from './reluscope.ts';
import { createReluscope } from './reluscope.ts';
import { firstLease } from './start.ts';
import { FIRST_STATE } from './state/defaults.ts';
import { awaitedModels } from './state/linkedModels.ts';
import { mendLink } from './state/mendedLink.ts';
import { restoreModels } from './ui/models/modelStore.ts';

declare global {
  interface Window {
    /** The page's Reluscope, for scripts and the console. */
    reluscope: Reluscope;
  }
}

const element = document.getElementById('reluscope');
if (!element) throw new Error("The page has no element with the id 'reluscope'.");
// A network that the link only names comes before the page that shows it. Without storage, the page asks for its file.
await restoreModels(
  awaitedModels(mendLink(window.location.hash.slice(1))).map(({ id }) => id),
).catch(() => undefined);
window.reluscope = createReluscope(element, {
  state: FIRST_STATE,
  url: true,
  windowKeys: true,
  wheel: 'always',
  keepModels: true,
});
firstLease.release();
