/** Terminals through the whole path: a real shell, a real socket, and what the page's user sees. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openWorld } from '../../support/gateway-world.ts';
import { TestViewer } from '../../support/terminal-viewer.ts';

const prompt = /local:.*# |local:.*\$ /;

/** Commands that say something when done that their own text does not contain. */
const done = (word: string) => `echo "${word.slice(0, 1)}""${word.slice(1)}"`;

test('detaching keeps the shell and what it does', async () => {
  await using world = await openWorld();
  const first = await TestViewer.open({ url: world.url });
  await first.untilText(prompt);
  first.type(`cd /; kept=yes; (until [ -e ~/go ]; do read -t 0.05 < /dev/zero; done; ${done('finished-alone')}) &\r`);
  await first.untilText(/\[1\]/);
  first.cut();
  await first.until(() => first.closed !== undefined, 'the cut');
  await world.lab.exec('touch ~/go', { signal: AbortSignal.timeout(5_000), timeoutMs: 5_000 });
  await using second = await TestViewer.open({ url: world.url });
  await second.untilText('finished-alone');
  second.type('echo "$PWD $kept"\r');
  await second.untilText('/ yes');
});

test('a page that comes back misses no line and sees none twice while a line is printed every 10 ms', async () => {
  await using world = await openWorld();
  let page = await TestViewer.open({ url: world.url });
  await page.untilText(prompt);
  page.type(
    `stty -echo; exec 9<> <(:); for ((i = 0; i < 300; i++)); do echo "n$i;"; read -t 0.01 -u 9; done; ${done('all-done')}\r`,
  );
  for (const line of [40, 110, 180]) {
    await page.untilText(`n${line};`);
    page.cut();
    await page.until(() => page.closed !== undefined, 'the cut');
    page = await TestViewer.open({ url: world.url }, page);
    expect(page.attached?.resume).toBe('bytes');
  }
  await page.untilText('all-done', 20_000);
  const seen = [...page.text.matchAll(/n(\d+);/g)].map(([, number]) => Number(number));
  expect(seen.slice(seen.indexOf(0))).toEqual(Array.from({ length: 300 }, (_, index) => index));
  await page[Symbol.asyncDispose]();
});

test('after a burst that left the backlog, the page gets the screen and then what follows', async () => {
  await using world = await openWorld({ sessions: { backlogBytes: 256 * 1024 } });
  await using reference = await TestViewer.open({ url: world.url, viewer: 'reference-viewer' });
  await reference.untilText(prompt);
  const page = await TestViewer.open({ url: world.url });
  page.cut();
  await page.until(() => page.closed !== undefined, 'the cut');
  reference.type(
    `for i in 1 2 3 4; do seq -f $'%.0f \\e[32m한글\\e[0m ${'x'.repeat(70)}' 1 25000; done; printf '\\e[?2004h\\e[?1002h'; ${done('burst-done')}\r`,
  );
  await reference.untilText('burst-done', 60_000);
  expect(reference.outputBytes).toBeGreaterThan(8_000_000);
  await using back = await TestViewer.open({ url: world.url }, page);
  expect(back.attached?.resume).toBe('screen');
  back.type(`${done('still-here')}\r`);
  await back.untilText('still-here');
  expect(back.snapshots).toBe(1);
  await back.until(() => back.unrenderedBytes === 0 && back.position === reference.position, 'the page to catch up');
  await reference.until(() => reference.unrenderedBytes === 0, 'the reference to render');
  expect(back.screen).toEqual(reference.screen);
  expect(back.terminal.buffer.active.baseY).toBe(reference.terminal.buffer.active.baseY);
  expect(back.terminal.modes).toEqual(reference.terminal.modes);
  expect(back.terminal.modes.mouseTrackingMode).toBe('drag');
}, 90_000);

