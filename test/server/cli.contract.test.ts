import { expect, test } from 'vitest';
import { createTemporaryFolder, runToEnd } from './run-cli.ts';

test('help explains every option in both languages and ends well', async () => {
  const [en, ko] = await Promise.all([runToEnd(['--help']), runToEnd(['start', '--help', '--lang', 'ko'])]);
  expect(en.code).toBe(0);
  expect(ko.code).toBe(0);
  expect(ko.printed).toContain('포트 번호');
  for (const option of [
    '--port',
    '--host',
    '--data',
    '--lab',
    '--course',
    '--lang',
    '--allow-origin',
    '--max-labs',
    '--labs-ready',
    '--labs-memory',
    '--lab-disk',
    '--disk-reserve',
  ]) {
    expect(en.printed).toContain(option);
  }
});

test('wrong usage ends with 2 and says what is wrong, in the reader’s language', async () => {
  const cases: [string[], Record<string, string>, string[]][] = [
    [['start', '--port', '99999'], {}, ['--port', '99999', '0–65535']],
    [['start', '--lang', 'fr'], {}, ['--lang', 'fr', 'ko | en']],
    [['start', '--nonsense'], {}, ['--nonsense', 'tadak --help']],
    [['frobnicate'], { LANG: 'ko_KR.UTF-8' }, ['모르는 명령', 'frobnicate']],
    [['start', '--lab-disk', '1'], { LANG: 'ko_KR.UTF-8' }, ['쓸 수 없는 값', '--lab-disk', '1000–999999 (MB)']],
    [['start'], { TADAK_MAX_LABS: 'many' }, ['TADAK_MAX_LABS', 'many', '1–1000']],
    [['start', '--allow-origin', 'class.example'], {}, ['--allow-origin', 'class.example', 'https://']],
    [['lab'], {}, ['lab', 'tadak --help']],
    [['lab', 'build', '--from', 'rocky-7'], {}, ['rocky-7', 'rocky-9, alma-9, centos-stream-9', 'http(s)']],
    [['lab', 'build', '--from', 'http://127.0.0.1/x.qcow2'], { LANG: 'ko_KR.UTF-8' }, ['체크섬', '--sha256']],
    [['lab', 'build', '--from', 'http://127.0.0.1/x.qcow2', '--sha256', 'abc'], {}, ['"abc"', '64 hexadecimal digits']],
    [['lab', 'build', '--from', 'debian-13', '--minutes', 'many'], {}, ['--minutes', 'tadak --help']],
    [[], {}, ['Usage']],
  ];
  for (const [args, env, words] of cases) {
    const { code, printed } = await runToEnd(args, env);
    expect(code, args.join(' ')).toBe(2);
    for (const word of words) expect(printed).toContain(word);
  }
}, 180_000);

test('a password in an address is not printed', async () => {
  const { code, printed } = await runToEnd(['start', '--lab', 'ssh://root:hunter2@10.0.0.3']);
  expect(code).toBe(2);
  expect(printed).not.toContain('hunter2');
});

test('a course folder that is not there ends with 1 and names the option', async () => {
  using folder = createTemporaryFolder();
  const args = ['start', '--lab', 'local', '--data', `${folder.path}/data`, '--course', `${folder.path}/none`];
  const { code, printed } = await runToEnd(args);
  expect(code).toBe(1);
  expect(printed).toContain('--course');
  expect(printed).not.toContain('    at ');
});

test('local labs are refused in production', async () => {
  const { code, printed } = await runToEnd(['doctor', '--lab', 'local', '--production', '--port', '0']);
  expect(code).toBe(1);
  expect(printed).toContain('--production');
});

test('doctor says as JSON what this machine can do', async () => {
  using folder = createTemporaryFolder();
  const tiny = new URL('../fixtures/courses/tiny', import.meta.url).pathname;
  const args = ['doctor', '--json', '--lab', 'local', '--port', '0', '--data', folder.path, '--course', tiny];
  const { code, printed } = await runToEnd(args);
  const report = JSON.parse(printed) as { ok: boolean; findings: { id: string; status: string }[] };
  expect(code).toBe(0);
  expect(report.ok).toBe(true);
  expect(report.findings.map(({ id }) => id)).toEqual(['node', 'pty', 'course', 'disk', 'memory', 'port', 'lab']);
});
