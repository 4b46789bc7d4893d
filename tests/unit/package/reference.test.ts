import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Letters and digits: what Markdown's escapes and line breaks leave alone. */
const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** What a comment says before its tags. */
function describe(comment: string): string {
  const text = comment.replace(/^\s*\*/gm, '').replace(/\{@link ([^}]*)\}/g, '$1');
  return lettersOf(text.split(/(?:^|\s)@\w/)[0]!);
}

/** The comments of an exported declaration and of its members. */
function commentsOf(name: string, source: string): string[] {
  const start = new RegExp(
    `^export (?:declare )?(?:interface|type|class|function) ${name}\\b`,
    'm',
  );
  const at = source.search(start);
  const before = /\/\*\*((?:(?!\*\/).)*)\*\/\s*$/s.exec(source.slice(0, at));
  const rest = source.slice(at);
  const body = /^export interface/.test(rest) ? rest.slice(0, rest.search(/^\}/m)) : '';
  const inside = [...body.matchAll(/\/\*\*(.*?)\*\//gs)];
  return [before, ...inside].flatMap((found) => (found ? [describe(found[1]!)] : []));
}

test('docs/reference says what the comments of all public types say: `npm run docs:api` writes it', () => {
  const page = lettersOf(read('docs/reference/reluscope.md'));
  const exported = ['src/publicTypes.ts', 'src/reluscope.ts'].flatMap((file) =>
    [...read(file).matchAll(/export (?:type )?\{([^}]*)\} from '(.*?)'/g)].flatMap(
      ([, names, path]) =>
        names!
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean)
          .map((name) => ({ name, file: join('src', path!) })),
    ),
  );
  const library = [...read('src/reluscope.ts').matchAll(/^export (?:interface|function) (\w+)/gm)];
  const all = [
    ...exported,
    ...library.map(([, name]) => ({ name: name!, file: 'src/reluscope.ts' })),
  ];
  expect(all.length).toBeGreaterThan(60);
  const missing = all.flatMap(({ name, file }) => {
    const isNamed = page.includes(lettersOf(name));
    const lost = commentsOf(name, read(file)).filter((text) => !page.includes(text));
    return [...(isNamed ? [] : [name]), ...lost.map((text) => `${name}: ${text.slice(0, 80)}`)];
  });
  expect(missing).toEqual([]);
});