test('a new page is given all that was printed, each piece in the size that it was printed in', async () => {
  await using world = await openWorld();
  const first = await TestViewer.open({ url: world.url, scrollback: 20_000 });
  await first.untilText(prompt);
  const resize = async (cols: number) => {
    first.resize({ cols, rows: 24 });
    await first.until(() => first.size?.cols === cols, `${cols} columns`);
  };
  // Half a megabyte of lines, each as wide as the terminal; then text that only fits one size.
  first.type(`stty -echo; seq -f '%.0f ${'x'.repeat(70)}' 1 7000; ${done('many-done')}\r`);
  await first.untilText('many-done', 30_000);
  await resize(40);
  first.type(`for i in 1 2 3; do printf 'narrow %033d' $i; printf '\\e[2D<>\\n'; done; ${done('narrow-done')}\r`);
  await first.untilText('narrow-done');
  await resize(100);
  first.type(`printf '%0100d' 7; printf '\\e[99D|\\n'; ${done('wide-done')}\r`);
  await first.untilText('wide-done');
  await first.until(() => first.unrenderedBytes === 0, 'rendering');

  await using reloaded = await TestViewer.open({
    ...{ url: world.url, scrollback: 20_000, viewer: first.options.viewer, size: { cols: 100, rows: 24 } },
  });
  expect(reloaded.attached).toMatchObject({ resume: 'fresh', from: 0, size: { cols: 80, rows: 24 } });
  await reloaded.until(
    () => reloaded.position === first.position && reloaded.unrenderedBytes === 0,
    'all output',
    30_000,
  );
  expect(reloaded.lines).toEqual(first.lines);
  expect(reloaded.lines.filter((line) => /^\d+ x{70}$/.test(line))).toHaveLength(7000);
  expect(reloaded.size).toEqual({ cols: 100, rows: 24 });
  expect(reloaded.isInControl).toBe(true);
  await first[Symbol.asyncDispose]();
}, 90_000);

test('a page that was away while others changed the size reads what it missed in those sizes', async () => {
  await using world = await openWorld();
  await using other = await TestViewer.open({ url: world.url, viewer: 'other-viewer' });
  await other.untilText(prompt);
  const page = await TestViewer.open({ url: world.url });
  await page.until(() => page.position === other.position && page.unrenderedBytes === 0, 'the prompt');
  page.cut();
  await page.until(() => page.closed !== undefined, 'the cut');
  other.resize({ cols: 40, rows: 24 });
  await other.until(() => other.size?.cols === 40, '40 columns');
  other.type(`printf 'narrow %033d\\e[2D<>\\n' 1; ${done('narrow-done')}\r`);
  await other.untilText('narrow-done');
  other.resize({ cols: 80, rows: 24 });
  await other.until(() => other.size?.cols === 80, '80 columns');
  other.type(`${done('all-done')}\r`);
  await other.untilText('all-done');
  await using back = await TestViewer.open({ url: world.url }, page);
  expect(back.attached?.resume).toBe('bytes');
  await back.untilText('all-done');
  await back.until(() => back.position === other.position && back.size?.cols === 80, 'everything');
  expect(back.text).toContain('<>');
});

test('a new page on a full-screen program sees its screen, in its size, with its modes', async () => {
  await using world = await openWorld({ sessions: { backlogBytes: 64 * 1024 } });
  await using first = await TestViewer.open({ url: world.url });
  await first.untilText(prompt);
  first.type(
    `seq 1 20000; printf '\\e[?1049h\\e[?1h\\e[?2004h\\e[H\\e[2J\\e[5;10H한글 화면\\e[8;3H'; ${done('drawn')}; cat\r`,
  );
  await first.untilText('drawn');
  await using second = await TestViewer.open({ url: world.url, size: { cols: 100, rows: 30 } });
  expect(second.attached).toMatchObject({ resume: 'screen', size: { cols: 80, rows: 24 } });
  await second.until(() => second.screen.some((line) => line.includes('한글 화면')), 'the drawing');
  await first.until(() => first.unrenderedBytes === 0, 'rendering');
  expect(second.screen).toEqual(first.screen);
  expect(second.terminal.buffer.active.type).toBe('alternate');
  expect(second.terminal.modes).toMatchObject({ applicationCursorKeysMode: true, bracketedPasteMode: true });
});

