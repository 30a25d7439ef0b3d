import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSshConnection, type SshConnection } from '../../../../server/lab/openssh/ssh-connection.ts';
import { createOwnSshd, type OwnSshd } from './own-sshd.ts';

const signal = new AbortController().signal;
const connect = (sshd: OwnSshd) =>
  openSshConnection({
    target: sshd.target,
    controlPath: join(sshd.folder, 'ctl'),
    folder: sshd.folder,
    connectTimeoutSeconds: 10,
  });

let sshd: OwnSshd;
let connection: SshConnection;
beforeAll(async () => {
  sshd = createOwnSshd();
  connection = connect(sshd);
  expect([await connection.whenUp({ signal, timeoutMs: 10_000 }), connection.complaint]).toEqual([true, '']);
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
  sshd[Symbol.dispose]();
});

test('a script gives its exit status and both streams', async () => {
  const result = await connection.exec('echo out; echo err >&2; cat; exit 7', { signal, timeoutMs: 10_000 });
  expect(result).toMatchObject({ kind: 'exited', exitCode: 7, stdout: 'out\n', stderr: 'err\n', truncated: false });
});

test("an exit status of 255 is the script's, not the connection's", async () => {
  expect(await connection.exec('exit 255', { signal, timeoutMs: 10_000 })).toMatchObject({
    kind: 'exited',
    exitCode: 255,
  });
});

test('quotes, dollars, Hangul and a large script arrive as they are', async () => {
  const text = `'"$(x)"' \\ 한글 ${'가'.repeat(50_000)}`;
  const script = `cat <<'END_OF_TEXT'\n${text}\nEND_OF_TEXT\n`;
  const result = await connection.exec(script, { signal, timeoutMs: 10_000 });
  expect(result).toMatchObject({ kind: 'exited', exitCode: 0, stdout: `${text}\n` });
});

test('the script is in no process list', async () => {
  const result = await connection.exec('secret=4711; ps -e -o args; :', { signal, timeoutMs: 10_000 });
  expect(result.kind === 'exited' && result.stdout.includes('tadak')).toBe(true);
  expect(result.kind === 'exited' && result.stdout.includes('4711')).toBe(false);
});

test('a script that is too slow is killed with its children', async () => {
  const marker = `${sshd.folder}/alive`;
  const script = `(while :; do touch ${marker}; sleep 0.05; done) & set -m; sleep 3600 & sleep 3600`;
  const result = await connection.exec(script, { signal, timeoutMs: 3_000 });
  expect(result.kind).toBe('timed-out');
  execFileSync('rm', ['-f', marker]);
  await delay(200);
  expect(existsSync(marker)).toBe(false);
});

test('aborting kills the script and rejects with the reason', async () => {
  const marker = `${sshd.folder}/aborted`;
  const abort = new AbortController();
  const running = connection.exec(`while :; do touch ${marker}; sleep 0.05; done`, {
    signal: abort.signal,
    timeoutMs: 20_000,
  });
  const rejected = expect(running).rejects.toThrow('enough');
  await expect.poll(() => existsSync(marker), { timeout: 15_000 }).toBe(true);
  abort.abort(new Error('enough'));
  await rejected;
  execFileSync('rm', ['-f', marker]);
  await delay(200);
  expect(existsSync(marker)).toBe(false);
});

test('a daemon that keeps the streams open does not hold up the result', async () => {
  const startedAt = performance.now();
  const result = await connection.exec('sleep 20 & echo started', { signal, timeoutMs: 30_000 });
  expect(result).toMatchObject({ kind: 'exited', exitCode: 0, stdout: 'started\n' });
  expect(performance.now() - startedAt).toBeLessThan(15_000);
});

test('a lost connection comes back by itself and says what was lost', async () => {
  const marker = `${sshd.folder}/running`;
  const running = connection.exec(`touch ${marker}; sleep 20`, { signal, timeoutMs: 30_000 });
  await expect.poll(() => existsSync(marker), { timeout: 10_000 }).toBe(true);
  connection.reconnect();
  expect((await running).kind).toBe('lost');
  expect(await connection.whenUp({ signal, timeoutMs: 10_000 })).toBe(true);
  expect(await connection.exec('exit 3', { signal, timeoutMs: 10_000 })).toMatchObject({ exitCode: 3 });
});

test('another host key is refused, and nothing is run', async () => {
  using other = createOwnSshd();
  writeFileSync(other.target.knownHostsFile, execFileSync('cat', [sshd.target.knownHostsFile]));
  await using stranger = connect(other);
  expect(await stranger.whenUp({ signal, timeoutMs: 1_500 })).toBe(false);
  expect(stranger.complaint).toContain('verification failed');
  expect((await stranger.exec('true', { signal, timeoutMs: 1_000 })).kind).toBe('not-started');
});
