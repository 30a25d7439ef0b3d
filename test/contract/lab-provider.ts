/**
 * What every kind of lab must do, as tests over a real one. A page per kind calls `describeLabProvider` with a way to make a
 * provider and what its labs are declared to offer.
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExecResult, Lab, LabOwner, LabProvider, LabSpec } from '../../server/lab/lab.ts';
import type { Pty, PtyExit } from '../../server/lab/pty.ts';
import { buildAddresses } from '../../src/course/addresses.ts';
import type { Capability } from '../../src/course/capabilities.ts';
import type { LearnerId } from '../../src/course/ids.ts';

/** What a page says about its kind of lab. */
export interface LabUnderTest {
  readonly make: () => LabProvider | Promise<LabProvider>;
  /** What the labs are declared to offer; the suite checks that they say so. */
  readonly capabilities: readonly Capability[];
  /** Some more that it has on some hosts only. */
  readonly dependsOnHost?: readonly Capability[];
  /** How long preparing and starting may take. */
  readonly prepareTimeoutMs: number;
  /** Whether a script's stray processes can be looked for with pgrep. */
  readonly seesOwnProcesses: boolean;
}

/** What the tests share: one lab of the provider. */
export interface LabFixture {
  readonly provider: LabProvider;
  readonly lab: Lab;
}

export const signal = new AbortController().signal;
export const spec: LabSpec = { start: 'docker-ready', addresses: buildAddresses('class') };
export const owner: LabOwner = { learner: 'contract-learner' as LearnerId, server: 'contract-server' };
export const size = { cols: 80, rows: 24 };

/** Runs a script with a generous limit. */
export const run = (lab: Lab, script: string, timeoutMs = 60_000): Promise<ExecResult> =>
  lab.exec(script, { signal, timeoutMs });

/** Makes processes that only wait until there may be no more, says how many, and ends them. */
export const forkUntilRefused = `python3 -IS -c '
import os, signal
children = []
try:
    while len(children) < 5000:
        child = os.fork()
        if child == 0:
            signal.pause()
        children.append(child)
except OSError:
    print("refused after", len(children))
for child in children:
    os.kill(child, signal.SIGKILL)
'`;