test('Hangul cut between two reads is whole on the screen', async () => {
  await using world = await openWorld();
  await using page = await TestViewer.open({ url: world.url });
  await page.untilText(prompt);
  page.type(
    `printf '\\xed'; sleep 0.05; printf '\\x95\\x9c\\xea'; sleep 0.05; printf '\\xb8\\x80\\n'; ${done('cut-done')}\r`,
  );
  await page.until(() => page.screen.includes('한글'), '한글 on the screen');
});

test('what is typed again after a lost connection is typed once', async () => {
  await using world = await openWorld();
  const first = await TestViewer.open({ url: world.url });
  await first.untilText(prompt);
  first.type('echo once');
  await first.until(() => first.inputReceived === 9, 'nine bytes received');
  first.cut();
  await first.until(() => first.closed !== undefined, 'the cut');
  await using second = await TestViewer.open({ url: world.url }, first);
  expect(second.attached?.input).toBe(9);
  second.sendInput(0, Buffer.from('echo once'));
  second.sendInput(5, Buffer.from('once-more\r'));
  await second.untilText('once-more\r\n');
  await second.untilText(/once-more\r\n[\s\S]*once-more\r\n/);
  expect(second.text).not.toContain('onceecho');
  second.sendInput(100, Buffer.from('lost'));
  await second.until(() => second.refusals.length > 0, 'the refusal of a gap');
  expect(second.refusals).toEqual(['bad-message']);
  await second.until(() => second.inputReceived === 15, 'the receipt of fifteen bytes');
});

test('a paste of 1 MB arrives whole', async () => {
  await using world = await openWorld();
  await using page = await TestViewer.open({ url: world.url });
  await page.untilText(prompt);
  const paste = Buffer.from(
    Array.from({ length: 1024 * 1024 }, (_, index) => 33 + ((index * 7919 + (index >> 9)) % 90)),
  );
  page.type(`stty raw -echo; ${done('paste-now')}; head -c ${paste.length} | sha1sum; stty sane\r`);
  await page.untilText('paste-now');
  page.type(paste);
  await page.untilText(createHash('sha1').update(paste).digest('hex'), 30_000);
  await page.until(() => page.inputReceived === page.inputSent, 'all input to be received');
});

test('the terminal has the size of who typed or focused last; who comes, goes or has another layout changes nothing', async () => {
  await using world = await openWorld();
  await using ada = await TestViewer.open({ url: world.url, viewer: 'viewer-of-ada', size: { cols: 90, rows: 20 } });
  await ada.until(() => ada.isInControl === true, 'control');
  await using bob = await TestViewer.open({ url: world.url, viewer: 'viewer-of-bob', size: { cols: 70, rows: 30 } });
  await bob.until(() => bob.isInControl === false, 'to be told that it is not in control');
  expect(bob.size).toEqual({ cols: 90, rows: 20 });
  bob.type(':\r');
  await ada.until(() => ada.size?.cols === 70 && ada.isInControl === false, "bob's size");
  await bob.until(() => bob.isInControl === true, 'control');
  ada.resize({ cols: 95, rows: 22 });
  bob.type('echo "layout $(stty size)"\r');
  await bob.untilText('layout 30 70');
  ada.resize({ cols: 100, rows: 25 }, { takeControl: true });
  await bob.until(() => bob.size?.cols === 100 && bob.isInControl === false, "ada's new size");
  ada.cut();
  await bob.until(() => bob.size?.cols === 70 && bob.isInControl === true, 'control and size after ada left');
  bob.type('stty size\r');
  await bob.untilText('30 70');
});

