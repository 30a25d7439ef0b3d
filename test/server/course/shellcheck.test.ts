/** Shell scripts through the real shellcheck: places are those of the author's file, addresses and all. */
import { expect, test } from 'vitest';
import { checkScripts } from '../../../server/course/shellcheck.ts';

const script = (text: string) => [
  { path: 'a/steps/b/check.sh', text: `#!/usr/bin/env bash\n${text}\n`, executable: true },
];

test('a warning comes with file, line, column and where to read more; addresses are no mistake', async () => {
  const issues = await checkScripts(
    script('ping %{gateway} %{host-only-vm}\nping %{vm}; cd $HOME/x; echo end\nx=$(ls); echo "$y"'),
  );
  expect(issues).toMatchObject([
    { rule: 'shellcheck', severity: 'error', file: 'a/steps/b/check.sh', line: 3, column: 13 },
    { rule: 'shellcheck', file: 'a/steps/b/check.sh', line: 4, column: 1 },
    { rule: 'shellcheck', file: 'a/steps/b/check.sh', line: 4, column: 16 },
  ]);
  expect(issues[0]?.message.en).toMatch(/^SC2164: /);
  expect(issues[0]?.fix.en).toContain('SC2164');
});

test('clean scripts and none at all say nothing', async () => {
  expect(await checkScripts(script('echo hello'))).toEqual([]);
  expect(await checkScripts([])).toEqual([]);
});

test('without shellcheck that is said, as an error, with the package to install', async () => {
  const issues = await checkScripts(script('echo hello'), { program: 'no-such-shellcheck' });
  expect(issues).toMatchObject([{ rule: 'shellcheck-missing', severity: 'error' }]);
  expect(issues[0]?.fix.ko).toContain('apt-get install shellcheck');
});
