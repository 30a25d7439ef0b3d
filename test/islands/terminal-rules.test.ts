import { expect, test } from 'vitest';
import { terminalWords } from '../../src/i18n/terminal-words.ts';
import { retryPauseMs } from '../../src/islands/retry.ts';
import { createCommandSpeech } from '../../src/islands/terminal-pane/command-speech.ts';
import { formatTranscript } from '../../src/islands/terminal-pane/history/transcript.ts';
import { actionOf } from '../../src/islands/terminal-pane/key-bindings.ts';
import { mayAnswer } from '../../src/islands/terminal-pane/may-answer.ts';
import { hide, openNext } from '../../src/islands/terminal-pane/open-terminals.ts';
import { countLines, encodePaste } from '../../src/islands/terminal-pane/pasting.ts';
import { parseSettings } from '../../src/islands/terminal-pane/settings.ts';
import { parseProgress, sanitizeTitle } from '../../src/islands/terminal-pane/tab-note.ts';
import { leastContrast, themes } from '../../src/islands/terminal-pane/themes.ts';
import { touchKeyData, withModifiers } from '../../src/islands/terminal-pane/touch-keys.ts';
import { keysForCommand } from '../../src/islands/terminal-pane/type-command.ts';
import { isTerminalAnswer } from '../../src/protocol/terminal-answer.ts';
import { until } from './support/until.ts';

const key = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, isComposing: false };
const emptyPrompt = { text: '', isExact: true };
const atPrompt = { prompt: emptyPrompt, isBracketed: true, runAtOnce: false, justTyped: undefined };

test('pauses double up to a limit and are spread over their upper half', () => {
  const options = { firstMs: 400, mostMs: 15_000 };
  expect([0, 1, 2, 9].map((attempt) => retryPauseMs(attempt, { ...options, random: () => 1 }))).toEqual([
    400, 800, 1600, 15_000,
  ]);
  expect(retryPauseMs(0, { ...options, random: () => 0 })).toBe(200);
});

test('what a terminal answers by itself is told from what a person types', () => {
  const answers = [
    '\x1b[?62;4c',
    '\x1b[>0;276;0c',
    '\x1b[24;80R',
    '\x1b[0n',
    '\x1b[?2004;1$y',
    '\x1b]10;rgb:ff/ff/ff\x1b\\',
    '\x1b[I',
    '\x1bP1$r0m\x1b\\',
  ];
  expect(answers.filter((data) => !isTerminalAnswer(data))).toEqual([]);
  const typed = [
    'c',
    '한글',
    '\r',
    '\x1b',
    '\x1b[A',
    '\x1bOP',
    '\x1b[3~',
    '\x1b[1;5C',
    '\x1b[200~paste c\x1b[201~',
    'ls\r',
  ];
  expect(typed.filter(isTerminalAnswer)).toEqual([]);
});

test('a text made to be read in many ways costs no time', () => {
  for (const unit of ['\x1b]\x07', '\x1b[?$y', '\x1bP\x1b\\', '\x1b[I']) {
    const many = unit.repeat(Math.floor(4096 / unit.length));
    expect([isTerminalAnswer(many), isTerminalAnswer(`${many.slice(0, -1)}!`)]).toEqual([true, false]);
  }
});

test('only the page in control answers; who gets the focus says so at once, and nothing waits for a connection', () => {
  const [question, focus, blur] = ['\x1b[24;80R', '\x1b[I', '\x1b[O'];
  const answers = (isOurs: boolean, isAttached: boolean) =>
    [question, focus, blur].map((data) => mayAnswer(data, { isOurs, isAttached }));
  expect(answers(true, true)).toEqual([true, true, true]);
  expect(answers(false, true)).toEqual([false, true, false]);
  expect(answers(true, false)).toEqual([true, false, false]);
});

test('every text colour has a contrast of at least 4.5 to 1, and of 7 to 1 where contrast is asked for', () => {
  for (const [name, theme] of Object.entries(themes)) {
    const least = name.startsWith('contrast') ? leastContrast.contrast : leastContrast.page;
    const { background, cursor, cursorAccent, selectionBackground, selectionInactiveBackground, ...texts } = theme;
    expect(contrast(cursor, background)).toBeGreaterThanOrEqual(least);
    expect(contrast(cursor, cursorAccent)).toBeGreaterThanOrEqual(least);
    for (const selection of [selectionBackground, selectionInactiveBackground]) {
      expect(contrast(theme.foreground, selection)).toBeGreaterThanOrEqual(least);
    }
    const low = Object.entries(texts).filter(([, colour]) => contrast(colour, background) < least);
    expect(low).toEqual([]);
  }
});

