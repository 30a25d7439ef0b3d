import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { inlineScriptHashes } from '../../../server/http/content-security-policy.ts';
import { createTestServer, inlineScript } from './test-http.ts';

test('the site is served in both languages and asked for anew each time', async () => {
  await using server = await createTestServer();
  const ko = await server.ask('/');
  expect(ko).toMatchObject({ status: 200 });
  expect(ko.text).toContain('안녕');
  expect(ko.headers['cache-control']).toBe('no-cache');
  expect((await server.ask('/en/')).text).toContain('hello');
  expect(await server.ask('/en')).toMatchObject({ status: 301, headers: { location: '/en/' } });
  const again = await server.ask('/', { headers: { 'if-none-match': String(ko.headers['etag']) } });
  expect(again.status).toBe(304);
});

test('files with a hash in their name are kept for a year, others are not', async () => {
  await using server = await createTestServer();
  expect((await server.ask('/_astro/a.abc.js')).headers['cache-control']).toContain('immutable');
  expect((await server.ask('/favicon.svg')).headers['cache-control']).toBe('no-cache');
});

test('a page that is not there gets the site’s own 404, the API gets a fault', async () => {
  await using server = await createTestServer();
  expect(await server.ask('/nowhere/')).toMatchObject({ status: 404, text: '<!doctype html>없는 쪽이에요' });
  const api = await server.ask('/api/nowhere');
  expect(api).toMatchObject({ status: 404, json: { code: 'not-found', retry: false } });
  for (const path of ['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '/../progress.db']) {
    expect((await server.ask(path)).status, path).toBeGreaterThanOrEqual(400);
  }
});

test('pages may run their own scripts and nothing else, and nobody may frame them', async () => {
  await using server = await createTestServer();
  const { headers } = await server.ask('/');
  const policy = String(headers['content-security-policy']);
  const hash = createHash('sha256').update(inlineScript).digest('base64');
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1];
  expect(scripts).toBe(`'self' 'wasm-unsafe-eval' 'sha256-${hash}'`);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).not.toContain('upgrade-insecure-requests');
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  expect(headers['strict-transport-security']).toBeUndefined();
});

test('hashes are taken of inline scripts that run, and of no others', () => {
  const html = `<script>a()</script><script src="x.js"></script><script type="module">b()</script>
    <script type="application/json">{}</script><script data-src="y">c()</script><script></script>`;
  const hash = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
  expect(inlineScriptHashes(html)).toEqual([hash('a()'), hash('b()'), hash('c()')]);
});
