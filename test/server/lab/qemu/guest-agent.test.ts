import { randomBytes } from 'node:crypto';
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