test('a first click types a command, a second one runs it', () => {
  const command = 'uname -r';
  expect(keysForCommand(command, atPrompt)).toEqual({ keys: command, isRun: false });
  const held = { ...atPrompt, prompt: { text: command, isExact: true } };
  expect(keysForCommand(command, held)).toEqual({ keys: '\r', isRun: true });
  expect(keysForCommand(command, { ...atPrompt, prompt: { text: `root@lab:~# ${command}`, isExact: false } })).toEqual({
    keys: '\r',
    isRun: true,
  });
});

test('another text on a known prompt is cleared first; on an unknown one it is left alone', () => {
  const other = { text: 'half a comm', isExact: true };
  expect(keysForCommand('ls', { ...atPrompt, prompt: other }).keys).toBe('\x05\x15ls');
  expect(keysForCommand('ls', { ...atPrompt, prompt: { ...other, isExact: false } }).keys).toBe('ls');
});

test('the setting runs a command at once', () => {
  expect(keysForCommand('ls', { ...atPrompt, runAtOnce: true })).toEqual({ keys: 'ls\r', isRun: true });
});

test('a command of several lines is typed as one where the shell can take it, and runs on the second click', () => {
  const command = 'cat <<EOF\nhi\nEOF';
  expect(keysForCommand(command, atPrompt)).toEqual({ keys: `\x1b[200~${command}\x1b[201~`, isRun: false });
  expect(keysForCommand(command, { ...atPrompt, isBracketed: false }).keys).toBe('cat <<EOF\rhi\rEOF');
  expect(keysForCommand(command, { ...atPrompt, justTyped: command })).toEqual({ keys: '\r', isRun: true });
});

test('a paste cannot break out of its brackets', () => {
  const text = new TextDecoder().decode(encodePaste('ls\x1b[201~\nrm -rf /\r\n', true));
  expect(text).toBe('\x1b[200~ls[201~\rrm -rf /\r\x1b[201~');
  const controls = new TextDecoder().decode(encodePaste('a\tb\x03\x04\x1a\x1c\x7f\x9b201~\u0085한\r\nc', false));
  expect(controls).toBe('a\tb201~한\rc');
  expect([countLines('one'), countLines('one\n'), countLines('one\r\ntwo')]).toEqual([1, 1, 2]);
});

test('the page keeps few keys for itself, and none during a composition', () => {
  const pressed = { ...key, ctrlKey: true, shiftKey: true };
  expect(actionOf({ ...pressed, code: 'KeyE' }, false)).toBe('leave');
  expect(actionOf({ ...pressed, code: 'KeyC' }, false)).toBe('copy');
  expect(actionOf({ ...pressed, code: 'KeyE', isComposing: true }, false)).toBeUndefined();
  expect(actionOf({ ...key, ctrlKey: true, code: 'KeyC' }, false)).toBeUndefined();
  expect(actionOf({ ...key, metaKey: true, code: 'KeyC' }, true)).toBe('copy');
  expect(actionOf({ ...pressed, code: 'KeyE' }, true)).toBe('leave');
  expect(actionOf({ ...key, code: 'Tab' }, false)).toBeUndefined();
  const own = ['KeyH', 'KeyO', 'ArrowUp', 'ArrowDown'].map((code) => actionOf({ ...pressed, code }, true));
  expect(own).toEqual(['history', 'copy-output', 'previous-command', 'next-command']);
});

test('a title from the lab cannot break out of its tab, and is short', () => {
  expect(sanitizeTitle('  root@lab:\t~\x07\x1b[31m  ')).toBe('root@lab: ~ [31m');
  expect(sanitizeTitle('safe\u202Etxt.exe\u2066\u200b\n')).toBe('safe txt.exe');
  expect(sanitizeTitle('한글 제목')).toBe('한글 제목');
  expect([...sanitizeTitle('가'.repeat(500))]).toHaveLength(60);
});