test('what the terminal of a viewer that is not in control answers is counted, not typed, and takes no control', async () => {
  await using world = await openWorld();
  await using ada = await TestViewer.open({ url: world.url, viewer: 'viewer-of-ada', size: { cols: 90, rows: 20 } });
  await ada.untilText(prompt);
  await using bob = await TestViewer.open({ url: world.url, viewer: 'viewer-of-bob', size: { cols: 70, rows: 30 } });
  await bob.until(() => bob.isInControl === false, 'to be told that it is not in control');
  ada.type(`stty raw -echo; ${done('asked')}; head -c 29 | od -An -c; stty sane\r`);
  await ada.untilText('asked');
  for (const answer of ['\x1b[?1;2c', '\x1b[24;80R', '\x1b[O', '\x1b]10;rgb:ff/ff/ff\x1b\\']) bob.type(answer);
  await bob.until(() => bob.inputReceived === bob.inputSent && bob.inputSent > 0, 'the answers to be received');
  expect([ada.isInControl, bob.isInControl, ada.size?.cols]).toEqual([true, false, 90]);
  ada.type('\x1b[?62;4c');
  await ada.until(() => ada.inputReceived === ada.inputSent, "ada's answer to be received");
  // Who gets the focus takes control, then says so.
  bob.resize({ cols: 70, rows: 30 }, { takeControl: true });
  await bob.until(() => bob.isInControl === true, 'control');
  bob.type('\x1b[I');
  bob.type('and what is typed.');
  await bob.untilText(/033 +\[ +\? +6 +2 +; +4 +c +033 +\[ +I +a +n +d[^\0]* d *\r?\n? +\./);
});

test('a flood of resizes reaches the program as a few, and the last one counts', async () => {
  await using world = await openWorld();
  await using page = await TestViewer.open({ url: world.url });
  await page.untilText(prompt);
  page.type(`winches=0; trap 'winches=$((winches + 1))' WINCH; ${done('trapped')}\r`);
  await page.untilText('trapped');
  for (let cols = 81; cols <= 200; cols += 1) page.resize({ cols, rows: 24 });
  await page.until(() => page.size?.cols === 200, 'the last size');
  page.type('echo "winches=$winches cols=$(stty size)"\r');
  await page.untilText(/winches=\d+ cols=24 200/);
  const [, count] = /winches=(\d+) cols/.exec(page.text) ?? [];
  expect(Number(count)).toBeGreaterThan(0);
  expect(Number(count)).toBeLessThan(20);
});

test('when the shell ends its page is told, and a new attach gets a new shell that old input never reaches', async () => {
  await using world = await openWorld();
  await using page = await TestViewer.open({ url: world.url });
  await page.untilText(prompt);
  page.type('exit 7\r');
  await page.until(() => page.exit !== undefined, 'the exit');
  expect(page.exit).toMatchObject({ exitCode: 7 });
  // What the shell read is not told as lost: the receipt comes before the end.
  expect(page.inputReceived).toBe(page.inputSent);
  page.type('touch ~/wrong-shell\r');
  await page.until(() => page.refusals.length > 0, 'a refusal');
  expect(page.refusals).toEqual(['no-such-terminal']);
  const { epoch } = page.attached ?? {};
  page.attach();
  await page.until(() => page.attachedCount === 2, 'a new shell');
  expect(page.attached?.epoch).not.toBe(epoch);
  expect(page.attached).toMatchObject({ resume: 'fresh', from: 0, input: 0 });
  page.inputSent = 0;
  page.type('ls ~/wrong-shell\r');
  await page.untilText(/cannot access/);
});

test('a page that was away when the shell ended reads its last words before anything else', async () => {
  await using world = await openWorld();
  const page = await TestViewer.open({ url: world.url });
  await page.untilText(prompt);
  page.type(`until [ -e ~/go ]; do read -t 0.02 < <(sleep 0.02); done; echo last"-"words; exit 3\r`);
  await page.untilText(/exit 3/);
  page.cut();
  await page.until(() => page.closed !== undefined, 'the cut');
  await world.lab.exec('touch ~/go', { signal: AbortSignal.timeout(5_000), timeoutMs: 5_000 });
  const [session] = world.registry.sessionsOf(world.lab.id);
  await new Promise<void>((resolve) => (session?.exit === undefined ? session?.onExit(() => resolve()) : resolve()));
  await using back = await TestViewer.open({ url: world.url }, page);
  await back.until(() => back.exit !== undefined, 'the exit');
  expect(back.text).toContain('last-words');
  expect(back.exit).toMatchObject({ exitCode: 3 });
});

test('a page that was away when the shell ended without a word gets another one when it asks', async () => {
  await using world = await openWorld();
  const page = await TestViewer.open({ url: world.url });
  await page.untilText(prompt);
  // Once it says so, nothing more is printed.
  page.type(`echo wait"-"ing; until [ -e ~/go ]; do read -t 0.02 < <(sleep 0.02); done; kill -9 $$\r`);
  await page.untilText('wait-ing\r\n');
  page.cut();
  await page.until(() => page.closed !== undefined, 'the cut');
  await world.lab.exec('touch ~/go', { signal: AbortSignal.timeout(5_000), timeoutMs: 5_000 });
  const [session] = world.registry.sessionsOf(world.lab.id);
  await new Promise<void>((resolve) => (session?.exit === undefined ? session?.onExit(() => resolve()) : resolve()));
  await using back = await TestViewer.open({ url: world.url }, page);
  await back.until(() => back.exit !== undefined, 'the exit');
  const shown = { epoch: back.attached?.epoch ?? '', from: back.position };
  expect(back.attached).toMatchObject({ resume: 'bytes', ...shown });
  back.attach(shown);
  await back.until(() => back.attachedCount === 2, 'another shell');
  expect(back.attached?.epoch).not.toBe(shown.epoch);
});

test('when the lab is gone, every terminal says so and ends', async () => {
  await using world = await openWorld();
  await using one = await TestViewer.open({ url: world.url, terminal: 't1' });
  await using two = await TestViewer.open({ url: world.url, terminal: 't2' });
  await two.untilText(prompt);
  world.registry.endLab(world.lab.id, '실습 환경이 끝났어요. / The lab has ended.');
  for (const page of [one, two]) {
    await page.until(() => page.exit !== undefined, 'the end');
    expect(page.text).toContain('실습 환경이 끝났어요. / The lab has ended.');
  }
});

test('a lab has at most so many terminals, and an ended one makes room', async () => {
  await using world = await openWorld({ sessions: { terminalsPerLab: 2 } });
  await using first = await TestViewer.open({ url: world.url, terminal: 't1' });
  await using second = await TestViewer.open({ url: world.url, terminal: 't2' });
  await using third = await TestViewer.open({ url: world.url, terminal: 't3' });
  expect(third.refusals).toEqual(['too-many']);
  await second.untilText(prompt);
  second.type('exit\r');
  await second.until(() => second.exit !== undefined, 'the exit');
  second.cut();
  await second.until(() => second.closed !== undefined, 'the cut');
  await expect
    .poll(() => world.registry.sessionsOf(world.lab.id).reduce((sum, { viewerCount }) => sum + viewerCount, 0))
    .toBe(1);
  third.attach();
  await third.until(() => third.attached !== undefined, 'a place');
  expect(first.closed).toBeUndefined();
});

test("one learner's terminal is closed to another, and a newer connection of a page replaces the older", async () => {
  await using world = await openWorld();
  await using ada = await TestViewer.open({ url: world.url });
  await using eve = await TestViewer.open({ url: world.url, learner: 'eve' });
  expect(eve.refusals).toEqual(['not-yours']);
  await using again = await TestViewer.open({ url: world.url }, ada);
  await ada.until(() => ada.closed !== undefined, 'the older connection to be closed');
  expect(ada.closed?.code).toBe(4409);
  expect(again.attached?.resume).toBe('bytes');
});

test('commands are announced by their marks, and Enter in a nested shell by a while without one', async () => {
  await using world = await openWorld();
  const events: string[] = [];
  world.registry.onOpened((session) => {
    session.onPrompt(() => events.push('prompt'));
    session.onCommandStart(() => events.push('start'));
    session.onCommandEnd(({ exitCode }) => events.push(`end ${exitCode}`));
    session.onActivity(() => events.push('activity'));
  });
  await using page = await TestViewer.open({ url: world.url });
  await page.untilText(prompt);
  page.type('false\r');
  await expect.poll(() => events).toEqual(['prompt', 'start', 'end 1', 'prompt']);
  page.type('sh\r');
  await expect.poll(() => events.slice(4), { timeout: 5_000 }).toEqual(['start', 'activity']);
  page.type('true\r');
  await expect.poll(() => events.slice(6), { timeout: 5_000 }).toEqual(['activity']);
});
