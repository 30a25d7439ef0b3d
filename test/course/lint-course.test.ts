/** Each rule of lint has a course that breaks it, and the place where that is said. */
import { expect, test } from 'vitest';
import { slugOf } from '../../src/course/lint/lint-links.ts';
import { lintRules } from '../../src/course/lint-rules.ts';
import { type Changes, filesLesson, lintTiny, replacing } from '../support/tiny-course.ts';

const [ko, en] = [`${filesLesson}/ko.mdx`, `${filesLesson}/en.mdx`];
const yaml = `${filesLesson}/lesson.yaml`;
const step = `${filesLesson}/steps/make-file`;
const after = (text: string) => (file: { readonly text: string }) => ({ ...file, text: `${file.text}${text}` });
/** Adds a line at the end of both texts, which have the same number of lines. */
const both = (line: string): Changes => ({ [ko]: after(`\n${line}\n`) as never, [en]: after(`\n${line}\n`) as never });
const statement = (id: string) =>
  `  - id: ${id}\n    lines: '1'\n    text: x\n    en: x\n    verdict: wrong\n    correction: { ko: x, en: x }\n`;
const notes = (...ids: string[]) => `statements:\n${ids.map(statement).join('')}`;

/** What is broken, and what is said of it: rule, file, line, column. */
const broken: readonly (readonly [string, Changes, readonly string[]])[] = [
  ['a solution is gone', { [`${step}/solve.sh`]: null }, [`check-without-solution ${yaml}:12:5`]],
  ['a reset is gone', { [`${step}/reset.sh`]: null }, [`check-without-reset ${yaml}:12:5`]],
  ['a wrong turn is gone', { [`${step}/wrong/no-file.sh`]: null }, [`hint-without-wrong-turn ${yaml}:15:7`]],
  [
    'all wrong turns are gone',
    { [`${step}/wrong/no-file.sh`]: null, [`${step}/wrong/other-text.sh`]: null },
    [
      `check-without-wrong-turn ${yaml}:12:5`,
      `hint-without-wrong-turn ${yaml}:15:7`,
      `hint-without-wrong-turn ${yaml}:18:7`,
    ],
  ],
  ['a script has another name', { [`${step}/chek.sh`]: '#!/bin/sh\n' }, [`unknown-file ${step}/chek.sh`]],
  ['a value has another name', { [`${step}/ask/size.sh`]: '#!/bin/sh\n' }, [`unknown-file ${step}/ask/size.sh`]],
  [
    'a question has another name',
    { [`${filesLesson}/quiz/kernel.sh`]: '#!/bin/sh\n' },
    [`unknown-file ${filesLesson}/quiz/kernel.sh`],
  ],
  [
    'play is told about a command that is not printed',
    {
      [yaml]: replacing(
        '    hints:\n      no-file:',
        '    play: [{ command: cat hello.txt }]\n    hints:\n      no-file:',
      ),
    },
    [`play-unknown-command ${yaml}:14:5`],
  ],
  [
    'a correction is in one language only',
    { [en]: replacing('<Fix n="N2">', '<Fix n="N1">') },
    [`parts-differ ${en}:45:1`],
  ],
  [
    'a picture is in one language only',
    { [ko]: after('\n![그림](hello.txt)\n') as never, [`${filesLesson}/hello.txt`]: 'x' },
    [`unknown-file ${filesLesson}/hello.txt`, `parts-differ ${en}`],
  ],
  ['a tag is unknown', both('<Stepp id="x" />'), [`unknown-tag ${ko}:51:1`, `unknown-tag ${en}:51:1`]],
  ['a tag is not closed', { [en]: replacing('</Fix>', '') }, [`unclosed-tag ${en}:45:1`]],
  ['a block is not closed', { [ko]: after('\n```text\nx\n') as never }, [`unclosed-block ${ko}:51:1`]],
  ['a link leads nowhere', { [ko]: after('\n[x](/second/process/)\n') as never }, [`broken-link ${ko}:51:1`]],
  ['a link leads to a page of nobody', { [ko]: after('\n[x](/nowhere/)\n') as never }, [`unknown-page ${ko}:51:1`]],
  ['a link is relative', { [ko]: after('\n[x](../processes/)\n') as never }, [`relative-link ${ko}:51:1`]],
  [
    'a link leads to the other language',
    { [en]: after('\nSee [x](/second/processes/).\n') as never },
    [`other-language-link ${en}:51:5`],
  ],
  [
    'a link leads to a heading that is not there',
    { [ko]: after('\n[x](#없는-곳) [y](/second/processes/#step-stop)\n') as never },
    [`broken-anchor ${ko}:51:1`, `broken-anchor ${ko}:51:12`],
  ],
  [
    'a picture has no text',
    { ...both('![](a.svg)'), [`${filesLesson}/a.svg`]: '<svg/>' },
    [`missing-alternative ${ko}:51:1`, `missing-alternative ${en}:51:1`],
  ],
  ['a picture is not there', both('![x](b.svg)'), [`missing-picture ${ko}:51:1`, `missing-picture ${en}:51:1`]],
  [
    'a text says an answer',
    { [en]: after('\nRemember: An existing file is overwritten. Right. An existing file is overwritten.\n') as never },
    [`solution-in-page ${en}:51:44`],
  ],
  [
    'a text takes a script in',
    { [ko]: after("\nimport x from './steps/make-file/solve.sh?raw';\n") as never },
    [`solution-in-page ${ko}:51:10`],
  ],
  [
    'a task prints its solution in a block',
    {
      ...{ [ko]: replacing('```bash\ncd ~', '```text\ncd ~'), [en]: replacing('```bash\ncd ~', '```text\ncd ~') },
      [`${step}/alt/here.sh`]: "#!/bin/sh\ncd ~\nprintf 'hello\\nworld\\n' > ~/hello.txt\n",
    },
    [`solution-in-page ${ko}:22:1`, `solution-in-page ${en}:22:1`],
  ],
  [
    'a name is misspelled in a hint and in a question',
    {
      [yaml]: replacing('`printf`의 출력을', '`dockerfile`을 dockerfile로'),
      [`${filesLesson}/quiz.yaml`]: replacing('ko: 두 값을 비교한다', 'ko: VMWare를 켠다'),
    },
    [`spelling ${yaml}:22:26`, `spelling ${filesLesson}/quiz.yaml:14:21`],
  ],
  [
    'a name is misspelled',
    { [ko]: after('\nVMWare와 `VMWare`와 [x](https://vmware.example)\n') as never },
    [`spelling ${ko}:51:1`],
  ],
  [
    'a statement is covered nowhere',
    { 'notes.yaml': notes('N1', 'N2', 'N3') },
    ['statement-not-covered notes.yaml:14:5'],
  ],
  [
    'a correction is not covered',
    { [yaml]: replacing('covers: [N1, N2]', 'covers: [N1]'), 'notes.yaml': null },
    [`fix-not-covered ${ko}:45:1`, `fix-not-covered ${en}:45:1`],
  ],
];

