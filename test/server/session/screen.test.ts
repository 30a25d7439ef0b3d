import { createRequire } from 'node:module';
import type { IBufferLine, Terminal } from '@xterm/headless';
import { expect, test } from 'vitest';
import { Backlog } from '../../../server/session/backlog.ts';
import { classifyOutput } from '../../../server/session/plain-output.ts';
import { Screen, scrollbackLines } from '../../../server/session/screen.ts';
import { createRandom } from '../../support/deterministic.ts';

const require = createRequire(import.meta.url);
const headless = require('@xterm/headless') as typeof import('@xterm/headless');
const graphemes = require('@xterm/addon-unicode-graphemes') as typeof import('@xterm/addon-unicode-graphemes');

const size = { cols: 80, rows: 24 };

/** A terminal that shows what it is given, and what it shows as text. */
function openReference() {
  const terminal = new headless.Terminal({ ...size, scrollback: scrollbackLines, allowProposedApi: true });
  terminal.loadAddon(new graphemes.UnicodeGraphemesAddon());
  const write = (bytes: Uint8Array | string) => new Promise<void>((resolve) => terminal.write(bytes, resolve));
  return { terminal, write, shown: () => describeTerminal(terminal) };
}

/** What a user sees: every line with the colours of its characters, the cursor, and what the keyboard and mouse do. */
function describeTerminal(terminal: Terminal): string[] {
  const { active, normal } = terminal.buffer;
  const lines = [normal, active].flatMap((buffer) =>
    Array.from({ length: buffer.length }, (_, row) => describeLine(buffer.getLine(row))),
  );
  return [...lines, `${active.type} ${active.cursorX},${active.cursorY} ${JSON.stringify(terminal.modes)}`];
}

function describeLine(line: IBufferLine | undefined): string {
  const cells = Array.from({ length: line?.length ?? 0 }, (_, column) => line?.getCell(column));
  const text = cells.map((cell) => {
    const characters = cell?.getChars() || ' ';
    return characters === ' ' || cell === undefined
      ? ' '
      : `${characters}${cell.getFgColor()}${cell.isBold() ? 'b' : ''}`;
  });
  return text.join('').trimEnd();
}

function openScreen(capacityBytes: number) {
  const backlog: Backlog = new Backlog({ capacityBytes, onDrop: (end) => screen.advance(end) });
  const screen: Screen = new Screen({ backlog, size, onPressure: () => {} });
  return { backlog, screen };
}

const line = (index: number) =>
  `line ${index} \x1b[3${index % 8}m한글\x1b[K 색깔 \x1b[1mtext ${index * 7919}\x1b[0m\r\n`;
const lines = (from: number, count: number) => Array.from({ length: count }, (_, index) => line(from + index)).join('');

/** Kinds of output, each a piece of a session. */
const pieces: ((n: number) => string)[] = [
  (n) => lines(n, 12_000),
  (n) => lines(n, 3),
  (n) => Array.from({ length: 40_000 }, (_, index) => `${n + index}\r\n`).join(''),
  (n) => `\x1b[2J\x1b[${(n % 20) + 1};5Hhere\x1b[7mreverse`,
  (n) => `\x1b[?1049h\x1b[H\x1b[2J${lines(n, 30)}\x1b[5;1Hfull screen\x1b[?25l`,
  () => '\x1b[?1049l\x1b[?25h\x1b[0m',
  (n) => Array.from({ length: 3_000 }, (_, index) => `\rprogress ${n + index} %\x1b[K`).join(''),
  () => 'a👨‍👩‍👧b e\u0301 ✅ ᄒ\u1161ᆫ\r\n',
  (n) => `\x1b[38;5;${n % 256}mleft in colour\r\n`,
  // Cleared first: the add-on cannot write a wrapped line whose beginning was scrolled out of a region.
  () => '\x1b[2J\x1b[3;10r\x1b[3;1H',
  () => '\x1b[r',
  () => '\x1b[?2004h\x1b[?1000h\x1b[?1006h',
  (n) => `${'very long line '.repeat(n % 2_000)}\r\n`,
  (n) => Array.from({ length: 5_000 }, (_, index) => `bare ${n + index}\n`).join(''),
  () => '\x1b]0;title\x07\x1bP+q\x1b\\',
  () => '\x1b)0\x0elqqk',
  () => '\x0f\x1b(0lqqk\x1b(B',
  (n) => `\x1b[${(n % 20) + 1};7H\x1b7\x1b[9;1H`,
  () => '\x1b8back',
];

