/** The end of a script that leaves a program running, as a real bash on this machine sees it. */
import { spawn, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { buildRemoteScript } from '../../../../server/lab/openssh/remote-script.ts';

const mark = 'mark-of-the-test';

/** On a busy machine much time may pass before a `kill`. */
const slowKill = { 'BASH_FUNC_kill%%': '() { sleep 0.3; builtin kill "$@"; }' };

/** Runs a script, and closes its standard input in the moment in which both streams have said its end. Gives what it printed. */
function runAndLeave(script: string): Promise<{ readonly printed: string; readonly session: number }> {
  const { bashArguments, input } = buildRemoteScript(script, mark);
  const child = spawn('bash', bashArguments, { detached: true, env: { ...process.env, ...slowKill } });
  const said = { stdout: '', stderr: '' };
  const isOver = (text: string) => /mark-of-the-test-\d+\n/.test(text);
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      const wasNew = said.stdout === '';
      said[name] += chunk.toString();
      if (wasNew && said.stdout.includes(`${mark}+`)) child.stdin.write(input);
      if (isOver(said.stdout) && isOver(said.stderr)) child.stdin.end();
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve({ printed: said.stdout, session: child.pid ?? 0 }));
  });
}

/** The programs of a session. One that was killed may be listed until somebody asks for its end, but does nothing any more. */
function programsOf(session: number): readonly string[] {
  const listed = spawnSync('ps', ['-s', String(session), '-o', 'state=,comm='], { encoding: 'utf8' }).stdout;
  return listed
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('Z'))
    .map((line) => line.slice(1).trim());
}

test('what a script leaves running lives on, however soon its end is heard of', async () => {
  const { printed, session } = await runAndLeave('sleep 100 </dev/null >/dev/null 2>&1 & echo "pid=$!"');
  const pid = Number(/pid=(\d+)/.exec(printed)?.[1]);
  // Once nothing of the wrapper is left, whoever was to be killed has been.
  const isSettled = () => programsOf(session).every((name) => name === 'sleep');
  await expect.poll(isSettled, { timeout: 10_000 }).toBe(true);
  expect(programsOf(session)).toEqual(['sleep']);
  process.kill(pid, 'SIGKILL');
});
