import { expect, test } from 'vitest';
import { openWithinMs, staleAfterMs } from '../../src/islands/deadline.ts';
import { offlineInputBytes } from '../../src/islands/terminal-pane/connection-options.ts';
import { lostChars } from '../../src/islands/terminal-pane/unsent-input.ts';
import { startHangingServer } from './support/hanging-server.ts';
import { openPageEnd, type PageEnd } from './support/page-end.ts';
import { attachedAnswer, startScriptedServer } from './support/scripted-server.ts';
import { until } from './support/until.ts';

const isIn = (page: PageEnd, kind: string) =>
  until(`state ${kind}`, () => page.connection.state.kind === kind, { seen: () => page.states });
const shows = (page: PageEnd, text: string) =>
  until(`the screen shows ${text}`, () => page.text() === text, { seen: () => page.text() });

test('a new page attaches with its viewer and size and knows no position', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const socket = await server.attached(0);
  expect(socket.said).toEqual([
    { type: 'attach', terminal: 't1', viewer: 'viewer-of-the-test', size: { cols: 80, rows: 24 } },
  ]);
  socket.say(attachedAnswer());
  await isIn(page, 'attached');
});

test('after a cut the page asks for what follows the last byte, and a repeated byte is shown once', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  first.output(0, 'hello ');
  await shows(page, 'hello ');
  first.raw.terminate();

  const second = await server.attached(1);
  expect(second.said[0]).toMatchObject({ epoch: 'one', from: 6 });
  second.say(attachedAnswer({ resume: 'bytes', from: 6, liveFrom: 6 }));
  second.output(2, 'llo wor');
  second.output(9, 'ld');
  await shows(page, 'hello world');
});

test('a missing byte makes the page ask for the whole screen', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  first.output(0, 'abc');
  first.output(5, 'fgh');
  const second = await server.attached(1);
  expect(second.said[0]).not.toHaveProperty('from');
  expect(second.said[0]).toMatchObject({ epoch: 'one' });
  second.say(attachedAnswer({ resume: 'screen', from: 8, liveFrom: 8 }));
  second.snapshot(8, 'abcdefgh');
  second.output(8, 'i');
  await shows(page, 'abcdefghi');
});

test('input that had not arrived at the cut is sent again, from the byte the server names', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  await isIn(page, 'attached');
  page.connection.typed('docker ');
  page.connection.typed('run');
  await until('both pieces arrive', () => first.input.length === 2, { seen: () => first.input });
  first.say({ type: 'received', input: 7 });
  first.raw.terminate();

  const second = await server.attached(1);
  second.say(attachedAnswer({ resume: 'bytes', input: 8 }));
  await until('the rest is sent', () => second.input.length > 0);
  expect(second.input).toEqual([{ seq: 8, text: 'un' }]);
});

test('input for a shell that is gone is dropped and the learner is told', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  await isIn(page, 'attached');
  first.raw.terminate();
  await isIn(page, 'waiting');
  page.connection.typed('rm 한글');

  const second = await server.attached(1);
  second.say(attachedAnswer({ epoch: 'two' }));
  await isIn(page, 'attached');
  expect(page.notices).toEqual([{ kind: 'input-dropped', chars: 5, because: 'new-shell' }, { kind: 'new-shell' }]);
  page.connection.typed('ls');
  await until('the new input arrives', () => second.input.length > 0);
  expect(second.input).toEqual([{ seq: 0, text: 'ls' }]);
});

test('what is typed while cut off is kept up to a limit, counted, and sent afterwards', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  await isIn(page, 'attached');
  first.raw.terminate();
  await isIn(page, 'waiting');
  page.connection.typed('한글');
  expect(page.states.at(-1)).toMatchObject({ waitingChars: 2 });
  page.connection.typed('x'.repeat(offlineInputBytes));
  expect(page.notices).toEqual([{ kind: 'queue-full' }]);

  const second = await server.attached(1);
  second.say(attachedAnswer({ resume: 'bytes' }));
  await until('it is sent', () => second.input.length > 0);
  expect(second.input).toEqual([{ seq: 0, text: '한글' }]);
});

