import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openTerminal } from '../../../server/app/open-terminal.ts';
import type { LearnerId, TerminalName } from '../../../src/course/ids.ts';
import type { CommandView, RecordingView } from '../../../src/protocol/api.ts';
import { readyLab } from '../app/test-app.ts';
import { createTestServer, type TestServer } from './test-http.ts';

/** A learner with a shell in terminal `t1`. */
async function enterWithShell(server: TestServer) {
  const learner = await server.enter();
  await readyLab(server.world, learner.learner as LearnerId);
  const session = await openTerminal(server.world.app, {
    ...{ learner: learner.learner as LearnerId, terminal: 't1' as TerminalName, viewer: 'viewer-of-the-test' },
    ...{ size: { cols: 80, rows: 24 }, signal: AbortSignal.timeout(30_000) },
  });
  return { ...learner, session };
}

test('commands are told to their own learner only, and a question that makes no sense is refused', async () => {
  await using server = await createTestServer();
  const ann = await enterWithShell(server);
  const commands = await ann.get('/api/terminals/t1/commands');
  expect(commands).toMatchObject({ status: 200, json: { epoch: ann.session.epoch, commands: [] as CommandView[] } });
  expect(await ann.get('/api/terminals/t2/commands')).toMatchObject({ json: { code: 'no-such-terminal' } });
  expect(await ann.get('/api/terminals/..%2ft1/commands')).toMatchObject({ json: { code: 'no-such-terminal' } });
  expect(await ann.get('/api/terminals/t1/commands?from=x')).toMatchObject({ status: 400 });
  const bob = await server.enter();
  expect(await bob.get('/api/terminals/t1/commands')).toMatchObject({ json: { code: 'lab-none' } });
  expect((await server.ask('/api/terminals/t1/commands')).status).toBe(401);
});

test('a recording is its learner’s, whose pages hear of it', async () => {
  await using server = await createTestServer();
  const ann = await enterWithShell(server);
  const begun = await ann.post('/api/terminals/t1/recording', { on: true });
  expect(begun).toMatchObject({ status: 200, json: { keepDays: 1 } });
  const [recording] = begun.json['recordings'] as RecordingView[];
  expect(recording).toMatchObject({ terminal: 't1' });
  expect(server.world.told.at(-1)).toMatchObject({ learner: ann.learner, message: { type: 'recordings' } });
  expect((await ann.post('/api/terminals/t1/recording', { on: 'yes' })).status).toBe(400);
  await ann.post('/api/terminals/t1/recording', { on: false });
  const path = `/api/recordings/${recording?.id}`;
  const file = await ann.get(path);
  expect(file.headers['content-disposition']).toBe(`attachment; filename="${recording?.id}.cast"`);
  expect(JSON.parse(file.text.split('\n')[0] ?? '')).toMatchObject({ version: 2, width: 80, height: 24 });
  expect(readFileSync(server.world.app.recordings.pathOf(ann.learner as LearnerId, recording?.id ?? ''), 'utf8')).toBe(
    file.text,
  );
  const bob = await server.enter();
  expect((await bob.get(path)).status).toBe(404);
  expect((await bob.post(`${path}/delete`)).status).toBe(404);
  expect((await server.ask(path)).status).toBe(401);
  expect((await ann.post(`${path}/delete`)).json['recordings']).toEqual([]);
  expect((await ann.get(path)).status).toBe(404);
});
