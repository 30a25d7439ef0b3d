import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Asciicast } from '../../../server/recording/asciicast.ts';
import type { RecordedTerminal } from '../../../server/recording/recorder.ts';
import type { ShelfLimits } from '../../../server/recording/recording-shelf.ts';
import { Listeners } from '../../../server/session/listeners.ts';
import type { LearnerId, TerminalName } from '../../../src/course/ids.ts';
import type { TerminalSize } from '../../../src/protocol/terminal.ts';
import { keptMs, openTestShelf } from '../../support/test-shelf.ts';

const ada = 'ada' as LearnerId;
const t1 = 't1' as TerminalName;

/** A terminal that a test speaks for; its screen shows "before". */
function fakeTerminal() {
  const output = new Listeners<Uint8Array>();
  const resize = new Listeners<TerminalSize>();
  const exit = new Listeners<void>();
  const terminal: RecordedTerminal = {
    size: { cols: 80, rows: 24 },
    onOutput: (listener) => output.add(listener),
    onResize: (listener) => resize.add(listener),
    onExit: (listener) => exit.add(listener),
    drawScreen: async () => ({ bytes: Buffer.from('before') }),
  };
  return { terminal, output, resize, exit };
}

function openShelf(limits: Partial<ShelfLimits> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tadak-shelf-'));
  const clock = { now: Date.UTC(2026, 0, 1) };
  const open = () => openTestShelf(folder, () => clock.now, limits);
  let shelf = open();
  return {
    clock,
    get shelf() {
      return shelf;
    },
    restart: async () => {
      await shelf[Symbol.asyncDispose]();
      shelf = open();
    },
    [Symbol.asyncDispose]: async () => {
      await shelf[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

test('an asciicast has a header, then output and sizes with their times; a cut character waits for its rest', () => {
  const cast = new Asciicast(1000);
  expect(JSON.parse(cast.header({ cols: 80, rows: 24 }, 1_700_000_000))).toMatchObject({
    ...{ version: 2, width: 80, height: 24, timestamp: 1_700_000_000 },
  });
  const bytes = Buffer.from('가\x1b[0m\r\n');
  expect(cast.output(bytes.subarray(0, 2), 1100)).toBe('');
  expect(JSON.parse(cast.output(bytes.subarray(2), 1250.5))).toEqual([0.2505, 'o', '가\x1b[0m\r\n']);
  expect(JSON.parse(cast.resize({ cols: 100, rows: 30 }, 2000))).toEqual([1, 'r', '100x30']);
});

test('a recording begins with the screen, holds what follows in order, and is for its owner only', async () => {
  await using world = openShelf();
  const { terminal, output, resize } = fakeTerminal();
  const told: string[] = [];
  world.shelf.onChange((learner) => told.push(learner));
  world.shelf.start(ada, t1, terminal);
  // Comes while the screen is still being drawn.
  output.emit(Buffer.from('early'));
  resize.emit({ cols: 90, rows: 20 });
  expect(world.shelf.list(ada)).toMatchObject([{ terminal: 't1', startedAt: world.clock.now }]);
  expect(world.shelf.list(ada)[0]).not.toHaveProperty('endedAt');
  await world.shelf.stop(ada, t1);
  output.emit(Buffer.from('late'));
  const [view] = world.shelf.list(ada);
  const path = world.shelf.pathOf(ada, view?.id ?? '');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.slice(1).map((line) => JSON.parse(line).slice(1))).toEqual([
    ['o', 'early'],
    ['r', '90x20'],
  ]);
  expect(view).toMatchObject({ bytes: statSync(path).size });
  expect(view).toHaveProperty('endedAt');
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(told).toEqual(['ada', 'ada']);
  expect(() => world.shelf.pathOf('mallory' as LearnerId, view?.id ?? '')).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );
  expect(() => world.shelf.pathOf(ada, '../ada/x')).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test('the screen comes first when there was time to draw it', async () => {
  await using world = openShelf();
  const { terminal, output } = fakeTerminal();
  world.shelf.start(ada, t1, terminal);
  await new Promise(setImmediate);
  output.emit(Buffer.from('after'));
  await world.shelf.stop(ada, t1);
  const text = readFileSync(world.shelf.pathOf(ada, world.shelf.list(ada)[0]?.id ?? ''), 'utf8');
  expect(text.indexOf('before')).toBeGreaterThan(0);
  expect(text.indexOf('after')).toBeGreaterThan(text.indexOf('before'));
});

test('a recording ends with its shell, and when it is as large as it may be', async () => {
  await using world = openShelf({ maxBytes: 1000 });
  const [first, second] = [fakeTerminal(), fakeTerminal()];
  world.shelf.start(ada, t1, first.terminal);
  world.shelf.start(ada, 't2' as TerminalName, second.terminal);
  await new Promise(setImmediate);
  first.exit.emit();
  for (let count = 0; count < 10; count += 1) second.output.emit(Buffer.from('x'.repeat(300)));
  await expect.poll(() => world.shelf.list(ada).map(({ endedAt }) => endedAt !== undefined)).toEqual([true, true]);
  const views = world.shelf.list(ada);
  expect(views.map(({ terminal, endedBy }) => [terminal, endedBy])).toEqual([
    ['t1', undefined],
    ['t2', 'limit'],
  ]);
  await world.restart();
  const sizes = world.shelf.list(ada).map(({ bytes }) => bytes);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
  expect(Math.min(...sizes)).toBeGreaterThan(50);
  for (const { id } of world.shelf.list(ada)) {
    const lines = readFileSync(world.shelf.pathOf(ada, id), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => typeof JSON.parse(line))).not.toContain('string');
  }
});

test('recordings are kept over a restart and deleted after their time, the oldest also when there are too many', async () => {
  await using world = openShelf({ most: 2 });
  for (let count = 0; count < 3; count += 1) {
    world.clock.now += 1000;
    world.shelf.start(ada, t1, fakeTerminal().terminal);
    await world.shelf.stop(ada, t1);
  }
  await world.restart();
  const starts = world.shelf.list(ada).map(({ startedAt }) => startedAt);
  expect(starts).toEqual([world.clock.now - 1000, world.clock.now]);
  // Files carry the time of this machine.
  world.clock.now = Date.now() + keptMs - 60_000;
  world.shelf.sweep();
  expect(world.shelf.list(ada)).toHaveLength(2);
  world.clock.now = Date.now() + keptMs + 60_000;
  world.shelf.sweep();
  expect(world.shelf.list(ada)).toEqual([]);
});

test('a recording can be thrown away while it runs, and nothing is recorded where nothing may be', async () => {
  await using world = openShelf();
  world.shelf.start(ada, t1, fakeTerminal().terminal);
  await world.shelf.remove(ada, world.shelf.list(ada)[0]?.id ?? '');
  expect(world.shelf.list(ada)).toEqual([]);
  await using never = openShelf({ keepMs: 0 });
  expect(() => never.shelf.start(ada, t1, fakeTerminal().terminal)).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );
});
