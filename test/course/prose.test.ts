import { expect, test } from 'vitest';
import type { Capability } from '../../src/course/capabilities.ts';
import { stripComment } from '../../src/course/command-lines.ts';
import { commandsOn, parseProse } from '../../src/course/prose.ts';

test('commands are the bash lines inside steps; output blocks and comments are not', () => {
  const prose = parseProse(
    [
      '<Step id="a">',
      '```bash',
      '# why',
      'ls -l   # list',
      '```',
      '```console',
      'total 0',
      '```',
      '</Step>',
      '```bash',
      'outside',
      '```',
    ].join('\n'),
  );
  expect(prose.steps).toEqual([{ id: 'a', line: 1, commands: [{ text: 'ls -l', line: 4 }] }]);
  expect(prose.hasQuiz).toBe(false);
});

test('a step or quiz inside a code block is not one', () => {
  expect(parseProse('```mdx\n<Step id="a">\n<Quiz />\n```\n')).toMatchObject({ steps: [], hasQuiz: false });
});

test('a hash inside quotes or inside a word is not a comment', () => {
  expect(stripComment(`echo "# not" '# not' a#b # yes`)).toBe(`echo "# not" '# not' a#b`);
  expect(stripComment('echo \\# not')).toBe('echo \\# not');
});

test('a command that goes on is one command, also in a block inside a list', () => {
  const text = ['<Step id="a">', '- one', '  ```bash', "  cat > f <<'E'", '  x', '  E', '  ls', '  ```', '</Step>'];
  expect(parseProse(text.join('\n')).steps[0]?.commands).toEqual([
    { text: "cat > f <<'E'\nx\nE", line: 4 },
    { text: 'ls', line: 7 },
  ]);
});

test('a lab gets the commands of its own variant, or of the first one, and all others', () => {
  const variant = (word: string, command: string) => [
    `<Variant for="${word}">`,
    '```bash',
    command,
    '```',
    '</Variant>',
  ];
  const text = [
    '<Step id="a">',
    ...[
      '```bash',
      'id',
      '```',
      '<Variants>',
      ...variant('el9', 'dnf install x'),
      ...variant('debian', 'apt install x'),
    ],
    ...['</Variants>', '<Variants>', ...variant('el9', 'rpm -q x'), ...variant('el10', 'rpm -qi x'), '</Variants>'],
    '</Step>',
  ];
  const [step] = parseProse(text.join('\n')).steps;
  if (!step) throw new Error('no step');
  const typed = (...offered: Capability[]) => commandsOn(step, new Set(offered)).map(({ text }) => text);
  expect(typed('debian')).toEqual(['id', 'apt install x', 'rpm -q x']);
  expect(typed('el10')).toEqual(['id', 'dnf install x', 'rpm -qi x']);
  expect(typed()).toEqual(['id', 'dnf install x', 'rpm -q x']);
});
