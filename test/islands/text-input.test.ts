import { expect, test } from 'vitest';
import { difference } from '../../src/islands/terminal-pane/text-input.ts';

test.each([
  ['what was added is sent', '한', '한글', '글'],
  ['nothing new is nothing', '한글', '한글', ''],
  ['what was taken is a backspace for each character, not for each unit', '가😀', '가', '\x7f'],
  ['a syllable that was replaced is taken back first', 'ㅎ', '하', '\x7f하'],
  ['a final consonant moves on', '한', '하느', '\x7f하느'],
  ['a new line of a touch keyboard is Enter', '', 'ls\n', 'ls\r'],
])('%s', (_, from, to, sent) => {
  expect(difference(from, to)).toBe(sent);
});
