import type { Reluscope } from './reluscope.ts';
import { createReluscope } from './reluscope.ts';
import { FIRST_STATE } from './state/defaults.ts';

declare global {
  interface Window {
    /** The page's Reluscope, for scripts and the console. */
    reluscope: Reluscope;
  }
}

const element = document.getElementById('reluscope');
if (!element) throw new Error("The page has no element with the id 'reluscope'.");
window.reluscope = createReluscope(element, {
  state: FIRST_STATE,
  url: true,
  windowKeys: true,
  wheel: 'always',
});
