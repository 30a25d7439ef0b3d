import { release } from 'node:os';
import { expect, test } from 'vitest';
import { eventually } from '../app/test-app.ts';
import { type Answer, createTestServer, type TestServer } from './test-http.ts';

type Learner = Awaited<ReturnType<TestServer['enter']>>;
const steps = '/api/courses/tiny/lessons/files/steps';

async function startLab(learner: Learner): Promise<Answer> {
  expect((await learner.post('/api/lab/start')).status).toBe(200);
  let lab = await learner.get('/api/lab');
  await eventually(
    () => {
      void learner.get('/api/lab').then((answer) => {
        lab = answer;
      });
      return lab.json['state'] === 'ready' ? true : undefined;
    },
    () => lab.json,
  );
  return lab;
}

test('the server says that it is there without knowing who asks', async () => {
  await using server = await createTestServer();
  const answer = await server.ask('/api/health');
  expect(answer).toMatchObject({ status: 200, json: { ok: true } });
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test('the first visit makes a learner, and the cookie keeps it', async () => {
  await using server = await createTestServer();
  const first = await server.ask('/api/me');
  const cookie = String(first.headers['set-cookie']);
  expect(cookie).toMatch(/^tadak_learner=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
  const second = await server.ask('/api/me', { headers: { cookie: cookie.split(';')[0] ?? '' } });
  expect(second.json).toEqual(first.json);
  expect(first.headers['cache-control']).toBe('no-store');
  expect(first.text).not.toContain(/=([\w-]{43})/.exec(cookie)?.[1]);
});

test('a cookie that nobody handed out is nobody', async () => {
  await using server = await createTestServer();
  const headers = { cookie: 'tadak_learner=invented', 'content-type': 'application/json' };
  expect(await server.ask('/api/lab', { headers })).toMatchObject({ status: 401, json: { code: 'no-identity' } });
  const me = await server.ask('/api/me', { headers });
  expect(me.headers['set-cookie']).toBeDefined();
});

test('over https the cookie is for https only', async () => {
  await using server = await createTestServer({ allowOrigins: ['https://class.example'] });
  const answer = await server.ask('/api/me', { headers: { host: 'class.example' } });
  expect(String(answer.headers['set-cookie'])).toContain('; Secure');
});

test('a lesson is gone through over HTTP: lab, check, reset, solution, quiz, progress, place', async () => {
  await using server = await createTestServer();
  const learner = await server.enter();
  expect((await learner.get('/api/lab')).json).toEqual({ state: 'none', kind: 'local', capabilities: [] });
  expect(await learner.post(`${steps}/make-file/check`)).toMatchObject({ status: 409, json: { code: 'lab-none' } });
  const lab = await startLab(learner);
  expect(lab.json).toMatchObject({ state: 'ready', kind: 'local' });
  const check = await learner.post(`${steps}/make-file/check`);
  expect(check).toMatchObject({
    status: 200,
    json: { step: 'make-file', result: { status: 'fail', hint: 'no-file' } },
  });
  expect((await learner.post(`${steps}/make-file/reset`)).json).toMatchObject({ trigger: 'button' });
  expect((await learner.post(`${steps}/make-file/solution`)).json).toMatchObject({
    script: expect.stringContaining('printf'),
  });
  const quiz = await learner.post('/api/courses/tiny/lessons/files/quiz/redirect', { answer: 'to-file' });
  expect(quiz.json).toMatchObject({ outcome: 'correct', attempts: 1, firstCorrect: true });
  expect((await learner.post('/api/courses/tiny/place', { lesson: 'files', step: 'make-file' })).status).toBe(204);
  const progress = await learner.get('/api/courses/tiny/progress');
  expect(progress.json).toMatchObject({
    place: { lesson: 'files', step: 'make-file' },
    lessons: { files: { steps: { 'make-file': { attempts: 1 } }, questions: { redirect: { correct: true } } } },
  });
  expect((await learner.post('/api/lab/restart')).json).toMatchObject({ state: 'starting' });
  expect((await learner.post('/api/lab/end')).json).toMatchObject({ state: 'ended' });
  const forget = await learner.post('/api/lab/forget-host-key');
  expect(forget).toMatchObject({ status: 400, json: { code: 'lab-kind-refused' } });
});

test('learners do not see each other', async () => {
  await using server = await createTestServer();
  const [a, b] = [await server.enter(), await server.enter()];
  await a.post('/api/courses/tiny/place', { lesson: 'files' });
  expect((await b.get('/api/courses/tiny/progress')).json).toEqual({ lessons: {} });
});

test('what is not in the course is not found', async () => {
  await using server = await createTestServer();
  const learner = await server.enter();
  for (const path of ['/api/courses/other/progress', `/api/courses/${'x'.repeat(90)}/progress`]) {
    expect(await learner.get(path)).toMatchObject({ status: 404, json: { code: 'not-found' } });
  }
  expect(await learner.post(`${steps}/nothing/solution`)).toMatchObject({ status: 404 });
  expect(await learner.post('/api/courses/tiny/place', { lesson: 'nothing' })).toMatchObject({ status: 404 });
});

test('a body that does not fit is refused with the place that is wrong, in both languages', async () => {
  await using server = await createTestServer();
  const learner = await server.enter();
  const answer = await learner.post('/api/courses/tiny/place', { lesson: 7 });
  expect(answer).toMatchObject({ status: 400, json: { code: 'bad-message' } });
  expect(answer.json['message']).toEqual({
    ko: expect.stringContaining('lesson'),
    en: expect.stringContaining('lesson'),
  });
  expect((await learner.post('/api/courses/tiny/place', { lesson: 'files', more: 1 })).status).toBe(400);
  expect((await learner.post(`${steps}/make-file/check`, { answers: { a: 'x'.repeat(501) } })).status).toBe(400);
});

test('bodies are JSON, small, or absent', async () => {
  await using server = await createTestServer();
  const { learner } = await server.enter();
  expect(learner).toBeTruthy();
  const post = (headers: Record<string, string>, body?: string) =>
    server.ask('/api/lab/start', { method: 'POST', headers, ...(body !== undefined && { body }) });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(await post(form, 'a=b')).toMatchObject({ status: 400, json: { code: 'bad-message' } });
  expect(await post({ 'content-type': 'text/plain' }, '{}')).toMatchObject({ status: 400 });
  const json = { 'content-type': 'application/json' };
  expect(await post(json, '{')).toMatchObject({ status: 400, json: { code: 'bad-message' } });
  expect(await post(json, '{"__proto__":{}}')).toMatchObject({ status: 400 });
  const large = JSON.stringify({ a: 'x'.repeat(17 * 1024) });
  expect(await post(json, large)).toMatchObject({ status: 413, json: { code: 'too-large' } });
  expect(await post(json)).toMatchObject({ status: 401 });
});

test('a page of another origin changes nothing', async () => {
  await using server = await createTestServer({ allowOrigins: ['https://class.example'] });
  const post = (headers: Record<string, string>) =>
    server.ask('/api/lab/start', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });
  const own = `http://127.0.0.1:${server.port}`;
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `http://127.0.0.1:${server.port + 1}` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: own },
  ]) {
    expect(await post(headers), JSON.stringify(headers)).toMatchObject({
      status: 403,
      json: { code: 'foreign-origin' },
    });
  }
  for (const headers of [
    { origin: own, 'sec-fetch-site': 'same-origin' },
    { origin: 'https://class.example', 'sec-fetch-site': 'same-origin', host: 'class.example' },
    {},
  ]) {
    expect(await post(headers), JSON.stringify(headers)).toMatchObject({ status: 401, json: { code: 'no-identity' } });
  }
});

