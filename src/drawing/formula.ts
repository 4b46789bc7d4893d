/** Formulas as data, of which MathML (formulaMathml.ts) and SVG (formulaMarkup.ts) are made. */

/** A part of a formula, named as its element of presentation MathML. */
export type FormulaPart =
  | { readonly kind: 'mi' | 'mn' | 'mo' | 'mtext'; readonly text: string }
  /** `em` is its width, in units of the font size. */
  | { readonly kind: 'mspace'; readonly em: number }
  | {
      readonly kind: 'mrow' | 'mfrac' | 'msub' | 'msup' | 'munder';
      readonly parts: readonly FormulaPart[];
    };

/** One or several lines, each of pieces between which a narrow page may break it. */
export type Formula = readonly (readonly FormulaPart[])[];

/** Between a factor and the function beside it. */
const THIN: FormulaPart = { kind: 'mspace', em: 0.17 };
const COMMA = row(mo(','), { kind: 'mspace', em: 1 });
/** Lines break before these. */
const BREAKING = ['=', '≤', '≈', '→', '+', '−', '∘'];

/** A name: a single letter is set in italics, several are upright. */
export function mi(text: string): FormulaPart {
  return { kind: 'mi', text };
}

export function mn(number: number | string): FormulaPart {
  return { kind: 'mn', text: String(number) };
}

export function mo(text: string): FormulaPart {
  return { kind: 'mo', text };
}

/** Words between formulas; spaces at their ends are kept. */
export function mtext(text: string): FormulaPart {
  return { kind: 'mtext', text: text.replaceAll(' ', '\u00a0') };
}

/** Between two formulas on a line, which may break there. */
export function comma(): FormulaPart {
  return COMMA;
}

/** Factors, the last of which begins with the name of a function, e.g. 2 relu(x). */
export function times(factor: FormulaPart, by: FormulaPart): FormulaPart {
  return row(factor, THIN, by);
}

/** A function with its argument but without brackets, e.g. log 2. */
export function of(name: FormulaPart, argument: FormulaPart): FormulaPart {
  return row(name, THIN, argument);
}

export function row(...parts: readonly FormulaPart[]): FormulaPart {
  return { kind: 'mrow', parts };
}

export function frac(numerator: FormulaPart, denominator: FormulaPart): FormulaPart {
  return { kind: 'mfrac', parts: [numerator, denominator] };
}

export function sub(base: FormulaPart, index: FormulaPart): FormulaPart {
  return { kind: 'msub', parts: [base, index] };
}

export function sup(base: FormulaPart, exponent: FormulaPart): FormulaPart {
  return { kind: 'msup', parts: [base, exponent] };
}

/** A sum or maximum over what stands below it. */
export function under(base: FormulaPart, below: FormulaPart): FormulaPart {
  return { kind: 'munder', parts: [base, below] };
}

/** f(a, b, …). */
export function apply(name: FormulaPart, ...args: readonly FormulaPart[]): FormulaPart {
  const listed = args.flatMap((arg, i) => (i === 0 ? [arg] : [mo(','), arg]));
  return row(name, mo('\u2061'), mo('('), ...listed, mo(')'));
}

/** The parts of a line; it may break before relations, signs and words, and after commas. */
export function line(...parts: readonly FormulaPart[]): readonly FormulaPart[] {
  const pieces: FormulaPart[][] = [];
  parts.forEach((part, i) => {
    const isSign = part.kind === 'mo' && BREAKING.includes(part.text);
    if (i === 0 || isSign || part.kind === 'mtext' || parts[i - 1] === COMMA) pieces.push([]);
    pieces.at(-1)!.push(part);
  });
  return pieces.map((piece) => row(...piece));
}
