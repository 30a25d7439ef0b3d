import { expect, test } from 'vitest';
import { classifyOutput } from '../../../server/session/plain-output.ts';
import { createRandom } from '../../support/deterministic.ts';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));

test('lines of text and colours only scroll; the colours still in force are kept', () => {
  const kind = classifyOutput(bytesOf('rest\r\n\x1b[1;34mfolder\x1b[0m\r\n\x1b[31m빨강\x1b[K\r\nbegun'));
  expect(kind).toEqual({
    kind: 'plain',
    firstLine: 6,
    lastLine: bytesOf('rest\r\n\x1b[1;34mfolder\x1b[0m\r\n\x1b[31m빨강\x1b[K\r\n').length,
    lines: 3,
    colours: '\x1b[0m\x1b[31m',
  });
});

test.each([
  ['no line feed', 'text'],
  ['a cursor movement', 'a\r\n\x1b[5Ab\r\n'],
  ['a private mode', 'a\r\n\x1b[?1049hb\r\n'],
  ['an operating system command', 'a\r\n\x1b]0;title\x07b\r\n'],
  ['a form feed', 'a\r\n\x0cb\r\n'],
  ['another character set', 'a\r\n\x0eb\r\n'],
  ['a C1 control as UTF-8', 'a\r\n\u0084b\r\n'],
  ['a line feed without a carriage return', 'a\nb\r\n'],
])('%s is something else', (_, text) => {
  expect(classifyOutput(bytesOf(text))).toEqual({ kind: 'other' });
});

test.each(['\t', '\b', '\x07', '\u00e9', '\u00bf', '한', '😀'])('%j stays within its line', (text) => {
  expect(classifyOutput(bytesOf(`a\r\n${text}b\r\n`))).toMatchObject({ kind: 'plain', lines: 2 });
});

test('a control character is found wherever it stands, however the bytes lie in memory', () => {
  const line = `${'x'.repeat(13)}\r\n`;
  for (const control of ['\x0b', '\x1b[2J', '\u0090']) {
    for (let place = 0; place < line.length - 2; place += 1) {
      const text = `${line}${line.slice(0, place)}${control}${line.slice(place)}`;
      for (let shift = 0; shift < 4; shift += 1) {
        expect(classifyOutput(shifted(bytesOf(text), shift)), `${JSON.stringify(text)} at ${shift}`).toEqual({
          kind: 'other',
        });
      }
    }
  }
});

test('where the bytes lie in memory makes no difference', () => {
  const pieces = [
    'word ',
    '\r\n',
    '\x1b[32m',
    '\x1b[0m',
    '\x1b[K',
    '한글',
    'é',
    '\t',
    '\x1f',
    '\x1c',
    '12345678',
    '\r',
  ];
  const random = createRandom(1);
  for (let round = 0; round < 500; round += 1) {
    const bytes = bytesOf(Array.from({ length: 40 }, () => pieces[random(pieces.length)] ?? '').join(''));
    const kinds = [0, 1, 2, 3].map((shift) => classifyOutput(shifted(bytes, shift)));
    for (const kind of kinds) expect(kind).toEqual(kinds[1]);
  }
});

function shifted(bytes: Uint8Array, by: number): Uint8Array {
  const memory = new Uint8Array(by + bytes.length);
  memory.set(bytes, by);
  return memory.subarray(by);
}
