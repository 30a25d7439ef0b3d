import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { spawnPty } from '../../../server/lab/node-pty.ts';
import type { Pty, PtyExit } from '../../../server/lab/pty.ts';
import { isRunning } from '../../support/processes.ts';

const env = { PATH: '/usr/bin:/bin', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
const run = (script: string): Pty => spawnPty('bash', ['-c', script], { size: { cols: 80, rows: 24 }, env, cwd: '/' });
const exitOf = (pty: Pty) => new Promise<PtyExit>((resolve) => pty.onExit(resolve));

/** Collects bytes; says so when any come after the exit. */
function collect(pty: Pty) {
  const seen = { bytes: Buffer.alloc(0), isOver: false, late: 0 };
  pty.onExit(() => {
    seen.isOver = true;
  });
  pty.onData((bytes) => {
    seen.bytes = Buffer.concat([seen.bytes, bytes]);
    if (seen.isOver) seen.late += bytes.length;
  });
  return seen;
}

test('bytes come as they are, and exit comes after the last of them', async () => {
  const pty = run("stty -opost; printf '\\xed\\x95'; exit 3");
  const seen = collect(pty);
  expect(await exitOf(pty)).toEqual({ exitCode: 3 });
  expect(seen).toMatchObject({ bytes: Buffer.from([0xed, 0x95]), late: 0 });
});

test('what a program printed before it ended is read even while reading is paused', async () => {
  const pty = run('stty -onlcr; seq 1 900; exit 4');
  const seen = collect(pty);
  pty.onData(() => pty.pause());
  expect(await exitOf(pty)).toEqual({ exitCode: 4 });
  expect(seen.bytes.toString()).toBe(Array.from({ length: 900 }, (_, index) => `${index + 1}\n`).join(''));
  expect(seen.late).toBe(0);
});

test('a flood comes whole and in order, however often reading is paused in its midst', async () => {
  const pty = run('stty -opost; seq 1 200000');
  const hash = createHash('sha1');
  let [pieces, largest] = [0, 0];
  pty.onData((bytes) => {
    hash.update(bytes);
    largest = Math.max(largest, bytes.length);
    pieces += 1;
    if (pieces % 3 !== 0) return;
    pty.pause();
    // Now in the same turn, now after what else is waiting.
    if (pieces % 2 === 0) pty.resume();
    else setImmediate(() => pty.resume());
  });
  expect(await exitOf(pty)).toEqual({ exitCode: 0 });
  const all = Array.from({ length: 200_000 }, (_, index) => `${index + 1}\n`).join('');
  expect(hash.digest('hex')).toBe(createHash('sha1').update(all).digest('hex'));
  expect(pieces).toBeGreaterThan(10);
  expect(largest).toBeLessThanOrEqual(64 * 1024);
});

test('listeners that come late miss neither data nor exit', async () => {
  const pty = run('echo early; exit 5');
  await exitOf(pty);
  const seen = collect(pty);
  expect(await exitOf(pty)).toEqual({ exitCode: 5 });
  expect(seen.bytes.toString()).toBe('early\r\n');
});

test('a disposed listener hears nothing more', async () => {
  const pty = run('echo one; read -r; echo two');
  let heard = '';
  const subscription = pty.onData((bytes) => {
    heard += Buffer.from(bytes).toString();
  });
  await expect.poll(() => heard).toContain('one');
  subscription[Symbol.dispose]();
  pty.write(Buffer.from('\n'));
  await exitOf(pty);
  expect(heard).not.toContain('two');
});

test('a paste of 1 MB arrives whole, though its buffer is used again at once', async () => {
  const paste = Buffer.from(Array.from({ length: 1024 * 1024 }, (_, index) => 32 + ((index * 31 + (index >> 7)) % 95)));
  const pty = run(`stty raw -echo; echo ready; head -c ${paste.length} | sha1sum`);
  const seen = collect(pty);
  await expect.poll(() => seen.bytes.toString()).toContain('ready');
  const reused = Buffer.alloc(64 * 1024);
  for (let at = 0; at < paste.length; at += reused.length) {
    paste.copy(reused, 0, at, at + reused.length);
    pty.write(reused);
    reused.fill(0);
  }
  await exitOf(pty);
  expect(seen.bytes.toString()).toContain(createHash('sha1').update(paste).digest('hex'));
});

test('a program that does not read costs no busy loop', async () => {
  const pty = run('stty raw -echo; echo ready; exec sleep 30');
  const seen = collect(pty);
  await expect.poll(() => seen.bytes.toString()).toContain('ready');
  pty.write(Buffer.alloc(1024 * 1024, 'x'));
  const before = process.cpuUsage();
  const until = performance.now() + 1_000;
  await expect.poll(() => performance.now() > until, { interval: 100, timeout: 5_000 }).toBe(true);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(400);
  pty.kill();
  await exitOf(pty);
});

test('killing ends every process of the terminal, also those that ignore it', async () => {
  const pty = run("trap '' HUP; bash -c 'trap \"\" HUP; echo child $$; while :; do sleep 1; done' & wait");
  const seen = collect(pty);
  await expect.poll(() => seen.bytes.toString()).toMatch(/child \d+/);
  const child = Number(/child (\d+)/.exec(seen.bytes.toString())?.[1]);
  pty.kill();
  pty.kill();
  expect(await exitOf(pty)).toMatchObject({ signal: 9 });
  await expect.poll(() => isRunning(child)).toBe(false);
});

test('in a line that the kernel edits Backspace takes a whole syllable', async () => {
  const pty = run('echo ready; read -r line; printf "%s" "$line" | od -An -tx1');
  const seen = collect(pty);
  await expect.poll(() => seen.bytes.toString()).toContain('ready');
  pty.write(Buffer.from('가나\x7f다\n'));
  await exitOf(pty);
  expect(seen.bytes.toString()).toContain(Buffer.from('가다').toString('hex').replaceAll(/(..)/g, ' $1'));
});

test('a program that cannot be executed ends, and says why', async () => {
  const pty = spawnPty('/nowhere/program', [], { size: { cols: 80, rows: 24 }, env, cwd: '/' });
  const seen = collect(pty);
  expect(await exitOf(pty)).toMatchObject({ exitCode: 1 });
  expect(seen.bytes.toString()).toContain('No such file');
});

test('terminals that print at once do not mix', async () => {
  const letters = ['a', 'b', 'c'];
  const all = await Promise.all(
    letters.map(async (letter) => {
      const pty = run(`stty -opost; yes ${letter.repeat(63)} | head -n 20000`);
      const seen = { bytes: 0, others: 0 };
      pty.onData((bytes) => {
        seen.bytes += bytes.length;
        for (const byte of bytes) if (byte !== 0x0a && byte !== letter.charCodeAt(0)) seen.others += 1;
      });
      await exitOf(pty);
      return seen;
    }),
  );
  expect(all).toEqual(letters.map(() => ({ bytes: 64 * 20_000, others: 0 })));
});

test('a new size is seen by the program', async () => {
  const pty = run('stty size; read -r; stty size');
  const seen = collect(pty);
  await expect.poll(() => seen.bytes.toString()).toContain('24 80');
  pty.resize({ cols: 132, rows: 43 });
  pty.write(Buffer.from('\n'));
  await exitOf(pty);
  expect(seen.bytes.toString()).toContain('43 132');
});
