import { expect, test } from 'vitest';
import { type CommandMark, CommandMarks } from '../../../server/session/command-marks.ts';
import { createRandom } from '../../support/deterministic.ts';

const output = [
  '\x1b]0;한글 title\x07\x1b]133;A\x07\x1b[1mroot\x1b[0m# \x1b]133;B\x1b\\ls\r\n',
  '\x1b]633;E;ls\\x3b echo \\\\ 가\x07\x1b]133;C\x07file\r\n\x1b]133;D;0\x1b\\',
  '\x1b\x1b]133;D;130\x07\x1b]133;D\x07\x1b]1337;x\x07\x1b]133;Z\x07\x1b]133;D;\x1b]133;A\x07',
].join('');
const expected: CommandMark[] = [
  { kind: 'prompt-start' },
  { kind: 'prompt' },
  { kind: 'command-line', text: 'ls; echo \\ 가' },
  { kind: 'command-start' },
  { kind: 'command-end', exitCode: 0 },
  { kind: 'command-end', exitCode: 130 },
  { kind: 'command-end' },
  { kind: 'prompt-start' },
];

function scan(chunks: readonly Uint8Array[]): CommandMark[] {
  const marks: CommandMark[] = [];
  const scanner = new CommandMarks((mark) => marks.push(mark));
  for (const chunk of chunks) scanner.scan(chunk);
  return marks;
}

test('marks are found wherever the output is cut in two', () => {
  const bytes = Buffer.from(output);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    expect(scan([bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toEqual(expected);
  }
});

test('marks are found byte by byte', () => {
  expect(scan([...Buffer.from(output)].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
});

test('a mark without an end is given up, and the next one is found', () => {
  const endless = Buffer.from(`\x1b]133;${'x'.repeat(100_000)}\x1b]133;A\x07`);
  expect(scan([endless])).toEqual([{ kind: 'prompt-start' }]);
});

test('random bytes neither throw nor hide the mark that follows them', () => {
  const random = createRandom(7);
  const alphabet = Buffer.from('\x1b]133;ABCD633E\x07\\\x18한');
  for (let round = 0; round < 3_000; round += 1) {
    const noise = Uint8Array.from({ length: random(200) }, () => alphabet[random(alphabet.length)] ?? 0);
    const marks = scan([noise, Buffer.from('\x18\x1b]133;D;42\x07')]);
    expect(marks.at(-1), Buffer.from(noise).toString('latin1')).toEqual({ kind: 'command-end', exitCode: 42 });
  }
});

test('passing over a flood costs less than 10 ms per MB on a busy machine, coloured or not', () => {
  const plain = Buffer.from('a line of text without any escape sequence\r\n'.repeat(200_000));
  const coloured = Buffer.from('\x1b[1;32mok\x1b[0m built something and went on\r\n'.repeat(200_000));
  for (const flood of [plain, coloured]) {
    const scanner = new CommandMarks(() => {});
    const startedAt = performance.now();
    for (let at = 0; at < flood.length; at += 4095) scanner.scan(flood.subarray(at, at + 4095));
    const msPerMb = (performance.now() - startedAt) / (flood.length / 1e6);
    console.log(`marks passed over at ${msPerMb.toFixed(2)} ms per MB`);
    expect(msPerMb).toBeLessThan(10);
  }
});