test('a returning page goes on counting where its viewer stopped', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  page.connection.typed('a');
  const socket = await server.attached(0);
  socket.say(attachedAnswer({ resume: 'screen', from: 100, liveFrom: 100, input: 42 }));
  await until('input', () => socket.input.length > 0);
  expect(socket.input).toEqual([{ seq: 42, text: 'a' }]);
});

test('answers of the screen to history are not sent, answers to live output are', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const socket = await server.attached(0);
  socket.say(attachedAnswer({ resume: 'bytes', from: 0, liveFrom: 5 }));
  socket.output(0, 'ab\x1b[cLIVE\x1b[c');
  await shows(page, 'ab\x1b[cLIVE\x1b[c');
  await until('the live question is answered', () => socket.input.length > 0);
  expect(socket.input).toEqual([{ seq: 0, text: '\x1b[?62;4;9;22c' }]);
});

test('answers to a snapshot are not sent, but a key typed meanwhile is', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const socket = await server.attached(0);
  page.holdWrites(true);
  socket.say(attachedAnswer({ resume: 'screen', from: 9, liveFrom: 9 }));
  socket.snapshot(9, 'x\x1b[c');
  await isIn(page, 'attached');
  page.connection.typed('k');
  page.holdWrites(false);
  await shows(page, 'x\x1b[c');
  await until('the key arrives', () => socket.input.length > 0);
  expect(socket.input).toEqual([{ seq: 0, text: 'k' }]);
});

test('acknowledgements follow what is rendered, not what has arrived', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const socket = await server.attached(0);
  socket.say(attachedAnswer());
  await isIn(page, 'attached');
  page.holdWrites(true);
  socket.output(0, 'x'.repeat(20_000));
  socket.say({ type: 'received', input: 0 });
  page.connection.typed('!');
  await until('the page is alive', () => socket.input.length > 0);
  const acks = () => socket.said.filter(({ type }) => type === 'ack');
  expect(acks()).toEqual([]);
  page.holdWrites(false);
  await until('acknowledged', () => acks().length > 0);
  expect(acks().at(-1)).toEqual({ type: 'ack', seq: 20_000 });
});

test('a page says that nobody sees it, once for each change, and again after a cut', async () => {
  await using server = await startScriptedServer();
  let tell = (_isHidden: boolean) => {};
  using page = openPageEnd(server.url, {
    hiding: (listener) => {
      tell = listener;
      listener(true); // Opened in a tab in the background.
    },
  });
  const said = (socket: { said: readonly { type: string }[] }) => socket.said.filter(({ type }) => type === 'hidden');
  const first = await server.attached(0);
  first.say(attachedAnswer());
  await until('hidden', () => said(first).length === 1);
  tell(true);
  tell(false);
  tell(true);
  await until('shown and hidden', () => said(first).length === 3);
  expect(said(first).map((message) => 'isHidden' in message && message.isHidden)).toEqual([true, false, true]);
  first.raw.terminate();
  const second = await server.attached(1);
  second.say(attachedAnswer({ resume: 'bytes', from: 0, liveFrom: 0 }));
  await until('hidden again', () => said(second).length === 1);
  expect(said(second)).toEqual([{ type: 'hidden', isHidden: true }]);
  // Shown again while there is no connection: a new attachment counts as seen anyway.
  second.raw.terminate();
  const third = await server.attached(2);
  tell(false);
  third.say(attachedAnswer({ resume: 'bytes', from: 0, liveFrom: 0 }));
  page.connection.typed('!');
  await until('the key', () => third.input.length > 0);
  expect(said(third).filter((message) => 'isHidden' in message && message.isHidden)).toEqual([]);
});

