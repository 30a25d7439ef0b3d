import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measurePageScripts } from './page-scripts.ts';

const maxScriptBytes = 30_000;
let folder: string;
let out: string;

interface Built {
  readonly exitCode: number;
  readonly log: string;
}

/** Builds the course in `course` (outside the project) as the site's author would. */
function build(course: string, outFolder: string): Promise<Built> {
  const env = { ...process.env, TADAK_COURSE: course, TADAK_SITE_OUT: outFolder, ASTRO_TELEMETRY_DISABLED: '1' };
  return new Promise((settle) => {
    execFile(
      process.execPath,
      ['node_modules/astro/bin/astro.mjs', 'build'],
      { env, timeout: 170_000 },
      (error, stdout, stderr) => {
        settle({ exitCode: error ? 1 : 0, log: stdout + stderr });
      },
    );
  });
}

const page = (path: string) => readFile(join(out, path), 'utf8');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tadak-site-'));
  out = join(folder, 'out');
  await cp('test/fixtures/courses/tiny', join(folder, 'tiny'), { recursive: true });
  const built = await build(join(folder, 'tiny'), out);
  expect(built.log, built.log).toContain('Complete!');
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('every page exists in both languages', async () => {
  const pages = (await readdir(out, { recursive: true })).filter((path) => path.endsWith('.html'));
  expect(pages.sort()).toEqual([
    '404.html',
    'en/first/files/index.html',
    'en/index.html',
    'en/second/processes/index.html',
    'first/files/index.html',
    'index.html',
    'second/processes/index.html',
  ]);
  expect(await page('first/files/index.html')).toContain('<html lang="ko"');
  expect(await page('en/first/files/index.html')).toContain('<html lang="en"');
});

test('no file of the site knows a solution, a key, an explanation or a hint', async () => {
  const secrets = [
    '> "$HOME/hello.txt"',
    '덮어써요',
    'overwritten',
    '아직 없어요. 위의',
    'other-text',
    '--lines',
    'first letter of',
    'stat -c',
  ];
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(html|js|json|css)$/.test(entry.name)) continue;
    const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
    for (const secret of secrets) expect(text.includes(secret), `${entry.name} holds ${secret}`).toBe(false);
  }
});

test('each command of a step has its button, comments and output have none', async () => {
  const html = await page('first/files/index.html');
  const attributes = [...html.matchAll(/data-type-command="([^"]*)"/g)].map(([, command = '']) => command);
  const commands = attributes.map((command) => command.replaceAll('&#x27;', "'").replaceAll('&amp;', '&'));
  expect(commands).toEqual([
    'cd ~',
    "printf 'hello\\nworld\\n' > ~/hello.txt",
    'cat ~/hello.txt',
    'wc -l ~/hello.txt',
    'ls -l ~/hello.txt',
  ]);
});

test('addresses are filled in', async () => {
  expect(await page('en/first/files/index.html')).toContain('The lab machine is 213.0.113.3.');
});

test('steps, what they ask and every kind of question are real forms', async () => {
  const html = await page('first/files/index.html');
  for (const mark of [
    '<tadak-step id="step-make-file"',
    'name="ask:lines"',
    'type="radio" name="ask:owner" value="me"',
    'type="checkbox" name="answer" value="cat"',
    'data-item="cedar"',
    'data-kind="fill-in"',
    'data-kind="ask-lab"',
  ])
    expect(html, mark).toContain(mark);
});

test('a lesson has a dock, the home page has none', async () => {
  expect(await page('first/files/index.html')).toContain('<tadak-dock data-course="tiny" data-lesson="files">');
  expect(await page('index.html')).not.toContain('<tadak-dock');
});

test('a page asks nothing of other hosts', async () => {
  for (const path of ['index.html', 'first/files/index.html']) {
    const html = await page(path);
    expect([...html.matchAll(/(?:src|href)="(https?:)?\/\/[^"]*"/g)].map(([link]) => link)).toEqual([]);
  }
});

test('the scripts of a lesson stay below 30 kB compressed until the terminal opens', async () => {
  const sizes = await measurePageScripts(out, 'first/files/index.html');
  const sum = [...sizes.values()].reduce((all, size) => all + size, 0);
  expect(sum, JSON.stringify(Object.fromEntries(sizes), null, 1)).toBeLessThanOrEqual(maxScriptBytes);
});

test('a broken course fails the build and names the file and the line', async () => {
  const broken = join(folder, 'broken');
  await cp('test/fixtures/courses/tiny', broken, { recursive: true });
  const text = join(broken, '20-second/10-processes/ko.mdx');
  await writeFile(text, (await readFile(text, 'utf8')).replace('start-sleep', 'start-slep'));
  const { exitCode, log } = await build(broken, join(folder, 'never'));
  expect(exitCode).toBe(1);
  expect(log).toMatch(/20-second\/10-processes\/ko\.mdx:3\n.*start-slep/);
}, 120_000);
