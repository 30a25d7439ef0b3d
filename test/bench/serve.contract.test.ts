/** The door for clients that measure: the real protocol to any program, never in production. */
import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { TestViewer } from '../support/terminal-viewer.ts';

const script = new URL('../../bench/serve.ts', import.meta.url).pathname;

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env },
  });
  const printed = { out: '', error: '' };
  child.stdout.on('data', (bytes) => (printed.out += String(bytes)));
  child.stderr.on('data', (bytes) => (printed.error += String(bytes)));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { printed, exited, end: () => child.kill('SIGTERM') };
}

test('serves a program with its arguments by the protocol, and ends it', async () => {
  const door = start(['--port', '0', '--program', 'sh', '-c', 'echo "$0 $1"; exec cat', 'first', '--second']);
  await expect.poll(() => door.printed.out, { timeout: 20_000 }).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/ws\/terminal\n$/);
  const url = door.printed.out.trim().replace('/ws/terminal', '');
  await using page = await TestViewer.open({ url });
  await page.untilText('first --second\r\n');
  page.type('echoed\r');
  await page.untilText('echoed\r\nechoed\r\n');
  await using another = await TestViewer.open({ url, learner: 'bob' });
  await another.untilText('first --second\r\n');
  expect(another.text).not.toContain('echoed');
  door.end();
  expect(await door.exited).toBe(0);
});

test('is refused in production, in the language of the reader', async () => {
  for (const env of [{ NODE_ENV: 'production' }, { TADAK_PRODUCTION: 'true' }]) {
    const door = start(['--port', '0', '--program', 'sh'], { ...env, LANG: 'ko_KR.UTF-8' });
    expect(await door.exited).toBe(1);
    expect(door.printed.error).toContain('개발과 측정 전용');
    expect(door.printed.out).toBe('');
  }
});

test('says what it does not understand', async () => {
  const lines: readonly (readonly string[])[] = [
    [],
    ['--port', '99999', '--program', 'sh'],
    ['--program'],
    ['--what', '1'],
  ];
  for (const line of lines) {
    const door = start(line);
    expect(await door.exited, line.join(' ')).toBe(2);
    expect(door.printed.error, line.join(' ')).toContain(line[0] ?? '--program');
  }
});
