/**
 * Follows docs/tutorial.md to the letter: writes its files into a copy of the course, types its commands, and wants to see
 * what it shows. Labs are shells on this machine, as the tutorial says.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../server/config.ts';
import { parseTutorial } from './tutorial.ts';

const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8');
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

/**
 * `npm run <script> -- …` as what package.json makes of it, without the set-up of the machine, which tests have behind them.
 * Any other command stays as it is.
 */
function typed(command: string): string {
  const [, script = '', rest = ''] = /^npm run (\S+)(?: -- (.*))?$/.exec(command) ?? [];
  if (script === '') return command;
  const verb = /bootstrap\.mjs tadak ?(.*)$/.exec(scripts[script] ?? '')?.[1];
  if (verb === undefined) throw new Error(`package.json has no script ${script} of the tool`);
  return `"${process.execPath}" "${join(projectFolder, 'server/cli.ts')}" ${verb} ${rest}`;
}

function run(command: string, cwd: string): Promise<{ readonly code: number; readonly printed: string }> {
  const env = { ...process.env, LANG: 'C.UTF-8', TADAK_COURSE: 'content/docker', TADAK_DATA: join(cwd, 'data') };
  return new Promise((resolve) => {
    execFile('sh', ['-c', typed(command)], { cwd, env, timeout: 200_000 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, printed: out + err }),
    );
  });
}

test('a lesson written by the tutorial is clean and proven, and fails where the tutorial says so', async () => {
  const steps = parseTutorial(read('docs/tutorial.md'));
  const commands = steps.filter(({ kind }) => kind === 'command');
  expect([commands.length, steps.length - commands.length]).toEqual([8, 11]);
  const folder = mkdtempSync(join(tmpdir(), 'tadak-tutorial-'));
  try {
    cpSync(join(projectFolder, 'content'), join(folder, 'content'), { recursive: true });
    for (const step of steps) {
      if (step.kind === 'file') {
        const path = join(folder, step.path);
        // A new file is not executable; one that is written over keeps what it was.
        if (!existsSync(path)) mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, step.text);
        continue;
      }
      const { code, printed } = await run(step.command, folder);
      expect(code === 0, `${step.command}\n${printed}`).toBe(!step.fails);
      for (const line of step.shows) expect(printed, step.command).toContain(line);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 400_000);
