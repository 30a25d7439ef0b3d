/** What Astro prints about a text becomes a problem of the author's file; anything else is handed on. */
import { expect, test } from 'vitest';
import { createTextErrors } from '../../../server/preview/text-errors.ts';
import type { Issue } from '../../../src/course/issue.ts';

function read(lines: readonly string[]) {
  const issues: Issue[] = [];
  const others: string[] = [];
  const take = createTextErrors('/courses/tiny', {
    onIssue: (issue) => issues.push(issue),
    onOther: (line) => others.push(line),
  });
  for (const line of lines) take(line);
  return { issues, others };
}

test('a text that cannot be read is said with its place, once, without the stack', () => {
  const { issues, others } = read([
    '13:52:19 [ERROR] MDXError: 50:1: Unexpected character after `<`',
    '    at TransformPluginContext.handler (file:///x/node_modules/@astrojs/mdx/dist/vite-plugin-mdx.js:64:17)',
    '    at async loadAndTransform (file:///x/node_modules/vite/dist/node/chunks/node.js:20112:26)',
    '13:52:19 [ERROR] 50:1: Unexpected character after `<`',
    '  Stack trace:',
    '    at /courses/tiny/10-first/10-files/en.mdx:50:1',
    '    [...] See full stack trace in the browser, or rerun with --verbose.',
    'Unexpected character after `<`',
  ]);
  expect(issues).toMatchObject([
    { rule: 'text-syntax', file: '10-first/10-files/en.mdx', line: 50, column: 1, severity: 'error' },
  ]);
  expect(issues[0]?.message.en).toBe('This text cannot be made into a page: Unexpected character after `<`');
  expect(issues[0]?.fix.ko).toContain('태그');
  expect(others).toEqual([]);
});

test('what is not about a text of the course is handed on', () => {
  const { issues, others } = read([
    'Something new',
    '1:00 [ERROR] Broken',
    '    at /elsewhere/page.mdx:3:4',
    '1:01 [ERROR] [content] Nothing about a place',
    '1:02 [ERROR] Nor here',
    '  Stack trace:',
    '    at render (file:///x/node_modules/astro/dist/render.js:1:2)',
    '    [...] See full stack trace in the browser, or rerun with --verbose.',
  ]);
  expect(issues).toEqual([]);
  expect(others).toEqual([
    'Something new',
    'Broken (/elsewhere/page.mdx:3)',
    '[content] Nothing about a place',
    'Nor here',
  ]);
});