test('a screen in mid-stream is acknowledged when it is rendered, not with what was written before it', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const socket = await server.attached(0);
  socket.say(attachedAnswer());
  await isIn(page, 'attached');
  page.holdWrites(true);
  socket.output(0, 'old output');
  socket.say(attachedAnswer({ resume: 'screen', from: 900_000, liveFrom: 900_000 }));
  socket.snapshot(900_000, 'screen');
  const acks = () => socket.said.filter(({ type }) => type === 'ack');
  const ask = async (count: number) => {
    page.wake();
    await until('the page has heard all of it', () => socket.input.length === count);
    socket.say({ type: 'received', input: 0 });
  };
  await ask(1);
  // The old output and what clears the screen; not the screen itself.
  page.renderHeld(2);
  await ask(2);
  expect(acks()).toEqual([]);
  page.holdWrites(false);
  await until('acknowledged', () => acks().length > 0);
  expect(acks()).toEqual([{ type: 'ack', seq: 900_000 }]);
});

test('a little output is acknowledged within a second', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const socket = await server.attached(0);
  socket.say(attachedAnswer());
  socket.output(0, 'ab');
  socket.output(2, 'c');
  await until('acknowledged', () => socket.said.some((message) => message.type === 'ack' && message.seq === 3), {
    seen: () => socket.said,
  });
  expect(page.text()).toBe('abc');
});

test('a paste of one megabyte goes in numbered pieces and waits for the server', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const socket = await server.attached(0);
  socket.say(attachedAnswer());
  await isIn(page, 'attached');
  const text = Array.from({ length: 1024 * 16 }, (_, index) => String(index).padStart(64, '.')).join('');
  page.connection.typed(text);
  let arrived = 0;
  const window: number[] = [];
  await until('everything arrives', () => {
    const now = socket.input.reduce((sum, piece) => sum + piece.text.length, 0);
    if (now > arrived) {
      window.push(now - arrived);
      arrived = now;
      socket.say({ type: 'received', input: arrived });
    }
    return arrived === text.length;
  });
  expect(socket.input.map(({ text: piece }) => piece).join('')).toBe(text);
  expect(Math.max(...socket.input.map(({ text: piece }) => piece.length))).toBeLessThanOrEqual(64 * 1024);
  expect(Math.max(...window)).toBeLessThanOrEqual(256 * 1024);
});

test('while bytes are missing, input keeps its numbers in the same shell and reaches no other one', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  await isIn(page, 'attached');
  page.connection.typed('docker run');
  await until('it arrives', () => first.input.length > 0);
  first.output(5, 'fgh');
  // Six of the ten bytes had reached the shell when the page turned away.
  const second = await server.attached(1);
  second.say(attachedAnswer({ from: 0, liveFrom: 9, input: 6 }));
  second.output(0, 'abcdefghi');
  await shows(page, 'abcdefghi');
  await until('the rest is sent', () => second.input.length > 0);
  expect(second.input).toEqual([{ seq: 6, text: ' run' }]);

  second.output(20, 'missing again');
  const third = await server.attached(2);
  third.say(attachedAnswer({ epoch: 'two' }));
  await isIn(page, 'attached');
  expect(page.notices).toEqual([{ kind: 'input-dropped', chars: 4, because: 'new-shell' }, { kind: 'new-shell' }]);
  page.connection.typed('ls');
  await until('new input', () => third.input.length > 0);
  expect(third.input).toEqual([{ seq: 0, text: 'ls' }]);
});

test('what a shell did not read before it ended is told, and a late refusal does not hide how it ended', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const socket = await server.attached(0);
  socket.say(attachedAnswer());
  await isIn(page, 'attached');
  page.connection.typed('exit 3\r');
  page.connection.typed('한글');
  await until('it arrives', () => socket.input.length === 2);
  const message = { ko: '없어요', en: 'None' };
  socket.say({ type: 'received', input: 7 });
  socket.say({ type: 'refused', code: 'no-such-terminal', message });
  socket.say({ type: 'exited', exitCode: 3 });
  socket.say({ type: 'refused', code: 'no-such-terminal', message });
  // After it the page still listens, so that it has heard the refusal when this is shown.
  socket.output(0, 'last');
  await shows(page, 'last');
  expect(page.connection.state).toEqual({ kind: 'exited', exitCode: 3 });
  expect(page.notices).toEqual([{ kind: 'input-dropped', chars: 2, because: 'exited' }]);
});

