/** What the terminals of every kind of lab must do. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Lab } from '../../server/lab/lab.ts';
import { expectNone, expectSome, openWatched, runTag } from './lab-provider.ts';

/** Declares the tests. */
export function declareTerminalTests(getLab: () => Lab): void {
  test('a terminal brings Hangul through untouched', async () => {
    const terminal = await openWatched(getLab());
    terminal.type("printf '[%s]\\n' 타닥-가각힣😀");
    await terminal.waitFor(/\n\[타닥-가각힣😀\]/);
    terminal.type('printf 타닥 | wc -c');
    expect(Number((await terminal.waitFor(/\n(\d+)\r/))[1])).toBe(6);
    terminal.pty.kill();
    await terminal.exit;
  });

  test('a terminal has the size it was given, and each new one', async () => {
    const terminal = await openWatched(getLab());
    terminal.type('stty size');
    await terminal.waitFor(/\n24 80\r/);
    terminal.pty.resize({ cols: 133, rows: 41 });
    for (;;) {
      // The new size travels beside the bytes: it may arrive a little after what is typed.
      terminal.type('stty size');
      if ((await terminal.waitFor(/\n(\d+ \d+)\r/))[1] === '41 133') break;
    }
    terminal.pty.kill();
    await terminal.exit;
  });

  test('a paused terminal gives nothing, and loses nothing once it goes on', async () => {
    const terminal = await openWatched(getLab());
    const { pty } = terminal;
    terminal.type('stty -echo -onlcr; printf "\\nrea%s\\n" dy');
    await terminal.waitFor(/\nready\n/);
    const total = 5 * 1024 * 1024;
    const before = terminal.bytes().length;
    terminal.type(`printf 'BEG%s' IN; seq 1 1000000 | head -c ${total}; printf 'EN%s' D`);
    await terminal.waitFor(/BEGIN/);
    pty.pause();
    await delay(300);
    const paused = terminal.bytes().length;
    await delay(1_500);
    expect(terminal.bytes().length).toBe(paused);
    expect(paused - before).toBeLessThan(total);
    pty.resume();
    await terminal.waitFor(/END/, 240_000);
    const seen = terminal.bytes().toString('latin1');
    const sent = seen.slice(seen.lastIndexOf('BEGIN') + 5, seen.lastIndexOf('END'));
    expect(sent.length).toBe(total);
    expect(sha1(sent)).toBe(
      sha1(
        Array.from({ length: 1_000_000 }, (_, i) => `${i + 1}\n`)
          .join('')
          .slice(0, total),
      ),
    );
    pty.kill();
    await terminal.exit;
  });

  test('killing a terminal ends its programs and is told once', async () => {
    const lab = getLab();
    const terminal = await openWatched(lab);
    let exits = 0;
    terminal.pty.onExit(() => (exits += 1));
    terminal.type(`sleep 4340.${runTag}`);
    await expectSome(lab, `sleep 434[0].${runTag}`);
    terminal.pty.kill();
    terminal.pty.kill();
    await terminal.exit;
    await expectNone(lab, `sleep 434[0].${runTag}`);
    expect(exits).toBe(1);
  });

  test('a shell that ends by itself gives its exit status', async () => {
    const terminal = await openWatched(getLab());
    terminal.type('exit 9');
    expect((await terminal.exit).exitCode).toBe(9);
  });

  test('a terminal marks where a command begins and ends, and how it ended', async () => {
    const terminal = await openWatched(getLab());
    terminal.type('(exit 3)');
    const marks = () =>
      terminal
        .bytes()
        .toString('latin1')
        .match(/(?<=\u001b\]133;)(?:[AC]|D;\d+)/g)
        ?.join(' ');
    await expect.poll(marks, { timeout: 60_000 }).toMatch(/A.* C D;3\b/);
    terminal.pty.kill();
    await terminal.exit;
  });

  test('two terminals are two shells', async () => {
    const lab = getLab();
    const [one, two] = await Promise.all([openWatched(lab), openWatched(lab)]);
    one.type('word=first; echo "<$word>"');
    two.type('echo "<$word>"');
    await one.waitFor(/\n<first>/);
    await two.waitFor(/\n<>/);
    one.pty.kill();
    two.pty.kill();
    await Promise.all([one.exit, two.exit]);
  });
}

function sha1(text: string): string {
  return createHash('sha1').update(text, 'latin1').digest('hex');
}