test('a snapshot shows what a terminal shows that was given everything, however much left the backlog', async () => {
  const random = createRandom(20);
  let skippedBytes = 0;
  for (let session = 0; session < 4; session += 1) {
    const { backlog, screen } = openScreen(512 * 1024);
    const reference = openReference();
    const told: string[] = [];
    for (let step = 0; step < 14; step += 1) {
      const kind = random(3) === 0 ? 0 : random(pieces.length);
      told.push(String(kind));
      const bytes = Buffer.from(pieces[kind]?.(random(10_000)) ?? '');
      if (classifyOutput(bytes).kind === 'plain') skippedBytes += bytes.length;
      for (let at = 0; at < bytes.length; at += 4095) backlog.append(bytes.subarray(at, at + 4095));
      await reference.write(bytes);
      if (random(3) > 0 && step < 13) continue;
      const snapshot = await screen.snapshot();
      expect(snapshot.seq).toBe(backlog.end);
      const restored = openReference();
      await restored.write(snapshot.bytes);
      expect(restored.shown(), `after ${told.join(' ')}`).toEqual(reference.shown());
    }
    screen[Symbol.dispose]();
  }
  expect(skippedBytes).toBeGreaterThan(4 * 1024 * 1024);
}, 120_000);

test('lines are recognised wherever a piece begins, also between CR and LF, with the colours left in force', () => {
  expect(classifyOutput(Buffer.from('\nab\r\n\x1b[31mcd\r\nrest'))).toEqual({
    ...{ kind: 'plain', firstLine: 5, lastLine: 14, lines: 3, colours: '\x1b[31m' },
  });
  expect(classifyOutput(Buffer.from('\x1b[1ma\x1b[0m\x1b[32mb\r\n\x1b[4mc\x1b[K\r\n\x1b[7m'))).toMatchObject({
    colours: '\x1b[0m\x1b[32m\x1b[4m',
  });
  const others = [
    '\n',
    'a\n',
    'a\r\n\x1b[2J\r\n',
    'a\r\n\x0e\r\n',
    'a\r\n\xc2\x9bm\r\n',
    'a\r\n\x1b[1\r\n',
    `${'\x1b[1m'.repeat(201)}a\r\n`,
  ];
  for (const text of others)
    expect(classifyOutput(Buffer.from(text, 'latin1')), JSON.stringify(text)).toEqual({ kind: 'other' });
});

test('a flood of lines is passed over at more than 10 MB/s on a busy machine', async () => {
  const { backlog, screen } = openScreen(2 * 1024 * 1024);
  const bytes = Buffer.from(lines(0, 20_000));
  const startedAt = performance.now();
  for (let round = 0; round < 20; round += 1) {
    for (let at = 0; at < bytes.length; at += 4095) backlog.append(bytes.subarray(at, at + 4095));
  }
  await screen.snapshot();
  const mbPerSecond = (20 * bytes.length) / 1000 / (performance.now() - startedAt);
  console.log(`flood passed over at ${mbPerSecond.toFixed(0)} MB/s`);
  expect(mbPerSecond).toBeGreaterThan(10);
});

test('hidden cursor, mouse encoding and scroll region come back with a snapshot', async () => {
  const { backlog, screen } = openScreen(64 * 1024);
  backlog.append(Buffer.from('\x1b[?25l\x1b[?1002h\x1b[?1006h\x1b[?2004h\x1b[5;20r\x1b[6;3Habc'));
  const text = Buffer.from((await screen.snapshot()).bytes).toString();
  for (const sequence of ['\x1b[?25l', '\x1b[?1002h', '\x1b[?1006h', '\x1b[?2004h', '\x1b[5;20r'])
    expect(text).toContain(sequence);
  const restored = openReference();
  await restored.write(text);
  expect([restored.terminal.buffer.active.cursorX, restored.terminal.buffer.active.cursorY]).toEqual([5, 5]);
});

test('the second screen is drawn in its own colours, whatever colour is in force', async () => {
  const { backlog, screen } = openScreen(64 * 1024);
  const reference = openReference();
  const restored = openReference();
  const output = '\x1b[?1049h\x1b[Hplain\r\n\x1b[38;5;148mcoloured\r\n';
  backlog.append(Buffer.from(output));
  await reference.write(output);
  await restored.write((await screen.snapshot()).bytes);
  for (const terminal of [reference, restored]) await terminal.write('still coloured');
  expect(restored.shown()).toEqual(reference.shown());
  screen[Symbol.dispose]();
});

