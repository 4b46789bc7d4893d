import { InvalidInputError } from '../input/invalidInput.ts';
import { readBoolean, readNumber, readObject, rejectUnknownKeys } from '../input/plainJson.ts';
import { formatNumber } from '../scales/format.ts';
import type { Figure, FigureControl, FigureSettings, FigureSlider } from './figure.ts';

const SETTING_DIGITS = 4;

/** The initial value of every control. */
export function initialSettings({ controls }: Figure): FigureSettings {
  return Object.fromEntries(controls.map(({ name, initial }) => [name, initial]));
}

/**
 * Turns unchecked JSON into the figure's settings; missing ones get their initial value.
 *
 * @throws InvalidInputError that names the setting, what was received and what is expected.
 */
export function readSettings(figure: Figure, input: unknown): FigureSettings {
  const given = readObject(input, 'settings');
  const names = figure.controls.map(({ name }) => name);
  if (names.length > 0 || Object.keys(given).length > 0) {
    rejectUnknownKeys(given, names, 'settings', `the figure ${figure.id}`);
  }
  const merged = { ...initialSettings(figure), ...given };
  return Object.fromEntries(
    figure.controls.map((control) => [control.name, readSetting(control, merged[control.name])]),
  );
}

function readSetting(control: FigureControl, input: unknown): number | boolean {
  const path = `settings.${control.name}`;
  if (control.kind === 'switch') return readBoolean(input, path);
  const value = readNumber(input, path, control.min, control.max);
  if (control.step === 1 && !Number.isInteger(value)) {
    throw new InvalidInputError(path, input, 'a whole number');
  }
  return value;
}

/** The settings in words, for an exported figure: 'seed = 3, deep network'; '' for none. */
export function describeSettings({ controls }: Figure, settings: FigureSettings): string {
  const parts = controls.flatMap((control) => {
    const value = settings[control.name]!;
    if (control.kind === 'switch') return value === true ? [control.whenOn] : [];
    return [`${control.label} = ${formatNumber(Number(value), SETTING_DIGITS)}`];
  });
  return parts.join(', ');
}

/** The control of the seed from which a figure draws its panels; null if it has none. */
export function seedControl({ controls }: Figure): FigureSlider | null {
  const control = controls.find(({ name }) => name === 'seed');
  return control?.kind === 'slider' ? control : null;
}

/** The seed as the control can show it: after the last one comes the first. */
export function wrapSeed({ min, max }: FigureSlider, seed: number): number {
  const count = max - min + 1;
  return min + ((((seed - min) % count) + count) % count);
}

/** The value of a slider. */
export function numberOf(settings: FigureSettings, name: string): number {
  return Number(settings[name]);
}

/** Whether a switch is on. */
export function isOn(settings: FigureSettings, name: string): boolean {
  return settings[name] === true;
}
