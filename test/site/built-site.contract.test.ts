import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSite, buildTinySite, type TinySite } from './build-site.ts';
import { measurePageScripts } from './page-scripts.ts';

const maxScriptBytes = 30_000;
let site: TinySite;

const page = (path: string) => readFile(join(site.out, path), 'utf8');

beforeAll(async () => {
  site = await buildTinySite();
}, 180_000);

afterAll(() => site[Symbol.asyncDispose]());

test('every page exists in both languages', async () => {
  const pages = (await readdir(site.out, { recursive: true })).filter((path) => path.endsWith('.html'));
  expect(pages.sort()).toEqual([
    '404.html',
    ...['commands/first/index.html', 'commands/index.html', 'commands/second/index.html'],
    ...['en/commands/first/index.html', 'en/commands/index.html', 'en/commands/second/index.html'],
    'en/first/files/index.html',
    'en/index.html',
    'en/notes/index.html',
    'en/second/processes/index.html',
    'en/watch/index.html',
    'first/files/index.html',
    'index.html',
    'notes/index.html',
    'second/processes/index.html',
    'watch/index.html',
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
  for (const entry of await readdir(site.out, { recursive: true, withFileTypes: true })) {
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

test('the notes, line by line, lead to where a lesson corrects or quotes them, and the correction leads back', async () => {
  const html = await page('en/notes/index.html');
  expect(html).toContain('href="/en/first/files/#fix-N2"');
  expect(html).toContain('href="/en/first/files/#note-1-2"');
  const lesson = await page('en/first/files/index.html');
  for (const mark of ['id="fix-N2"', 'id="note-1-2"', 'href="/en/notes/#N2"']) expect(lesson, mark).toContain(mark);
});

test('the first variant is open, the others are there, and their commands have buttons too', async () => {
  const html = await page('second/processes/index.html');
  const details = [...html.matchAll(/<details[^>]*data-variant[^>]*>/g)].map(([tag]) => tag);
  expect(details).toHaveLength(2);
  expect(details.map((tag) => /\sopen\b/.test(tag))).toEqual([true, false]);
  for (const command of ['rpm -q procps-ng', 'dpkg -l procps'])
    expect(html).toContain(`data-type-command="${command}"`);
});

test('a command sheet has the commands of its chapter by step, in the order of the lesson', async () => {
  const html = await page('commands/second/index.html');
  const sheet = html.slice(html.indexOf('tadak-sheet-columns'));
  const words = sheet.replace(/<[^>]*>/g, '').replace(/&(amp|#38);/g, '&');
  const wanted = ['sleep 4242 &', 'EL 9', 'rpm -q procps-ng', 'Debian', 'dpkg -l procps'];
  const places = wanted.map((text) => words.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(sheet).toContain('href="/second/processes/#step-start-sleep"');
});

test('every page leads to itself in the other language and to what the course keeps to look things up in', async () => {
  const pairs = [
    ['index.html', '/en/'],
    ['first/files/index.html', '/en/first/files/'],
    ['notes/index.html', '/en/notes/'],
    ['commands/index.html', '/en/commands/'],
    ['en/commands/first/index.html', '/commands/first/'],
  ] as const;
  for (const [path, other] of pairs) expect(await page(path), path).toContain(`<a href="${other}" hreflang=`);
  for (const path of ['index.html', 'first/files/index.html', 'notes/index.html'])
    for (const target of ['/notes/', '/commands/']) expect(await page(path), path).toContain(`href="${target}"`);
  expect(await page('index.html')).toContain('href="/commands/first/"');
});

test('a page asks nothing of other hosts', async () => {
  for (const path of ['index.html', 'first/files/index.html', 'notes/index.html', 'commands/index.html']) {
    const html = await page(path);
    expect([...html.matchAll(/(?:src|href)="(https?:)?\/\/[^"]*"/g)].map(([link]) => link)).toEqual([]);
  }
});

test('the scripts of a page stay below 30 kB compressed until the terminal opens', async () => {
  for (const path of ['index.html', 'first/files/index.html', 'notes/index.html', 'commands/index.html']) {
    const sizes = await measurePageScripts(site.out, path);
    const sum = [...sizes.values()].reduce((all, size) => all + size, 0);
    expect(sum, `${path} ${JSON.stringify(Object.fromEntries(sizes), null, 1)}`).toBeLessThanOrEqual(maxScriptBytes);
  }
});

test('a broken course fails the build and names the file and the line', async () => {
  const broken = join(site.folder, 'broken');
  await cp('test/fixtures/courses/tiny', broken, { recursive: true });
  const text = join(broken, '20-second/10-processes/ko.mdx');
  await writeFile(text, (await readFile(text, 'utf8')).replace('start-sleep', 'start-slep'));
  const { exitCode, log } = await buildSite(broken, join(site.folder, 'never'));
  expect(exitCode).toBe(1);
  expect(log).toMatch(/20-second\/10-processes\/ko\.mdx:3\n.*start-slep/);
}, 120_000);
