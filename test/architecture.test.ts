/**
 * Keeps the one direction of imports (README, "How it is laid out"): a room imports only what its row allows,
 * nothing imports in a circle, and each foreign library has one owner. Types count like values.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each room may import, besides itself and `src/faults.ts`. The longest matching prefix is the room. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  'src/faults.ts': [],
  'src/course': [],
  'src/protocol': ['src/course'],
  'src/i18n': ['src/course'],
  'src/islands': ['src/protocol', 'src/course', 'src/i18n'],
  'src/env.d.ts': ['src/site'],
  'src/site': ['src/course', 'src/protocol', 'src/i18n', 'server/course'],
  'src/diagrams': ['src/course', 'src/i18n'],
  'src/components': ['src/course', 'src/protocol', 'src/i18n', 'src/site', 'src/diagrams', 'src/styles', 'src/islands'],
  'src/layouts': ['src/course', 'src/i18n', 'src/site', 'src/components', 'src/styles', 'src/islands'],
  'src/pages': ['src/course', 'src/i18n', 'src/site', 'src/components', 'src/layouts', 'src/styles', 'src/islands'],
  'src/styles': [],
  'src/content.config.ts': ['src/course', 'src/i18n', 'src/site', 'server/course'],
  'astro.config.mjs': ['src/course', 'src/i18n', 'src/site', 'server/course'],
  'server/host': ['server/setup/distro.mjs', 'server/setup/packages.mjs'],
  'server/lab': ['src/course', 'src/protocol', 'server/host'],
  'server/session': ['src/course', 'src/protocol', 'server/lab', 'server/data'],
  'server/check': ['src/course', 'src/protocol', 'server/lab'],
  'server/progress': ['src/course', 'src/protocol'],
  'server/course': ['src/course'],
  'server/authoring': ['src/course'],
  'server/recording': ['src/course', 'src/protocol'],
  'server/app': [
    'src/course',
    'src/protocol',
    'server/lab',
    'server/recording',
    'server/session',
    'server/check',
    'server/progress',
    'server/course',
    'server/data',
    'server/log.ts',
  ],
  'server/http': ['src/course', 'src/protocol', 'server/app', 'server/progress', 'server/log.ts'],
  'server/gateway': ['src/course', 'src/protocol', 'server/app', 'server/session', 'server/log.ts'],
  'server/play': [
    'src/course',
    'src/protocol',
    'server/lab',
    'server/session',
    'server/check',
    'server/gateway',
    'server/course',
    'server/app/lesson-setups.ts',
  ],
  'server/log.ts': [],
  'server/config.ts': ['src/course', 'server/lab/ssh/ssh-address.ts'],
  'server/data': ['src/course', 'server/host'],
  'server/site': ['server/lab/lab.ts', 'server/host'],
  'server/preview': ['src/course', 'server/course'],
  'server/course-report.ts': [
    'src/course',
    'server/course',
    'server/preview/course-keeper.ts',
    'server/cli/terminal.ts',
    'server/cli/words.ts',
  ],
  'server/take-over-labs.ts': ['server/data', 'server/lab/lab.ts', 'server/log.ts'],
  'server/choose-provider.ts': ['src/course', 'server/config.ts', 'server/lab'],
  'server/cli': ['src', 'server'],
  'server/setup': [],
  'server/main.ts': ['src', 'server'],
  'server/cli.ts': ['src', 'server'],
  'bench/door': ['src/course', 'server/gateway', 'server/session', 'server/lab'],
  'bench/serve.ts': ['bench/door', 'server/config.ts'],
  'bench/figures.ts': [],
  'bench/table.ts': [],
  'bench/machine.ts': [],
  'bench/terminal/mixed-output.ts': [],
  'bench/terminal/pages': ['src/protocol', 'src/islands/terminal-pane'],
  'bench/terminal/servers': ['bench/door', 'bench/terminal/pages'],
  'bench/terminal/load': ['bench/terminal/servers', 'bench/terminal/pages'],
  'bench/terminal/metrics': [
    'bench/terminal/load',
    'bench/terminal/servers',
    'bench/terminal/pages',
    'bench/figures.ts',
  ],
  'bench/terminal': ['src/course', 'server/config.ts', 'bench/figures.ts', 'bench/table.ts', 'bench/machine.ts'],
  'bench/labs': [
    'src/course',
    'server/config.ts',
    'server/course',
    'server/check',
    'server/lab',
    'server/host/browser.ts',
    'bench/figures.ts',
    'bench/table.ts',
    'bench/machine.ts',
  ],
};

/** The server that ours is compared with: nothing of ours is in it. */
const naiveServer = 'bench/terminal/servers/naive-server.ts';

