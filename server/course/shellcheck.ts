/**
 * Looks at the course's shell scripts by shellcheck. Knows the program and nothing about what the scripts are for.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import type { Issue } from '../../src/course/issue.ts';
import { problem } from '../../src/course/problems.ts';
import type { SourceFile } from '../../src/course/source.ts';

const findingsSchema = z.array(
  z.object({ file: z.string(), line: z.number(), column: z.number(), code: z.number(), message: z.string() }),
);
type Findings = z.infer<typeof findingsSchema>;

/**
 * What shellcheck warns of. A missing shellcheck is a problem of its own: scripts that nobody looked at are not clean.
 * `program` is another one for tests.
 */
export async function checkScripts(
  files: readonly SourceFile[],
  { program = 'shellcheck' }: { readonly program?: string } = {},
): Promise<readonly Issue[]> {
  const scripts = files.filter(({ path }) => path.endsWith('.sh'));
  if (scripts.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), 'tadak-lint-'));
  try {
    for (const script of scripts) await writeScript(folder, script);
    const runs = split(scripts, availableParallelism()).map((part) => runOn(part, { folder, program }));
    const findings = (await Promise.all(runs)).flat();
    return findings.map(({ file, line, column, code, message }) =>
      problem(
        'shellcheck',
        { file: relative(folder, file), line, column },
        { code, detail: message, wiki: `https://www.shellcheck.net/wiki/SC${code}` },
      ),
    );
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
    return [problem('shellcheck-missing', { file: 'lib' })];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** With a word of the same length for each address, so that places stay right. */
async function writeScript(folder: string, { path, text }: SourceFile): Promise<void> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(
    target,
    text.replace(/%\{[a-z-]+\}/g, (token) => 'x'.repeat(token.length)),
  );
}

function split<T>(items: readonly T[], parts: number): readonly (readonly T[])[] {
  const each = Math.ceil(items.length / Math.max(1, parts));
  return Array.from({ length: Math.ceil(items.length / each) }, (_, at) => items.slice(at * each, (at + 1) * each));
}

async function runOn(
  scripts: readonly SourceFile[],
  { folder, program }: { readonly folder: string; readonly program: string },
): Promise<Findings> {
  const paths = scripts.map(({ path }) => join(folder, path));
  const args = ['--shell=bash', '--format=json', '--severity=warning', '--', ...paths];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  execFile(program, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
    // It ends with 1 when it has found something.
    if (error && error.code !== 1) reject(error);
    else resolve(stdout);
  });
  return findingsSchema.parse(JSON.parse((await promise) || '[]'));
}
