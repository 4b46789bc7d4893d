import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'src/passes/README.md',
  'python/README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Links of a document to files of the project. */
function linksOf(text: string): { words: string; target: string; anchor: string }[] {
  const found = text.matchAll(/\[([^\]]*)\]\(([^)#\s]*)(?:#([^)\s]*))?\)/g);
  return [...found]
    .map(([, words = '', target = '', anchor = '']) => ({ words, target, anchor }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
}

/** What a heading is called in a link, as GitHub has it. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Whether a file declares a function, method, class, type or constant of this name. */
function declares(text: string, name: string): boolean {
  const keyword = '(?:function\\*?|class|interface|type|const|fn|struct)';
  const method = '(?:(?:private|protected|static|async|get|abstract) )*#?';
  return (
    new RegExp(`\\b${keyword} ${name}\\b`).test(text) ||
    new RegExp(`^ {2}${method}${name}(?:<[^>]*>)?\\(`, 'm').test(text)
  );
}

for (const document of DOCUMENTS) {
  test(`links of ${document} lead to files, headings and names that are there`, () => {
    const path = join(ROOT, document);
    const broken = linksOf(readFileSync(path, 'utf8')).flatMap(({ words, target, anchor }) => {
      const file = target === '' ? path : resolve(dirname(path), target);
      if (!existsSync(file)) return [`${target}: no such file`];
      if (anchor && !anchorsOf(readFileSync(file, 'utf8')).includes(anchor)) {
        return [`${target}#${anchor}: no such heading`];
      }
      const name = /^`([A-Za-z]\w*)`$/.exec(words)?.[1];
      if (!name || !/\.(ts|wgsl)$/.test(file)) return [];
      return declares(readFileSync(file, 'utf8'), name) ? [] : [`${target}: no ${name}`];
    });
    expect(broken).toEqual([]);
  });
}

test('the map of CONTRIBUTING.md has every room of src', () => {
  const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(rooms).toContain('kernels');
  const missing = rooms.filter((room) => !new RegExp(`^\\| src/${room}\\b`, 'm').test(text));
  expect(missing).toEqual([]);
});

test('the frame is followed by functions that are there, and the check would notice others', () => {
  const text = readFileSync(join(ROOT, 'docs/life-of-a-frame.md'), 'utf8');
  const functions = linksOf(text).filter(({ words }) => words.startsWith('`'));
  expect(functions.length).toBeGreaterThan(25);
  const pace = readFileSync(join(ROOT, 'src/gpu/pace.ts'), 'utf8');
  expect(declares(pace, 'samplesIn')).toBe(true);
  expect(declares(pace, 'samplesOut')).toBe(false);
});