test('the tiny course is clean, and stays so with links, pictures and another way that are right', async () => {
  expect(await lintTiny()).toEqual([]);
  const fine: Changes = {
    [ko]: after(
      '\n## 더 **읽기** `ls`!\n[a](#더-읽기-ls) [b](/second/processes/#step-start-sleep) [c](#fix-N2) [d](#quiz)\n',
    ) as never,
    [en]: after('\n[a](#step-make-file) [b](/en/second/processes/) [c](https://docs.docker.com/) [d](/en/)\n') as never,
    [`${step}/alt/echo.sh`]: '#!/bin/sh\n',
    [yaml]: replacing('    hints:\n      no-file:', '    play: [{ command: cd ~ }]\n    hints:\n      no-file:'),
  };
  expect(await lintTiny(fine)).toEqual([]);
});

test.for(broken)('%s: said with file, line and column', async ([, changes, said]) => {
  const issues = await lintTiny(changes);
  const places = issues.map(({ rule, file, line, column }) =>
    [`${rule} ${file}`, line, column].filter(Boolean).join(':'),
  );
  expect(places).toEqual(said);
  for (const { message, fix } of issues) {
    for (const text of [message.ko, message.en, fix.ko, fix.en]) expect(text).not.toMatch(/\{\w+\}|undefined/);
  }
});

test('every rule of lint is broken by one of these', () => {
  const seen = new Set(broken.flatMap(([, , said]) => said.map((line) => line.split(' ')[0])));
  const elsewhere = ['shellcheck', 'shellcheck-missing']; // test/server/course/shellcheck.test.ts
  expect(Object.keys(lintRules).filter((rule) => !seen.has(rule) && !elsewhere.includes(rule))).toEqual([]);
});

test('a heading is named as the site names it', () => {
  expect(slugOf('셸')).toBe('셸');
  expect(slugOf('The shell: `bash` & [more](https://x.example)')).toBe('the-shell-bash--more');
});
