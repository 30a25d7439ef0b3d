import { expect, test } from 'vitest';
import { Backlog } from '../../../server/session/backlog.ts';
import { CommandHistory } from '../../../server/session/command-history.ts';
import { CommandLog, maxLoggedCommands } from '../../../server/session/command-log.ts';
import { CommandMarks } from '../../../server/session/command-marks.ts';
import { renderCommand } from '../../../server/session/command-text.ts';

const prompt = '\x1b]133;A\x07\x1b[1mroot@lab\x1b[0m:~# \x1b]133;B\x07';
const begin = (line: string) => `\r\n\x1b]633;E;${line}\x07\x1b]133;C\x07`;
const end = (exitCode: number) => `\x1b]133;D;${exitCode}\x07`;

/** A terminal that printed `output`, handed over in pieces of seven bytes; its clock ticks once a mark. */
function printed(output: string, capacityBytes = 1 << 20) {
  let clock = 0;
  const backlog = new Backlog({ capacityBytes });
  const commands = new CommandLog(() => ++clock);
  const marks = new CommandMarks((mark, range) => commands.handleMark(mark, range));
  const bytes = Buffer.from(output);
  for (let at = 0; at < bytes.length; at += 7) {
    const piece = bytes.subarray(at, at + 7);
    backlog.append(piece);
    marks.scan(piece);
  }
  return new CommandHistory({ commands, backlog, size: () => ({ cols: 20, rows: 5 }) });
}

test('a command has its line, its output as it looked, its exit code and its times', async () => {
  const history = printed(
    `${prompt}x\b \bls${begin('ls -l')}\x1b[31mred\x1b[0m\r\n 0%\r50%\r100%\r\n한글 ${'long '.repeat(8)}end\r\n${end(2)}${prompt}`,
  );
  expect(await history.list({})).toEqual([
    {
      ...{ number: 1, line: 'ls -l', startedAt: 1, endedAt: 2, exitCode: 2, isCut: false },
      output: `red\n100%\n한글 ${'long '.repeat(8)}end`,
    },
  ]);
});

test('what was typed is read from the prompt where the shell does not say it', async () => {
  const history = printed(`${prompt}ecko\b\b\bcho 가 ${'x'.repeat(30)}\r\n\x1b]133;C\x07가\r\n${end(0)}`);
  expect(await history.list({})).toMatchObject([{ line: `echo 가 ${'x'.repeat(30)}`, output: '가' }]);
});

test('a running command shows what it printed so far, a shell in a shell keeps both apart', async () => {
  const history = printed(
    `${prompt}${begin('bash')}welcome\r\n${prompt}${begin('true')}${end(0)}${prompt}${begin('tail')}line`,
  );
  expect(await history.list({})).toMatchObject([
    { number: 1, line: 'bash', output: 'welcome' },
    { number: 2, line: 'true', output: '', exitCode: 0 },
    { number: 3, line: 'tail', output: 'line' },
  ]);
  expect((await history.list({}))[2]).not.toHaveProperty('endedAt');
  expect((await history.list({ latest: 1 })).map(({ number }) => number)).toEqual([3]);
  expect((await history.list({ from: 2 })).map(({ number }) => number)).toEqual([2, 3]);
});

test('a full-screen program and a cleared screen leave no output', async () => {
  const history = printed(
    `${prompt}${begin('vi')}\x1b[?1049h\x1b[2Jtext\x1b[?1049l${end(0)}${prompt}${begin('clear')}\x1b[H\x1b[2J\x1b[3J${end(0)}`,
  );
  expect((await history.list({})).map(({ output }) => output)).toEqual(['', '']);
});

test('output that is no longer kept is told from none, and half of it is marked', async () => {
  const history = printed(
    `${prompt}${begin('old')}gone\r\n${end(0)}${prompt}${begin('seq')}${'a line\r\n'.repeat(4000)}${end(0)}`,
    8 * 1024,
  );
  const [old, half] = await history.list({});
  expect(old).not.toHaveProperty('output');
  expect(old).toMatchObject({ line: 'old', exitCode: 0 });
  expect(half).toMatchObject({ line: 'seq', isCut: true });
  expect(half?.output?.endsWith('a line\na line')).toBe(true);
});

test('only the latest commands are remembered', async () => {
  const history = printed(`${begin('x')}${end(0)}`.repeat(maxLoggedCommands + 3));
  const numbers = (await history.list({})).map(({ number }) => number);
  expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([maxLoggedCommands, 4, maxLoggedCommands + 3]);
});

test('more lines than are read leave the last ones, marked', async () => {
  const output = Buffer.from(Array.from({ length: 12_000 }, (_, index) => `${index}\r\n`).join(''));
  const text = await renderCommand({ prompt: new Uint8Array(0), output, size: { cols: 80, rows: 24 } });
  expect(text.isCut).toBe(true);
  expect(text.output.endsWith('\n11998\n11999')).toBe(true);
});
