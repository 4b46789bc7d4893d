import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SiteServer, serveSite } from '../../../src/cli/siteServer.ts';

let directory: string;
let server: SiteServer;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'reluscope-'));
  mkdirSync(join(directory, 'site/assets'), { recursive: true });
  writeFileSync(join(directory, 'site/index.html'), '<p>page</p>');
  writeFileSync(join(directory, 'site/assets/a b.js'), 'export {}');
  writeFileSync(join(directory, 'secret.txt'), 'secret');
  server = await serveSite(join(directory, 'site'));
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

/** Asks for a path as it stands: fetch would tidy it up. */
function get(path: string): Promise<{ status: number; type: string; body: string }> {
  return new Promise((done, fail) => {
    const asked = request(new URL(server.url), { path }, (response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () =>
        done({ status: response.statusCode!, type: response.headers['content-type']!, body }),
      );
    });
    asked.on('error', fail).end();
  });
}

it('serves the page and its files with their types', async () => {
  expect(await get('/')).toEqual({
    status: 200,
    type: 'text/html; charset=utf-8',
    body: '<p>page</p>',
  });
  const script = { status: 200, type: 'text/javascript; charset=utf-8', body: 'export {}' };
  expect(await get('/assets/a%20b.js?v=1')).toEqual(script);
});

it.each([
  '/missing.js',
  '/assets',
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/%00',
  '/%',
])('has nothing at %s', async (path) => {
  const { status, body } = await get(path);
  expect([status, body]).toEqual([404, 'Not found\n']);
});

it('is reached from this machine alone', () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
});
