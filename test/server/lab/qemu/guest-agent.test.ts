import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { agentExec } from '../../../../server/lab/qemu/agent-exec.ts';
import { openGuestAgent } from '../../../../server/lab/qemu/guest-agent.ts';
import { createWireServer } from './wire-server.ts';

const signal = new AbortController().signal;
const options = { signal, timeoutMs: 5_000 };
const open = (path: string) => openGuestAgent(path, { signal, connectTimeoutMs: 2_000 });
const base64 = (text: string) => Buffer.from(text).toString('base64');
type Message = Record<string, unknown>;
const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const syncId = (message: Message) => (message.arguments as { id: number }).id;

/** An agent that works: `status` says what guest-exec-status returns. */
function agent(status: () => unknown) {
  return (message: Message): string => {
    if (message.execute === 'guest-sync-delimited') return `\xff${line({ return: syncId(message) })}`;
    if (message.execute === 'guest-exec') return line({ return: { pid: 77 } });
    return line({ return: status() });
  };
}

test('a program gives exit status and both streams, after being looked at until it has ended', async () => {
  let looks = 0;
  using server = await createWireServer(
    agent(() =>
      ++looks < 4
        ? { exited: false }
        : { exited: true, exitcode: 3, 'out-data': base64('나와'), 'err-data': base64('e') },
    ),
  );
  using guest = await open(server.path);
  const run = await guest.run('/bin/x', ['a'], { ...options, input: 'in' });
  expect(run).toMatchObject({ kind: 'exited', exitCode: 3 });
  expect(run.kind === 'exited' && `${run.stdout}${run.stderr}`).toBe('나와e');
  expect(server.received[1]).toEqual({
    execute: 'guest-exec',
    arguments: { path: '/bin/x', arg: ['a'], 'capture-output': true, 'input-data': base64('in') },
  });
});

test('a program that does not end in time is reported with its number', async () => {
  using server = await createWireServer(agent(() => ({ exited: false })));
  using guest = await open(server.path);
  expect(await guest.run('/bin/x', [], { signal, timeoutMs: 100 })).toEqual({ kind: 'timed-out', pid: 77 });
});

test('an agent that says nothing is silent after a while, and heard again when it speaks', async () => {
  let isThere = false;
  const working = agent(() => ({ exited: true, exitcode: 0 }));
  using server = await createWireServer((message) => (isThere ? working(message) : undefined));
  using guest = await open(server.path);
  expect(await guest.isAnswering({ signal, timeoutMs: 80 })).toBe(false);
  isThere = true;
  expect(await guest.isAnswering({ signal, timeoutMs: 1_000 })).toBe(true);
  expect((await guest.run('/bin/x', [], options)).kind).toBe('exited');
});

test('answers of another form are taken for silence, never for a result', async () => {
  for (const status of [null, 'x', {}, { exited: 'yes' }, { exited: true, exitcode: 'zero' }]) {
    using server = await createWireServer(agent(() => status));
    using guest = await open(server.path);
    expect((await guest.run('/bin/x', [], options)).kind).toBe('silent');
  }
});

test('garbage before and between the answers is skipped', async () => {
  const working = agent(() => ({ exited: true, exitcode: 0 }));
  using server = await createWireServer(
    (message) => `not json\n{"half":\n${working(message)}`,
    'noise without end of line',
  );
  using guest = await open(server.path);
  expect((await guest.run('/bin/x', [], options)).kind).toBe('exited');
});

test('a line without end is not stored: the wire is cut', async () => {
  using server = await createWireServer((_message, socket) => {
    const chunk = Buffer.alloc(1024 * 1024, 'a');
    for (let i = 0; i < 8; i += 1) socket.write(chunk);
    return undefined;
  });
  using guest = await open(server.path);
  expect((await guest.run('/bin/x', [], options)).kind).toBe('silent');
  expect(await guest.isAnswering({ signal, timeoutMs: 1_000 })).toBe(false);
});

test('a flood of answers that nobody asked for cuts the wire', async () => {
  using server = await createWireServer(() => line({ return: 1 }).repeat(5_000));
  using guest = await open(server.path);
  expect((await guest.run('/bin/x', [], options)).kind).toBe('silent');
});

/**
 * An agent in a process of its own, so that only what we keep counts in ours. It writes `lines` lines of almost 4 MiB, each of which
 * would be two million values, when it is connected to (`unasked`) or asked (`asked`), and then answers like an honest one.
 */
