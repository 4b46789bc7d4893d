import type { Reluscope } from './reluscope.ts';
import { createReluscope } from './reluscope.ts';

declare global {
  interface Window {
    /** The page's Reluscope, for scripts and the console. */
    reluscope: Reluscope;
  }
}

const element = document.getElementById('reluscope');
if (!element) throw new Error("The page has no element with the id 'reluscope'.");
window.reluscope = createReluscope(element, { url: true, windowKeys: true });