test('lines are not passed over while they scroll in a part of the screen', async () => {
  const { backlog, screen } = openScreen(128 * 1024);
  const reference = openReference();
  const print = async (text: string) => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 4095) backlog.append(bytes.subarray(at, at + 4095));
    await reference.write(bytes);
  };
  // Rows 1 and 2 are above the region: lines that the cursor comes by after it went home stay there.
  await print(`\x1b[3;10r\x1b[3;1H${lines(0, 3_000)}\x1b[?1049l`);
  // The screen is drawn when the beginning of a line has room before the memory that its output is kept in goes on elsewhere.
  const toSeam = 32 * 1024 - ((backlog.end - 28 * 1024) % (32 * 1024));
  await print('\x1b[m'.repeat((toSeam - 8) / 3));
  await screen.snapshot();
  await print(lines(467, 12_000));
  const restored = openReference();
  await restored.write((await screen.snapshot()).bytes);
  expect(restored.shown()).toEqual(reference.shown());
  screen[Symbol.dispose]();
});

test('line drawing, the shift to it and the saved cursor go on after a snapshot', async () => {
  const beginnings = [
    '\x1b(0lqk',
    '\x1b)0\x0elqk',
    '\x1b)0\x0elqk\x0f',
    '\x1b*0\x1bnlqk',
    '\x1b(0\x1bclqk',
    '\x1b(0lqk\x1b[!p',
    '\x1b)0\x0e\x1bc',
    '\x1b[5;9H\x1b7\x1b[2;2Hx',
    '\x1b[3;8r\x1b[5;9H\x1b[s\x1b[2;2Hx',
    `\x1b[20;9H\x1b7${'scrolled\r\n'.repeat(30)}`,
    '\x1b[5;9H\x1b7\x1b[?1049h\x1b[7;3H\x1b7\x1b[H',
    '\x1b[?1049h\x1b[7;3H\x1b7\x1b[?1049l',
  ];
  for (const beginning of beginnings) {
    const { backlog, screen } = openScreen(64 * 1024);
    const reference = openReference();
    const restored = openReference();
    backlog.append(Buffer.from(beginning));
    await reference.write(beginning);
    await restored.write((await screen.snapshot()).bytes);
    for (const rest of ['xqx', '\x0eqqq\x0f', '\x1b8here', '\x1b[?1049l\x1b8there']) {
      await reference.write(rest);
      await restored.write(rest);
      expect(restored.shown(), `${JSON.stringify(beginning)}, then ${JSON.stringify(rest)}`).toEqual(reference.shown());
    }
    screen[Symbol.dispose]();
  }
});

test('the size changes between the bytes before and after', async () => {
  const { backlog, screen } = openScreen(64 * 1024);
  const reference = openReference();
  const before = 'x'.repeat(100);
  const after = 'y'.repeat(100);
  backlog.append(Buffer.from(before));
  screen.resize({ cols: 40, rows: 10 });
  backlog.append(Buffer.from(after));
  await reference.write(before);
  reference.terminal.resize(40, 10);
  await reference.write(after);
  const restored = openReference();
  restored.terminal.resize(40, 10);
  await restored.write((await screen.snapshot()).bytes);
  expect(restored.shown()).toEqual(reference.shown());
});

test('output that is cut within a character or a sequence goes on as a whole after the snapshot', async () => {
  const whole =
    '한\x1b[1;31mred\x1b]0;title\x07\x1b(B\x1b[?25h\x1bP+q\x1b\\\x1b[2;5H\x1b[4 q👍|\x18\x1b]8;;https://tadak.example\x1b\\link';
  const bytes = Buffer.from(whole);
  const reference = openReference();
  await reference.write(bytes);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const { backlog, screen } = openScreen(64 * 1024);
    backlog.append(bytes.subarray(0, cut));
    const snapshot = await screen.snapshot();
    backlog.append(bytes.subarray(cut));
    const page = openReference();
    await page.write(snapshot.bytes);
    await page.write(backlog.copy(snapshot.seq, backlog.end));
    expect(page.shown(), JSON.stringify(bytes.subarray(0, cut).toString())).toEqual(reference.shown());
    screen[Symbol.dispose]();
  }
});

test('a character that is cut where the backlog begins another piece is as wide as on the page', async () => {
  for (const character of ['✅', '❤\ufe0f', 'e\u0301', '1\ufe0f\u20e3']) {
    for (let cut = 0; cut <= Buffer.byteLength(character); cut += 1) {
      const text = `${'\r'.repeat(4096 - cut)}${character}\x1b[10Gx`;
      const { backlog, screen } = openScreen(64 * 1024);
      backlog.append(Buffer.from(text));
      const [reference, restored] = [openReference(), openReference()];
      await reference.write(text);
      await restored.write((await screen.snapshot()).bytes);
      expect(restored.shown(), `${character} after ${cut} bytes`).toEqual(reference.shown());
      screen[Symbol.dispose]();
    }
  }
});