test('progress is what OSC 9;4 says and nothing else', () => {
  expect(parseProgress('4;1;40')).toEqual({ kind: 'normal', percent: 40 });
  expect(parseProgress('4;2;400')).toEqual({ kind: 'error', percent: 100 });
  expect(parseProgress('4;4;7')).toEqual({ kind: 'paused', percent: 7 });
  expect(parseProgress('4;3')).toEqual({ kind: 'busy' });
  expect(parseProgress('4;0;')).toBe('none');
  for (const body of ['hello', '4;5;1', '4;1;-3', '4;1;1e9', '4;1;40;<b>']) expect(parseProgress(body)).toBeUndefined();
});

test('settings from an older or a damaged storage become usable ones', () => {
  const usual = parseSettings(null);
  expect(usual).toMatchObject({ colours: 'page', announce: 'summary', bellSound: false });
  expect(parseSettings('{"fontSize":400,"colours":"<b>","announce":7,"bellSound":"yes"}')).toEqual(usual);
  expect(parseSettings('{"colours":"contrast","announce":"none"}')).toMatchObject({
    ...{ colours: 'contrast', announce: 'none' },
  });
});

test('a transcript tells each command with its time, its end and its output', () => {
  const at = new Date(2026, 0, 2, 3, 4, 5).getTime();
  const words = terminalWords('en');
  const text = formatTranscript(
    [
      { number: 1, line: 'ls', startedAt: at, endedAt: at + 1, exitCode: 2, output: 'a\nb', isCut: false },
      { number: 2, line: '', startedAt: at, isCut: false },
    ],
    words,
    'Title',
  );
  expect(text).toBe(
    `Title\n${words.transcriptPart}\n\n[2026-01-02 03:04:05] Exit code 2\n$ ls\na\nb\n\n[2026-01-02 03:04:05] Running\n$ ${words.unknownLine}\n(${words.lostOutput})\n`,
  );
});

test('many commands that end at once are told in one sentence', async () => {
  const said: string[] = [];
  const speak = createCommandSpeech(terminalWords('en'), (text) => said.push(text));
  for (const exitCode of [0, 0, 3]) speak({ exitCode, lines: 5 });
  await until('something is said', () => said.length > 0 || undefined);
  speak({ exitCode: 0, lines: 1 });
  await until('more is said', () => said.length > 1 || undefined);
  expect(said).toEqual(['3 commands ended. Last exit code 3.', 'Command ended. Exit code 0, 1 line.']);
});

test('held Ctrl and Alt change the next key only when it is one', () => {
  expect(withModifiers('c', { ctrl: true, alt: false })).toBe('\x03');
  expect(withModifiers('b', { ctrl: false, alt: true })).toBe('\x1bb');
  expect(withModifiers('한글', { ctrl: true, alt: false })).toBe('한글');
  expect(withModifiers('ㅊ', { ctrl: true, alt: false })).toBe('\x03');
  expect(withModifiers(' ', { ctrl: true, alt: false })).toBe('\0');
  expect(withModifiers('ㅊ', { ctrl: false, alt: false })).toBe('ㅊ');
});

test('keys of the bar follow held Ctrl and Alt, too', () => {
  const none = { ctrl: false, alt: false };
  expect(touchKeyData('↑', true, none)).toBe('\x1bOA');
  expect(touchKeyData('↑', true, { ctrl: true, alt: false })).toBe('\x1b[1;5A');
  expect(touchKeyData('←', false, { ctrl: true, alt: true })).toBe('\x1b[1;7D');
  expect(touchKeyData('Tab', false, { ctrl: false, alt: true })).toBe('\x1b\t');
  expect(touchKeyData('/', false, { ctrl: true, alt: false })).toBe('\x1f');
  expect(touchKeyData('-', false, none)).toBe('-');
  expect(touchKeyData('Ctrl', false, none)).toBe('');
});

test('a hidden terminal comes back by opening another, and the last one stays', () => {
  const two = openNext({ open: [1], active: 1 });
  expect(two).toEqual({ open: [1, 2], active: 2 });
  expect(hide(two, 1)).toEqual({ open: [2], active: 2 });
  expect(openNext(hide(two, 1))).toEqual({ open: [1, 2], active: 1 });
  expect(hide({ open: [2], active: 2 }, 2)).toEqual({ open: [2], active: 2 });
  const six = { open: [1, 2, 3, 4, 5, 6], active: 3 };
  expect(openNext(six)).toEqual(six);
});

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