test('what was thrown away while cut off leaves no gap in the numbers, whatever of it had arrived', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  await isIn(page, 'attached');
  page.connection.typed('12345');
  await until('it arrives', () => first.input.length > 0);
  first.raw.terminate();
  await isIn(page, 'waiting');
  page.connection.dropWaitingInput();
  page.connection.typed('new');
  const second = await server.attached(1);
  second.say(attachedAnswer({ resume: 'bytes', input: 5 }));
  await until('what was typed last arrives', () => second.input.length > 0);
  expect(second.input).toEqual([{ seq: 5, text: 'new' }]);
});

test('a page that was loaded anew tells how much of what was typed before had not arrived', async () => {
  await using server = await startScriptedServer();
  const left = { epoch: 'one', from: 10, to: 15, chars: 5 };
  expect(lostChars(left, { epoch: 'one', input: 15 })).toBe(0);
  expect(lostChars(left, { epoch: 'one', input: 12 })).toBe(3);
  expect(lostChars(left, { epoch: 'two', input: 99 })).toBe(5);
  using page = openPageEnd(server.url, { unsent: { take: () => left } });
  page.connection.typed('new');
  const socket = await server.attached(0);
  expect(page.connection.unsent).toEqual({ epoch: undefined, from: 0, to: 3, chars: 3 });
  socket.say(attachedAnswer({ input: 10 }));
  await until('only what was typed here arrives', () => socket.input.length > 0);
  expect(socket.input).toEqual([{ seq: 10, text: 'new' }]);
  expect(page.notices).toEqual([{ kind: 'input-dropped', chars: 5, because: 'reload' }]);
  socket.say({ type: 'received', input: 13 });
  await until('nothing is left', () => page.connection.unsent.chars === 0);
  expect(page.connection.unsent).toEqual({ epoch: 'one', from: 13, to: 13, chars: 0 });
});

test('an ended shell stays ended until the learner asks for another', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  first.say({ type: 'exited', exitCode: 3 });
  await isIn(page, 'exited');
  page.connection.typed('lost');
  page.connection.reopen();
  const second = await server.attached(1);
  second.say(attachedAnswer({ epoch: 'two' }));
  await isIn(page, 'attached');
  expect(second.input).toEqual([]);
  expect(page.states).toContainEqual({ kind: 'exited', exitCode: 3 });
});

test('what is typed after another shell was asked for is for that shell', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  first.say({ type: 'exited', exitCode: 0 });
  await isIn(page, 'exited');
  page.connection.reopen();
  page.connection.typed('ls');
  expect(page.connection.unsent).toMatchObject({ epoch: undefined, chars: 2 });
  const second = await server.attached(1);
  second.say(attachedAnswer({ epoch: 'two' }));
  await until('it arrives', () => second.input.length > 0);
  expect(second.input).toEqual([{ seq: 0, text: 'ls' }]);
  expect(page.notices).toEqual([{ kind: 'new-shell' }]);
});

test('a refusal that passes is tried again, one that does not waits for the learner', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const message = { ko: '잠시만요', en: 'A moment' };
  (await server.attached(0)).say({ type: 'refused', code: 'shutting-down', message });
  (await server.attached(1)).say({ type: 'refused', code: 'lab-none', message });
  await isIn(page, 'ended');
  expect(page.states).toContainEqual({ kind: 'waiting', waitingChars: 0, because: message });
  expect(page.states.at(-1)).toEqual({ kind: 'ended', code: 'lab-none', because: message });
});

test('what was typed for a terminal that is refused is told and goes to no later one', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  await isIn(page, 'attached');
  first.raw.terminate();
  await isIn(page, 'waiting');
  page.connection.typed('reboot\r');
  const message = { ko: '없어요', en: 'None' };
  (await server.attached(1)).say({ type: 'refused', code: 'lab-none', message });
  await isIn(page, 'ended');
  expect(page.notices).toEqual([{ kind: 'input-dropped', chars: 7, because: 'refused' }]);
  page.connection.reopen();
  page.connection.typed('ls');
  const next = await server.attached(2);
  next.say(attachedAnswer({ epoch: 'two' }));
  await until('it arrives', () => next.input.length > 0);
  expect(next.input.map(({ text }) => text).join('')).toBe('ls');
});

