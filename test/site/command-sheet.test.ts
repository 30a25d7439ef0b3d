import { expect, test } from 'vitest';
import { buildAddresses } from '../../src/course/addresses.ts';
import { buildCommandSheet } from '../../src/site/command-sheet.ts';

const sheetOf = (lines: readonly string[]) => buildCommandSheet(lines.join('\n'), buildAddresses('private'));

test('commands keep their comments and here-documents; remarks, output and steps without commands stay out', () => {
  const lines = [
    '<Step id="a">',
    ...['```bash', '# a remark', 'ping %{gateway}   # the way out', "cat > f <<'E'", '', '  x', 'E', '```'],
    ...['```console', 'out', '```', '- in a list', '  ```bash', '  ls', '  ```', '</Step>'],
    ...['<Step id="b">', 'only text', '</Step>'],
  ];
  expect(sheetOf(lines)).toEqual([
    {
      id: 'a',
      blocks: [{ commands: ['ping 192.168.113.2   # the way out', "cat > f <<'E'\n\n  x\nE"] }, { commands: ['ls'] }],
    },
  ]);
});

test('commands of a variant say for which machine they are', () => {
  const variant = (word: string, command: string) => [
    `<Variant for="${word}">`,
    ...['```bash', command, '```', '</Variant>'],
  ];
  const lines = ['<Step id="a">', '<Variants>', ...variant('el9', 'dnf list'), ...variant('debian', 'apt list')];
  expect(sheetOf([...lines, '</Variants>', '```bash', 'id', '```', '</Step>'])[0]?.blocks).toEqual([
    { variant: 'el9', commands: ['dnf list'] },
    { variant: 'debian', commands: ['apt list'] },
    { commands: ['id'] },
  ]);
});
