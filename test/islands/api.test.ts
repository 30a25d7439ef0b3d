/** What a page asks the server, and in which order. */
import { afterEach, expect, test, vi } from 'vitest';
import { ko } from '../../src/i18n/ko.ts';
import { createApi } from '../../src/islands/api.ts';

afterEach(() => vi.unstubAllGlobals());

/** Answers when it is told to; keeps what was asked. */
function createServer() {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return new Promise((resolve) => waiting.push(() => resolve(Response.json({}))));
  });
  return { asked, answer: () => waiting.shift()?.() };
}

test('on a first visit nothing is asked before the server has said who the reader is', async () => {
  const server = createServer();
  const api = createApi('ko', ko);
  const me = api.me();
  const started = api.changeLab('start', {});
  await Promise.resolve();
  expect(server.asked).toEqual(['/api/me']);
  server.answer();
  expect(await me).toMatchObject({ ok: true });
  await expect.poll(() => server.asked).toEqual(['/api/me', '/api/lab/start']);
  server.answer();
  expect(await started).toMatchObject({ ok: true });
});

test('whoever asks without saying who they are is not kept waiting, nor by a later question of who they are', async () => {
  const server = createServer();
  const api = createApi('ko', ko);
  void api.lab();
  await expect.poll(() => server.asked).toEqual(['/api/lab']);
  void api.me();
  server.answer();
  server.answer();
  await expect.poll(() => server.asked.length).toBe(2);
  void api.me();
  void api.lab();
  await expect.poll(() => server.asked).toEqual(['/api/lab', '/api/me', '/api/me', '/api/lab']);
});