test('the network coming back ends a long pause at once', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  await isIn(page, 'attached');
  first.raw.terminate();
  await isIn(page, 'waiting');
  page.wake();
  await isIn(page, 'connecting');
  await server.attached(1);
});

test('when the network may have changed a connection that answers stays, and one that does not is made anew', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const first = await server.attached(0);
  first.say(attachedAnswer());
  await isIn(page, 'attached');
  page.wake();
  await until('the page asks', () => first.input.length === 1);
  first.say({ type: 'received', input: 0 });
  first.output(0, 'here');
  await shows(page, 'here');
  page.wake();
  await until('the page asks again', () => first.input.length === 2);
  expect(first.input).toEqual([
    { seq: 0, text: '' },
    { seq: 0, text: '' },
  ]);

  const second = await server.attached(1);
  expect(second.said[0]).toMatchObject({ epoch: 'one', from: 4 });
  expect(page.states.slice(-2)).toEqual([
    { kind: 'attached', readOnly: false },
    { kind: 'connecting', waitingChars: 0, isAgain: true },
  ]);
});

test('an attempt that hangs is made anew when the network is back, unless it has just begun', async () => {
  await using server = await startHangingServer();
  using page = openPageEnd(server.url);
  await until('an attempt', () => server.attempts === 1);
  const startedAt = performance.now();
  await until('another attempt', () => {
    page.wake();
    return server.attempts >= 2;
  });
  const elapsedMs = performance.now() - startedAt;
  expect(elapsedMs).toBeGreaterThan(staleAfterMs / 2);
  expect(elapsedMs).toBeLessThan(openWithinMs);
});

test('an attempt that hangs is given up by itself, and another follows', async () => {
  await using server = await startHangingServer();
  using page = openPageEnd(server.url, { openWithinMs: 50 });
  await until('three attempts', () => server.attempts >= 3, { seen: () => page.states });
  expect(page.states.slice(0, 3)).toEqual([
    { kind: 'connecting', waitingChars: 0, isAgain: false },
    { kind: 'waiting', waitingChars: 0 },
    { kind: 'connecting', waitingChars: 0, isAgain: true },
  ]);
});

test('an attempt that was given up and arrives after all takes the place of the one that works only for a moment', async () => {
  await using server = await startScriptedServer({ hanging: 1 });
  using page = openPageEnd(server.url, { openWithinMs: 200 });
  for (const index of [0, 1]) {
    const socket = await server.attached(index);
    socket.say(attachedAnswer());
    await isIn(page, 'attached');
    socket.raw.close(4409);
    if (index === 0) await isIn(page, 'waiting');
  }
  // Once for each attempt: two pages of one viewer must not push each other out for ever.
  await isIn(page, 'ended');
});

test('what is typed while connecting is counted, also when it is thrown away', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  await server.attached(0);
  page.connection.typed('한글 ls');
  expect(page.states.at(-1)).toEqual({ kind: 'connecting', waitingChars: 5, isAgain: false });
  page.connection.dropWaitingInput();
  expect(page.states.at(-1)).toEqual({ kind: 'connecting', waitingChars: 0, isAgain: false });
});

test('another window decides the size until the server says otherwise', async () => {
  await using server = await startScriptedServer();
  using page = openPageEnd(server.url);
  const socket = await server.attached(0);
  socket.say(attachedAnswer({ size: { cols: 40, rows: 10 } }));
  socket.say({ type: 'size', size: { cols: 80, rows: 24 }, yours: true });
  await until('both rules', () => page.sizes.length === 2, { seen: () => page.sizes });
  expect(page.sizes).toEqual([
    { size: { cols: 40, rows: 10 }, isOurs: false },
    { size: { cols: 80, rows: 24 }, isOurs: true },
  ]);
});