/** Who may import a foreign library. */
const owners: Readonly<Record<string, readonly string[]>> = {
  ws: ['server/gateway', 'server/play/terminal-client.ts', 'bench/terminal/pages/page.ts', naiveServer],
  'node-pty': ['server/lab/node-pty.ts', naiveServer],
  'node:sqlite': ['server/progress'],
  fastify: ['server/http'],
  '@xterm/headless': ['server/session', 'bench/terminal/metrics/shown-lines.ts'],
  '@xterm/xterm': ['src/islands/terminal-pane'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = ['src', 'server', 'bench']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(ts|mjs|astro)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));

/** The code of a file: all of it, or the frontmatter and scripts of an .astro file. */
function codeOf(file: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  if (!file.endsWith('.astro')) return text;
  const frontmatter = /^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '';
  const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
  return [frontmatter, ...scripts].join('\n');
}

const imports: readonly Import[] = files.flatMap((file) =>
  ts.preProcessFile(codeOf(file), true, true).importedFiles.map(({ fileName }) => {
    const isRelative = fileName.startsWith('.');
    return { from: file, to: isRelative ? relative(root, resolve(root, dirname(file), fileName)) : fileName };
  }),
);
const inside = imports.filter(({ to }) => /^(src|server|bench)\//.test(to));

function roomOf(file: string): string | undefined {
  return Object.keys(rooms)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((left, right) => right.length - left.length)[0];
}
function isBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

test('every file lives in a room that the table names', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test('a room imports only what stands below it', () => {
  const wrong = inside.filter(({ from, to }) => {
    const room = roomOf(from) as string;
    const allowed = [room, 'src/faults.ts', ...(rooms[room] ?? [])];
    return !allowed.some((folder) => isBelow(to, folder));
  });
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('nothing imports in a circle', () => {
  const next = new Map<string, readonly string[]>();
  for (const file of files)
    next.set(
      file,
      inside.filter(({ from }) => from === file).map(({ to }) => to),
    );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    else if (!done.has(file)) {
      for (const other of next.get(file) ?? []) visit(other, [...path, file]);
      done.add(file);
    }
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test('each foreign library has one owner', () => {
  const wrong = imports.filter(({ from, to }) => {
    const allowed = owners[to];
    return allowed !== undefined && !allowed.some((folder) => isBelow(from, folder));
  });
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('only the configuration and the set-up read the environment', () => {
  const readers = files.filter((file) => /\bprocess\.env\b/.test(codeOf(file)));
  const allowed = [
    'server/config.ts',
    'server/cli.ts',
    'server/setup',
    'src/site',
    'src/content.config.ts',
    'server/lab',
    'bench/serve.ts',
    'bench/terminal/run.ts',
    'bench/labs/run.ts',
  ];
  expect(readers.filter((file) => !allowed.some((folder) => isBelow(file, folder)))).toEqual([]);
});

test('no file is longer than 300 lines and no folder is a drawer for anything', () => {
  const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 301);
  const exempt = new Set(['src/faults.ts']); // a dictionary: one table, long on purpose
  expect(
    long.filter((file) => !exempt.has(file) && !file.startsWith('src/i18n/') && file !== 'src/course/problems.ts'),
  ).toEqual([]);
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager|service)(\/|\.)/.test(file))).toEqual([]);
});
