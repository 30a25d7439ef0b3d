/** How every kind of lab must run scripts. */
import { expect, test } from 'vitest';
import type { Lab } from '../../server/lab/lab.ts';
import { expectNone, expectSome, run, runTag, signal } from './lab-provider.ts';

/** Declares the tests. */
export function declareScriptTests(getLab: () => Lab): void {
  test('exec gives exit status, standard output and standard error', async () => {
    const result = await run(getLab(), 'echo out; echo 오류 >&2; exit 7');
    expect(result).toMatchObject({ kind: 'exited', exitCode: 7, stdout: 'out\n', stderr: '오류\n', truncated: false });
  });

  test('exec gives a script no standard input and runs it to its end', async () => {
    expect(await run(getLab(), 'cat; echo end')).toMatchObject({ kind: 'exited', exitCode: 0, stdout: 'end\n' });
  });

  test('exec that takes too long is stopped with everything it started', async () => {
    const lab = getLab();
    const nap = (n: number) => `sleep 432${n}.${runTag}`;
    const script = `echo begun; ${nap(1)} & bash -c "${nap(2)}; :" & set -m; ${nap(3)} & ${nap(4)}`;
    expect(await run(lab, script, 4_000)).toMatchObject({ kind: 'timed-out', afterMs: 4_000, stdout: 'begun\n' });
    await expectNone(lab, `sleep 432[1234].${runTag}`);
  });

  test('exec that is given up rejects with the reason, and its script is stopped', async () => {
    const lab = getLab();
    const abort = new AbortController();
    const rejected = expect(
      lab.exec(`sleep 4330.${runTag}`, { signal: abort.signal, timeoutMs: 60_000 }),
    ).rejects.toThrow('given up');
    await expectSome(lab, `sleep 433[0].${runTag}`);
    abort.abort(new Error('given up'));
    await rejected;
    await expectNone(lab, `sleep 433[0].${runTag}`);
  });

  test('what a script leaves running holds nothing up, and runs on', async () => {
    const lab = getLab();
    const result = await run(lab, `sleep 4350.${runTag} & echo started`);
    expect(result).toMatchObject({ kind: 'exited', exitCode: 0, stdout: 'started\n' });
    expect(await run(lab, `pkill -f 'sleep 435[0].${runTag}'`)).toMatchObject({ kind: 'exited', exitCode: 0 });
  });

  test('exec keeps the first bytes of a stream and says that it cut', async () => {
    const script = 'head -c 300000 /dev/zero | tr "\\0" a; echo short >&2';
    const result = await getLab().exec(script, { signal, timeoutMs: 60_000, maxOutputBytes: 1000 });
    expect(result).toMatchObject({
      kind: 'exited',
      exitCode: 0,
      stdout: 'a'.repeat(1000),
      stderr: 'short\n',
      truncated: true,
    });
  });

  test('many scripts at once do not disturb one another', async () => {
    const lab = getLab();
    const results = await Promise.all([1, 2, 3, 4, 5].map((n) => run(lab, `sleep 0.${n}; echo ${n}; exit ${n}`)));
    expect(results.map((result) => result.kind === 'exited' && [result.exitCode, result.stdout])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [n, `${n}\n`]),
    );
  });
}