test('a foreign name that points here is refused, our own names are not', async () => {
  await using server = await createTestServer({ allowOrigins: ['https://class.example'] });
  const statusFor = async (host: string) => (await server.ask('/api/health', { headers: { host } })).status;
  for (const host of ['evil.example', '127.0.0.1.evil.example', 'laptop', '192.168.0.7', 'localhost.evil']) {
    expect(await statusFor(host), host).toBe(403);
  }
  for (const host of ['localhost:4321', '127.0.0.1', '[::1]:80', 'class.example', 'LOCALHOST']) {
    expect(await statusFor(host), host).toBe(200);
  }
});

test('who asks too often is asked to wait', async () => {
  await using server = await createTestServer();
  const learner = await server.enter();
  const statuses: number[] = [];
  for (let times = 0; times < 22; times += 1) statuses.push((await learner.post('/api/lab/end')).status);
  expect(statuses.slice(0, 20).every((status) => status === 200)).toBe(true);
  expect(statuses.at(-1)).toBe(429);
  expect((await learner.post('/api/lab/end')).json).toMatchObject({ code: 'too-many', retry: true });
  expect((await (await server.enter()).post('/api/lab/end')).status).toBe(200);
});

test('what breaks on our side is told without its insides, and logged with them', async () => {
  await using server = await createTestServer();
  const learner = await server.enter();
  server.world.app.store[Symbol.dispose]();
  const answer = await learner.get('/api/lab');
  expect(answer).toMatchObject({ status: 500, json: { code: 'internal', retry: true } });
  expect(answer.text).not.toContain('database');
  expect(server.world.lines.join('\n')).toContain('database is not open');
});

test('a learner’s own lab says what it is; nobody else’s does', async () => {
  await using server = await createTestServer();
  const [ann, bob] = [await server.enter(), await server.enter()];
  const { json } = await startLab(ann);
  const facts = await ann.get(`/api/labs/${json['id']}/facts`);
  expect(facts).toMatchObject({ status: 200, json: { id: json['id'], kind: 'local', capabilities: [] } });
  expect(facts.json['facts']).toMatchObject({ kernel: release(), cgroups: expect.stringMatching(/^v[12]$/) });
  expect(await bob.get(`/api/labs/${json['id']}/facts`)).toMatchObject({ status: 409, json: { code: 'lab-none' } });
  await startLab(bob);
  expect(await bob.get(`/api/labs/${json['id']}/facts`)).toMatchObject({ status: 404, json: { code: 'not-found' } });
});
