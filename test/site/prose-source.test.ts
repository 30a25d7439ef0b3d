import { expect, test } from 'vitest';
import { buildAddresses } from '../../src/course/addresses.ts';
import { commandMark, type ProseContext, prepareProse } from '../../src/site/prose-source.ts';

const context: ProseContext = {
  locale: 'en',
  addresses: buildAddresses('private'),
  components: { Step: '/project/Step.astro' },
};

const prepared = (source: string, locale: 'ko' | 'en' = 'en') =>
  prepareProse(source, { ...context, locale }).split('\n');

test('addresses are filled in in prose and in code', () => {
  expect(prepared('At %{vm}:\n\n```bash\nping %{gateway}\n```').slice(0, 4)).toEqual([
    'At 192.168.113.3:',
    '',
    '```bash',
    'ping 192.168.113.2',
  ]);
});

test('only blocks of commands inside a step are marked', () => {
  const lines = prepared(
    '```bash\nls\n```\n<Step id="a">\n```bash\nls\n```\n```console\nout\n```\n</Step>\n```bash\nls\n```',
  );
  expect(lines.flatMap((line, index) => (line.includes(commandMark) ? [index] : []))).toEqual([4]);
});

test('text inside a block is left alone, even when it looks like a step or an aside', () => {
  const lines = prepared('````text\n<Step id="a">\n:::note\n```bash\n````\n```bash\nls\n```');
  expect(lines.slice(1, 4)).toEqual(['<Step id="a">', ':::note', '```bash']);
  expect(lines[5]).toBe('```bash');
});

test("asides without a title get one in the text's language", () => {
  expect(prepared(':::tip\nx\n:::', 'ko')[0]).toBe(':::tip[도움말]');
  expect(prepared(':::tip[Mine]\nx\n:::')[0]).toBe(':::tip[Mine]');
});

test("components come into scope after the text, so that the author's line numbers hold", () => {
  const lines = prepared('one\ntwo');
  expect(lines.slice(0, 2)).toEqual(['one', 'two']);
  expect(lines).toContain("import Step from '/project/Step.astro';");
});
