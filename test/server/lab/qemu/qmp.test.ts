import { expect, test } from 'vitest';
import { openQmp } from '../../../../server/lab/qemu/qmp.ts';
import { createWireServer } from './wire-server.ts';

const signal = new AbortController().signal;
const greeting = '{"QMP": {"version": {}}}\n';
const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const open = (path: string) => openQmp(path, { signal, connectTimeoutMs: 2_000 });

test('commands get their own answers, events in between are told to listeners', async () => {
  using server = await createWireServer(
    ({ execute, id }) => line({ event: `ABOUT_${execute}` }) + line({ return: { did: execute }, id }),
    greeting,
  );
  using qmp = await open(server.path);
  const events: string[] = [];
  qmp.onEvent((name) => events.push(name));
  const answers = await Promise.all([qmp.command('stop'), qmp.command('cont', { fast: true })]);
  expect(answers).toEqual([{ did: 'stop' }, { did: 'cont' }]);
  expect(events).toEqual(['ABOUT_stop', 'ABOUT_cont']);
  expect(server.received.at(-1)).toMatchObject({ execute: 'cont', arguments: { fast: true } });
});

test("a refusal is a fault with QEMU's own words", async () => {
  using server = await createWireServer(
    ({ execute, id }) =>
      line(
        execute === 'qmp_capabilities'
          ? { return: {}, id }
          : { error: { class: 'GenericError', desc: 'no such device' }, id },
      ),
    greeting,
  );
  using qmp = await open(server.path);
  await expect(qmp.command('device_del')).rejects.toMatchObject({
    code: 'lab-start-failed',
    details: { detail: 'QEMU device_del: no such device' },
  });
});

test('when QEMU goes away a waiting command fails at once', async () => {
  using server = await createWireServer(({ execute, id }, socket) => {
    if (execute === 'qmp_capabilities') return line({ return: {}, id });
    socket.destroy();
    return undefined;
  }, greeting);
  using qmp = await open(server.path);
  await expect(qmp.command('stop')).rejects.toMatchObject({ code: 'lab-start-failed' });
  await expect(qmp.command('cont')).rejects.toMatchObject({ code: 'lab-start-failed' });
});

test('a socket that never comes is a fault', async () => {
  await expect(openQmp('/nonexistent/qmp', { signal, connectTimeoutMs: 60 })).rejects.toMatchObject({
    code: 'lab-start-failed',
  });
});
