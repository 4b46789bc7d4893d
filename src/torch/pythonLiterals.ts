/** Values of the state as Python source. */

/** A float64 as the shortest literal that Python reads back exactly; 4 becomes 4.0. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "float('nan')";
  if (!Number.isFinite(value)) return `float('${value < 0 ? '-' : ''}inf')`;
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A list of floats, or a list of such lists. */
export function pythonList(values: readonly (number | readonly number[])[]): string {
  const parts = values.map((value) =>
    typeof value === 'number' ? pythonFloat(value) : pythonList(value),
  );
  return `[${parts.join(', ')}]`;
}

/** A string literal: what JSON escapes, Python reads in the same way. */
export function pythonString(text: string): string {
  return JSON.stringify(text);
}

/** Lines one level further in; empty ones stay empty. */
export function indent(code: string): string {
  return code.replace(/^(?=.)/gm, '    ');
}
