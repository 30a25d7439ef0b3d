import { expect, test } from 'vitest';
import { parseProse, stripComment } from '../../src/course/prose.ts';

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
  expect(parseProse('```mdx\n<Step id="a">\n<Quiz />\n```\n')).toEqual({ steps: [], hasQuiz: false });
});

test('a hash inside quotes or inside a word is not a comment', () => {
  expect(stripComment(`echo "# not" '# not' a#b # yes`)).toBe(`echo "# not" '# not' a#b`);
  expect(stripComment('echo \\# not')).toBe('echo \\# not');
});
