import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve, sep } from 'node:path';

export interface SiteServer {
  /** With a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Serves a directory on a free port, to this machine only: WebGPU requires http from localhost, or https. */
export async function serveSite(directory: string): Promise<SiteServer> {
  const root = resolve(directory);
  const server = createServer(async (request, response) => {
    const path = filePath(root, request.url ?? '/');
    try {
      if (path === null) throw new Error('outside of the site');
      const body = await readFile(path);
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type }).end(body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
    }
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** The requested file; null if the path leads out of the site or is malformed. */
function filePath(root: string, url: string): string | null {
  try {
    const { pathname } = new URL(url, 'http://localhost');
    const path = resolve(root, `.${decodeURIComponent(pathname)}`);
    if (path === root) return resolve(root, 'index.html');
    return path.startsWith(root + sep) ? path : null;
  } catch {
    return null;
  }
}
