import { readBoolean, readObject, readOneOf, rejectUnknownKeys } from '../../input/plainJson.ts';
import type { StatePatch } from '../../state/patchTypes.ts';
import { WHEEL_POLICIES, type WheelPolicy } from '../panel/wheelPolicy.ts';

/** The options of `createReluscope`. */
export interface ReluscopeOptions {
  /** A part of a state, merged into the default one. */
  readonly state?: StatePatch;
  /** Keep the state in the address of the page, and read it from there; off by default. */
  readonly url?: boolean;
  /** Show title, buttons, controls and numbers around the picture; on by default. Keys and gestures act in any case. */
  readonly tools?: boolean;
  /** Listen to keys in the whole window, for a page that holds nothing else; off by default. */
  readonly windowKeys?: boolean;
  /**
   * When the wheel zooms a picture instead of scrolling the page around it: 'always'; with 'focus' (the default) once a person has
   * clicked into the Reluscope; with 'modifier' while Ctrl or the command key is held, which zooms in any case. Likewise
   * one finger pans 'always', or once the Reluscope has the focus; two fingers always do.
   */
  readonly wheel?: WheelPolicy;
  /** Keep networks from files in the browser's storage, and bring back those that are there; off by default. */
  readonly keepModels?: boolean;
}

const KEYS: readonly (keyof ReluscopeOptions)[] = [
  'state',
  'url',
  'tools',
  'windowKeys',
  'wheel',
  'keepModels',
];

/** @throws InvalidInputError that names an unknown or wrong option; `state` is read later. */
export function readWorkspaceOptions(input: unknown): Required<ReluscopeOptions> {
  const given = readObject(input, 'options');
  rejectUnknownKeys(given, KEYS, 'options', 'createReluscope');
  return {
    state: given.state ?? {},
    url: readFlag(given.url, 'options.url'),
    tools: readFlag(given.tools, 'options.tools', true),
    windowKeys: readFlag(given.windowKeys, 'options.windowKeys'),
    wheel: readOneOf(given.wheel ?? 'focus', 'options.wheel', WHEEL_POLICIES),
    keepModels: readFlag(given.keepModels, 'options.keepModels'),
  };
}

function readFlag(input: unknown, path: string, otherwise = false): boolean {
  return input === undefined ? otherwise : readBoolean(input, path);
}
