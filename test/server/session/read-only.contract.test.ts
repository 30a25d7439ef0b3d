import { expect, test } from 'vitest';
import { TerminalSession } from '../../../server/session/terminal-session.ts';
import type { LabId, LearnerId, TerminalName } from '../../../src/course/ids.ts';
import type { ServerMessage } from '../../../src/protocol/terminal.ts';
import { openLocalLab } from '../../support/local-lab.ts';

test('a read-only viewer sees everything, types nothing and never decides the size', async () => {
  await using lab = await openLocalLab();
  const size = { cols: 80, rows: 24 };
  const pty = await lab.openPty(size, { signal: AbortSignal.timeout(10_000) });
  const owner = { learner: 'ada' as LearnerId, labId: 'lab' as LabId, terminal: 't1' as TerminalName };
  using session = new TerminalSession({ pty, size, backlogBytes: 65_536, ...owner });
  let text = '';
  const messages: ServerMessage[] = [];
  const attachment = session.attach({
    viewer: 'teacher-1',
    size: { cols: 40, rows: 10 },
    readOnly: true,
    sink: {
      sendFrame: ({ bytes }) => {
        text += Buffer.from(bytes).toString();
      },
      sendMessage: (message) => messages.push(message),
      isReady: () => true,
      handleReplaced: () => {},
    },
  });
  await expect.poll(() => text).toContain('local:');
  attachment.input(0, Buffer.from('touch ~/typed\r'));
  attachment.resize({ cols: 41, rows: 11 });
  expect(messages).toMatchObject([
    { type: 'attached', readOnly: true, size },
    { type: 'size', size, yours: false },
    { type: 'refused', code: 'watch-only' },
  ]);
  // A question whether anybody is there types nothing, so it is answered.
  attachment.input(0, new Uint8Array());
  await expect.poll(() => messages.at(-1)).toEqual({ type: 'received', input: 0 });
  const { signal } = new AbortController();
  const listed = await lab.exec('ls ~', { signal, timeoutMs: 5_000 });
  expect(listed).toMatchObject({ kind: 'exited', stdout: expect.not.stringContaining('typed') });
});