const floodingAgent = `
  const [path, lines, when] = process.argv.slice(1);
  const line = Buffer.from('{"return":[' + '0,'.repeat(2 ** 21 - 32) + '0]}\\n');
  require('node:net').createServer((socket) => {
    let left = Number(lines);
    socket.on('error', () => {});
    socket.on('close', () => console.log('closed'));
    const flood = () => {
      while (left > 0) {
        left -= 1;
        if (!socket.write(line)) return void socket.once('drain', flood);
      }
      console.log('over');
    };
    if (when === 'unasked') flood();
    const asked = require('node:readline').createInterface({ input: socket });
    asked.on('error', () => {});
    asked.on('line', (text) => {
      if (when === 'asked' && left > 0) return flood();
      const id = JSON.parse(text.replace(/^[^{]*/, '')).arguments.id;
      socket.write(Buffer.from('\\xff{"return":' + id + '}\\n', 'latin1'));
    });
  }).listen(path, () => console.log('ready'));
`;

async function startFlood(lines: number, when: 'unasked' | 'asked') {
  const folder = mkdtempSync(join(tmpdir(), 'flood-'));
  const path = join(folder, 's');
  const child = spawn(process.execPath, ['-e', floodingAgent, path, String(lines), when]);
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (word) => said.push(word));
  await expect.poll(() => said, { timeout: 20_000 }).toContain('ready');
  const end = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  return { path, said, [Symbol.dispose]: end };
}

const mb = 2 ** 20;

/** The most that this process grew by while `work` ran, MB. */
async function growthOf(work: Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
  await work.finally(() => clearInterval(timer));
  return (Math.max(most, process.memoryUsage.rss()) - before) / mb;
}

/** A quarter of what is sent; one line that was parsed takes 16 MB. */
const allowedMb = 160;

test('a flood of the longest lines that nobody asked for costs no memory, and the agent is heard afterwards', async () => {
  using agentProcess = await startFlood(160, 'unasked');
  using guest = await open(agentProcess.path);
  const over = expect.poll(() => agentProcess.said, { timeout: 50_000 }).toContain('over');
  expect(await growthOf(over)).toBeLessThan(allowedMb);
  expect(await guest.isAnswering({ signal, timeoutMs: 10_000 })).toBe(true);
});

test('a flood of the longest lines in the place of an answer cuts the wire before it costs memory or time', async () => {
  using agentProcess = await startFlood(160, 'asked');
  using guest = await open(agentProcess.path);
  const asking = guest.run('/bin/x', [], options);
  expect(await growthOf(asking)).toBeLessThan(allowedMb);
  expect((await asking).kind).toBe('silent');
  await expect.poll(() => agentProcess.said, { timeout: 20_000 }).toContain('closed');
  expect(agentProcess.said).not.toContain('over');
});

test('random bytes never hang or break it', async () => {
  for (let round = 0; round < 20; round += 1) {
    using server = await createWireServer(() => randomBytes(20_000));
    using guest = await open(server.path);
    expect(await guest.isAnswering({ signal, timeoutMs: 50 })).toBe(false);
  }
});

test('giving up rejects with the reason, and the next question is not answered by the old one', async () => {
  let late: (() => void) | undefined;
  let number = 0;
  using server = await createWireServer((message, socket) => {
    if (message.execute === 'guest-sync-delimited') return line({ return: syncId(message) });
    if (message.execute === 'guest-exec') {
      number += 1;
      const answer = line({ return: { pid: number } });
      if (number > 1) return answer;
      late = () => socket.write(answer);
      return undefined;
    }
    return line({ return: { exited: true, exitcode: (message.arguments as { pid: number }).pid } });
  });
  using guest = await open(server.path);
  const abort = new AbortController();
  const first = guest.run('/bin/x', [], { ...options, signal: abort.signal });
  await expect.poll(() => late !== undefined).toBe(true);
  abort.abort(new Error('enough'));
  await expect(first).rejects.toThrow('enough');
  late?.();
  expect(await guest.run('/bin/x', [], options)).toMatchObject({ kind: 'exited', exitCode: 2 });
});

test('a script that never began is unreachable, not a failure of the student', async () => {
  using server = await createWireServer(
    agent(() => ({ exited: true, exitcode: 1, 'out-data': base64('bash: no such file') })),
  );
  using guest = await open(server.path);
  expect(await agentExec(guest, 'true', options)).toMatchObject({ kind: 'unreachable' });
});