/** A pty whose output is collected and can be waited for. */
export interface WatchedPty {
  readonly pty: Pty;
  readonly exit: Promise<PtyExit>;
  bytes(): Buffer;
  /** Waits until the output since `type` was last called matches. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  type(line: string): void;
}

/** Shell marks and the switch of bracketed paste stand between a command's line and its output; readers do not see them. */
function withoutMarks(text: string): string {
  return text.replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, '').replace(/\u001b\[\?2004[hl]\r?/g, '');
}

/** Opens a terminal and waits for its prompt. */
export async function openWatched(lab: Lab, promptMs = 60_000): Promise<WatchedPty> {
  const pty = await lab.openPty(size, { signal });
  const chunks: Buffer[] = [];
  let from = 0;
  pty.onData((bytes) => chunks.push(Buffer.from(bytes)));
  const watched: WatchedPty = {
    pty,
    exit: new Promise((resolve) => pty.onExit(resolve)),
    bytes: () => Buffer.concat(chunks),
    waitFor: async (pattern, timeoutMs = 60_000) => {
      const until = performance.now() + timeoutMs;
      for (;;) {
        const seen = withoutMarks(Buffer.concat(chunks).subarray(from).toString('utf8'));
        const found = pattern.exec(seen);
        if (found !== null) return found;
        if (performance.now() > until) throw new Error(`no ${pattern} in ${JSON.stringify(seen.slice(-2000))}`);
        await delay(20);
      }
    },
    type: (line) => {
      from = Buffer.concat(chunks).length;
      pty.write(Buffer.from(`${line}\n`));
    },
  };
  await watched.waitFor(/[#$] /, promptMs);
  return watched;
}

/** A terminal that is opened before the host noticed a loss ends with it; a later one is whole. */
export async function openWhenBack(lab: Lab): ReturnType<typeof openWatched> {
  const until = performance.now() + 300_000;
  for (;;) {
    try {
      return await openWatched(lab, 20_000);
    } catch (error) {
      if (performance.now() > until) throw error;
    }
  }
}

/** Declares the suite; the returned function gives the lab to the page's own tests. */
export function describeLabProvider(under: LabUnderTest): () => LabFixture {
  let fixture: LabFixture | undefined;
  const get = (): LabFixture => {
    if (fixture === undefined) throw new Error('there is no lab: it could not be prepared');
    return fixture;
  };

  beforeAll(async () => {
    const provider = await under.make();
    const fractions: number[] = [];
    const onProgress = ({ fraction }: { readonly fraction: number }) => void fractions.push(fraction);
    await provider.prepare({ signal, onProgress });
    const lab = await provider.provision(spec, owner, { signal, onProgress });
    fixture = { provider, lab };
    expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
  }, under.prepareTimeoutMs);
  afterAll(async () => {
    await fixture?.provider[Symbol.asyncDispose]();
  }, 60_000);

  declareExecTests(get, under);
  declarePtyTests(get);
  test('the lab says what was declared', () => {
    const { capabilities, dependsOnHost = [] } = under;
    const said = [...get().lab.capabilities].filter((capability) => !dependsOnHost.includes(capability));
    expect(said.sort()).toEqual([...capabilities].sort());
  });
  test('what the lab says of limits and overlays is what its root can do', async () => {
    const { lab } = get();
    const limit = "docker run --rm --memory 32m lab/base:1.0 true && docker info -f '{{.MemoryLimit}}'";
    const limited = await run(lab, limit);
    const isLimited = limited.kind === 'exited' && limited.stdout.trim() === 'true';
    expect(isLimited, JSON.stringify(limited)).toBe(lab.capabilities.has('cgroups'));
    const folders = 'mkdir -p /root/ov/lower /root/ov/upper /root/ov/work /root/ov/merged && cd /root/ov';
    const mount = 'mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged && umount merged';
    const mounted = await run(lab, `${folders} && ${mount}; status=$?; rm -rf /root/ov; exit $status`);
    const isMounted = mounted.kind === 'exited' && mounted.exitCode === 0;
    expect(isMounted, JSON.stringify(mounted)).toBe(lab.capabilities.has('overlay'));
  });
  return get;
}

function declareExecTests(get: () => LabFixture, under: LabUnderTest): void {
  test('exec gives exit status, standard output and standard error', async () => {
    const result = await run(get().lab, 'echo out; echo 오류 >&2; exit 7');
    expect(result).toMatchObject({ kind: 'exited', exitCode: 7, stdout: 'out\n', stderr: '오류\n', truncated: false });
  });

  test('exec gives a script no standard input and runs it to its end', async () => {
    expect(await run(get().lab, 'cat; echo end')).toMatchObject({ kind: 'exited', exitCode: 0, stdout: 'end\n' });
  });

  test('exec that takes too long is stopped with everything it started', async () => {
    const { lab } = get();
    const result = await run(lab, 'echo begun; sleep 4321 & bash -c "sleep 4322; :" & sleep 4323', 4_000);
    expect(result).toMatchObject({ kind: 'timed-out', afterMs: 4_000 });
    if (under.seesOwnProcesses) await expectNone(lab, 'sleep 432[123]');
  });

  test('exec that is given up rejects with the reason, and its script is stopped', async () => {
    const { lab } = get();
    const abort = new AbortController();
    const running = lab.exec('sleep 4330', { signal: abort.signal, timeoutMs: 60_000 });
    setTimeout(() => abort.abort(new Error('given up')), 2_000);
    await expect(running).rejects.toThrow('given up');
    if (under.seesOwnProcesses) await expectNone(lab, 'sleep 433[0]');
  });

  test('exec keeps the first bytes of a stream and says that it cut', async () => {
    const script = 'head -c 300000 /dev/zero | tr "\\0" a; echo short >&2';
    const result = await get().lab.exec(script, { signal, timeoutMs: 60_000, maxOutputBytes: 1000 });
    expect(result).toMatchObject({
      kind: 'exited',
      exitCode: 0,
      stdout: 'a'.repeat(1000),
      stderr: 'short\n',
      truncated: true,
    });
  });

  test('many scripts at once do not disturb one another', async () => {
    const { lab } = get();
    const results = await Promise.all([1, 2, 3, 4, 5].map((n) => run(lab, `sleep 0.${n}; echo ${n}; exit ${n}`)));
    expect(results.map((result) => result.kind === 'exited' && [result.exitCode, result.stdout])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [n, `${n}\n`]),
    );
  });
}

function declarePtyTests(get: () => LabFixture): void {
  test('a terminal brings Hangul through untouched', async () => {
    const terminal = await openWatched(get().lab);
    terminal.type("printf '[%s]\\n' 타닥-가각힣😀");
    await terminal.waitFor(/\n\[타닥-가각힣😀\]/);
    terminal.type('printf 타닥 | wc -c');
    expect(Number((await terminal.waitFor(/\n(\d+)\r/))[1])).toBe(6);
    terminal.pty.kill();
    await terminal.exit;
  });

  test('a terminal has the size it was given, and each new one', async () => {
    const terminal = await openWatched(get().lab);
    terminal.type('stty size');
    await terminal.waitFor(/\n24 80\r/);
    terminal.pty.resize({ cols: 133, rows: 41 });
    for (;;) {
      // The new size travels beside the bytes: it may arrive a little after what is typed.
      terminal.type('stty size');
      if ((await terminal.waitFor(/\n(\d+ \d+)\r/))[1] === '41 133') break;
    }
    terminal.pty.kill();
    await terminal.exit;
  });

  test('a paused terminal gives nothing, and loses nothing once it goes on', async () => {
    const terminal = await openWatched(get().lab);
    const { pty } = terminal;
    terminal.type('stty -echo -onlcr; printf "\\nrea%s\\n" dy');
    await terminal.waitFor(/\nready\n/);
    const total = 5 * 1024 * 1024;
    const before = terminal.bytes().length;
    terminal.type(`printf 'BEG%s' IN; seq 1 1000000 | head -c ${total}; printf 'EN%s' D`);
    await terminal.waitFor(/BEGIN/);
    pty.pause();
    await delay(300);
    const paused = terminal.bytes().length;
    await delay(1_500);
    expect(terminal.bytes().length).toBe(paused);
    expect(paused - before).toBeLessThan(total);
    pty.resume();
    await terminal.waitFor(/END/, 240_000);
    const seen = terminal.bytes().toString('latin1');
    const sent = seen.slice(seen.lastIndexOf('BEGIN') + 5, seen.lastIndexOf('END'));
    expect(sent.length).toBe(total);
    expect(sha1(sent)).toBe(
      sha1(
        Array.from({ length: 1_000_000 }, (_, i) => `${i + 1}\n`)
          .join('')
          .slice(0, total),
      ),
    );
    pty.kill();
    await terminal.exit;
  });

  test('killing a terminal ends its programs and is told once', async () => {
    const { lab } = get();
    const terminal = await openWatched(lab);
    let exits = 0;
    terminal.pty.onExit(() => (exits += 1));
    terminal.type('sleep 4340');
    await delay(500);
    terminal.pty.kill();
    terminal.pty.kill();
    await terminal.exit;
    await expectNone(lab, 'sleep 434[0]');
    expect(exits).toBe(1);
  });

  test('a shell that ends by itself gives its exit status', async () => {
    const terminal = await openWatched(get().lab);
    terminal.type('exit 9');
    expect((await terminal.exit).exitCode).toBe(9);
  });

  test('two terminals are two shells', async () => {
    const { lab } = get();
    const [one, two] = await Promise.all([openWatched(lab), openWatched(lab)]);
    one.type('word=first; echo "<$word>"');
    two.type('echo "<$word>"');
    await one.waitFor(/\n<first>/);
    await two.waitFor(/\n<>/);
    one.pty.kill();
    two.pty.kill();
    await Promise.all([one.exit, two.exit]);
  });
}

function sha1(text: string): string {
  return createHash('sha1').update(text, 'latin1').digest('hex');
}

/** Waits until no process of the lab matches. */
async function expectNone(lab: Lab, pattern: string): Promise<void> {
  const until = performance.now() + 15_000;
  for (;;) {
    const result = await run(lab, `pgrep -af '${pattern}'`);
    if (result.kind === 'exited' && result.exitCode === 1) return;
    if (performance.now() > until) throw new Error(`still there: ${JSON.stringify(result)}`);
    await delay(200);
  }
}
