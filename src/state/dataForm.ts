import type { DataSpec, Split } from '../data/dataSpec.ts';
import { type SourceKind, traitsOf } from '../data/kinds.ts';
import { DATA_KIND_NAMES } from '../data/readDataSpec.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { listForm, numberForm, type UrlForm } from './urlValues.ts';

const listOfNumbers = listForm(',');

/** ROW;ROW;…, each a list of numbers. */
const rowsForm: UrlForm = {
  write: (value) => (value as readonly unknown[]).map((row) => listOfNumbers.write(row)).join(';'),
  read: (text, key) => text.split(';').map((row) => listOfNumbers.read(row, key)),
};

/** Labels, or rows of targets with ';' before them. */
const answersForm: UrlForm = {
  write: (value) => {
    const isLabels = typeof (value as readonly unknown[])[0] === 'number';
    return isLabels ? listOfNumbers.write(value) : `;${rowsForm.write(value)}`;
  },
  read: (text, key) =>
    text.startsWith(';') ? rowsForm.read(text.slice(1), key) : listOfNumbers.read(text, key),
};

/** Each sign between '_' as its code in hexadecimal digits, e.g. x1_5e_2 for x1^2. */
const formulaForm: UrlForm = {
  write: (value) => String(value).replace(/[^a-z0-9.,]/gi, (sign) => `_${codeOf(sign)}_`),
  read: (text) =>
    text.replace(/_([0-9a-f]{1,4})_/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    ),
};

const codeOf = (sign: string) => sign.charCodeAt(0).toString(16);

const splitForm: UrlForm = {
  write: (value) => {
    const { testSize, seed } = value as Split;
    return listOfNumbers.write([testSize, seed]);
  },
  read: (text, key) => {
    const [testSize, seed] = listOfNumbers.read(text, key) as number[];
    return { testSize, ...(seed === undefined ? {} : { seed }) };
  },
};

/** How members are spelled that are not numbers. */
const FORMS: Readonly<Record<string, UrlForm>> = {
  x: rowsForm,
  y: answersForm,
  formula: formulaForm,
  split: splitForm,
};

/** KIND~MEMBER:VALUE~…, without members that have their defaults, e.g. moons~noise:0.2~split:0.25,1. */
export const dataForm: UrlForm = {
  write: (value) => {
    const { kind, ...members } = value as DataSpec;
    const defaults = { ...initialOf(kind), split: null };
    const parts = Object.entries<unknown>(members).filter(
      ([name, member]) => member !== defaults[name as keyof typeof defaults],
    );
    return [kind, ...parts.map(([name, member]) => `${name}:${formOf(name).write(member)}`)].join(
      '~',
    );
  },
  read: (text, key) => {
    const [kind, ...parts] = text.split('~');
    if (!DATA_KIND_NAMES.some((name) => name === kind)) {
      throw new InvalidInputError(key, kind, `one of none, ${DATA_KIND_NAMES.join(', ')}`);
    }
    const members = parts.map((part) => {
      const colon = part.indexOf(':');
      if (colon < 0) throw new InvalidInputError(key, part, 'MEMBER:VALUE');
      const name = part.slice(0, colon);
      return [name, formOf(name).read(part.slice(colon + 1), key)] as const;
    });
    return { kind, ...Object.fromEntries(members) };
  },
};

function formOf(member: string): UrlForm {
  return Object.hasOwn(FORMS, member) ? FORMS[member]! : numberForm;
}

/** What the members of a kind are if they are left out. */
function initialOf(kind: SourceKind): Readonly<Record<string, unknown>> {
  const members = Object.entries<{ readonly initial?: unknown }>(traitsOf(kind).members);
  return Object.fromEntries(members.map(([name, { initial }]) => [name, initial]));
}
