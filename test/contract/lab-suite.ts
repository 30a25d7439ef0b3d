/**
 * What every kind of lab must do, as tests over a real one. A page per kind calls `describeLabProvider` with a way to make a
 * provider and what its labs are declared to offer and to lack.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CheckpointShelf } from '../../server/app/checkpoint-shelf.ts';
import { createLessonSetups } from '../../server/app/lesson-setups.ts';
import { planCheck } from '../../server/app/plan-check.ts';
import type { ExecResult, Lab, LabProvider } from '../../server/lab/lab.ts';
import { type Capability, capabilities, capabilityHomes } from '../../src/course/capabilities.ts';
import type { LessonId } from '../../src/course/ids.ts';
import type { Fault, FaultCode } from '../../src/faults.ts';
import { stepOf, tinyCourse } from '../support/tiny-course.ts';
import type { WatchedPty } from './lab-provider.ts';
import { expectNone, expectSome, openTerminal, openWatched, owner, run, runTag, signal, spec } from './lab-provider.ts';
import { declareScriptTests } from './lab-scripts.ts';
import { declareTerminalTests } from './lab-terminals.ts';

type OptionalKeyOf<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never }[keyof T];
type LabPart = OptionalKeyOf<Lab>;
type ProviderPart = OptionalKeyOf<LabProvider>;

const labParts: Readonly<Record<LabPart, true>> = {
  ...{ target: true, machine: true, checkpoints: true, onStandstill: true, onChange: true, standBy: true, leave: true },
};
const providerParts: Readonly<Record<ProviderPart, true>> = {
  ...{ memoryMb: true, diskFolders: true, pooling: true, adopt: true },
};

/** What a page says about its kind of lab. */
export interface LabUnderTest {
  readonly make: () => LabProvider | Promise<LabProvider>;
  /** What the labs are declared to offer; the suite checks that they say so, and that they answer by name for what they lack. */
  readonly capabilities: readonly Capability[];
  /** Some more that it has on some hosts only. */
  readonly dependsOnHost?: readonly Capability[];
  /** The optional parts that its labs have, and no others. */
  readonly parts: readonly LabPart[];
  /** The same of the provider. */
  readonly providerParts: readonly ProviderPart[];
  /**
   * Whose machine a lab is: its `own`, made for it; one that is `given` and outlives it, for all labs the same; or the `host` that
   * runs the tests, of which nothing may be changed.
   */
  readonly machine: 'own' | 'given' | 'host';
  /** Labs that somebody must log in to. */
  readonly login?: Login;
  /** How long preparing and starting may take. */
  readonly prepareTimeoutMs: number;
}

/** How a student gets in. */
export interface Login {
  /** How scripts are answered before. */
  readonly before: FaultCode;
  /** Types what the lab's first terminal asks, up to its prompt. */
  readonly type: (terminal: WatchedPty) => Promise<void>;
}

/** What the tests share: one lab of the provider. */
export interface LabFixture {
  readonly provider: LabProvider;
  readonly lab: Lab;
}

/** How a lab was before anybody logged in. */
interface FirstSight {
  readonly answer: ExecResult;
  readonly capabilities: ReadonlySet<Capability>;
}

const onProgress = () => {};

/** Declares the suite; the returned function gives the lab to the page's own tests. */
export function describeLabProvider(under: LabUnderTest): () => LabFixture {
  let made: LabProvider | undefined;
  let fixture: (LabFixture & { readonly first: FirstSight | undefined }) | undefined;
  const get = () => {
    if (fixture === undefined) throw new Error('there is no lab: it could not be prepared');
    return fixture;
  };

  beforeAll(async () => {
    const provider = await under.make();
    made = provider;
    const fractions: number[] = [];
    const waiting = {
      signal,
      onProgress: ({ fraction }: { readonly fraction: number }) => void fractions.push(fraction),
    };
    await provider.prepare(waiting);
    const lab = await provider.provision(spec, owner, waiting);
    const first = under.login && { answer: await run(lab, 'true'), capabilities: new Set(lab.capabilities) };
    await enter(lab, under);
    fixture = { provider, lab, first };
    expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
  }, under.prepareTimeoutMs);
  afterAll(async () => {
    await made?.[Symbol.asyncDispose]();
  }, 60_000);

  declareScriptTests(() => get().lab);
  declareTerminalTests(() => get().lab);
  declareOfferTests(get, under);
  if (under.login) declareLoginTest(() => get().first, under.login);
  if (under.machine !== 'host') declareKernelTest(() => get().lab);
  declareEndTest(get, under);
  return get;
}

/** Logs in where that is needed; what the lab offers is then known. */
async function enter(lab: Lab, { login }: LabUnderTest): Promise<void> {
  if (!login) return;
  const known = new Promise<void>((resolve) => lab.onChange?.(resolve));
  await login.type(await openTerminal(lab));
  await known;
}

function declareOfferTests(get: () => LabFixture, under: LabUnderTest): void {
  test('the lab says what was declared', () => {
    const { capabilities, dependsOnHost = [] } = under;
    const said = [...get().lab.capabilities].filter((capability) => !dependsOnHost.includes(capability));
    expect(said.sort()).toEqual([...capabilities].sort());
  });

  test('lab and provider have the optional parts that were declared, and each what belongs to it', () => {
    const { lab, provider } = get();
    const found = (parts: object, of: object) =>
      Object.keys(parts).filter((name) => Reflect.get(of, name) !== undefined);
    expect(found(labParts, lab).sort()).toEqual([...under.parts].sort());
    expect(found(providerParts, provider).sort()).toEqual([...under.providerParts].sort());
    expect(provider.kind).toBe(lab.kind);
    // Who is to have ready labs must be able to give one away; who takes over, to let go.
    expect(provider.pooling !== undefined).toBe(lab.standBy !== undefined);
    expect(provider.adopt !== undefined).toBe(lab.leave !== undefined);
  });

  test('what the lab lacks is answered by name: steps that need it are skipped for that, states are not kept and not found', async () => {
    const { lab } = get();
    const { lesson, step } = stepOf(await tinyCourse(), 'files', 'make-file');
    const plan = { lesson, progress: { steps: {}, questions: {} }, offered: lab.capabilities };
    const missing = capabilities.filter((capability) => !lab.capabilities.has(capability));
    expect(missing.map((need) => planCheck({ ...step, needs: [need] }, plan)?.because)).toEqual(
      missing.map((need) => ({ kind: 'needs', missing: [need] })),
    );
    expect(lab.capabilities.has('snapshot')).toBe(lab.checkpoints !== undefined);
    const setups = createLessonSetups({ startScripts: () => ({}), onChange: () => {} });
    const shelf = new CheckpointShelf({ max: 5, setups, onChange: () => {}, now: () => 0, log: () => {} });
    expect(shelf.keepsFor(lab)).toBe(lab.checkpoints !== undefined);
    if (!lab.checkpoints) await shelf.keep(lab, { lesson: 'files' as LessonId }, signal);
    expect(shelf.of(lab.id)).toEqual([]);
    const waiting = { signal, onProgress };
    await expect(shelf.restore(lab, 'never-kept', waiting)).rejects.toMatchObject({ code: 'not-found' });
    if (lab.checkpoints)
      await expect(lab.checkpoints.restore('never-kept', waiting)).rejects.toMatchObject({ code: 'not-found' });
    expect(await run(lab, 'echo here')).toMatchObject({ stdout: 'here\n' });
  });
}

function declareLoginTest(getFirst: () => FirstSight | undefined, { before }: Login): void {
  test('until somebody logged in scripts are answered with that, and no step is ruled out that may be possible', () => {
    const first = getFirst();
    expect(first?.answer).toMatchObject({ kind: 'unreachable', fault: { code: before } });
    const possible = capabilities.filter((capability) => capabilityHomes[capability].includes('ssh'));
    expect([...(first?.capabilities ?? [])].sort()).toEqual([...possible].sort());
  });
}

function declareKernelTest(getLab: () => Lab): void {
  test('what the lab says of limits and overlays is what its root can do', async () => {
    const lab = getLab();
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
}

function declareEndTest(get: () => LabFixture, under: LabUnderTest): void {
  const isApart = under.machine === 'own';
  const how = isApart ? 'has a machine of its own' : 'is the same machine';
  test(`a second lab ${how}; when it ends, what it ran ends with it, it takes no more, and the first goes on`, async () => {
    const { lab, provider } = get();
    const second = await provider.provision(spec, owner, { signal, onProgress });
    await enter(second, under);
    expect(second.id).not.toBe(lab.id);
    const mark = `/tmp/tadak-contract-${runTag}`;
    await run(second, `touch ${mark}`);
    const seen = await run(lab, `ls ${mark}; rm -f ${mark}`);
    expect(seen).toMatchObject({ kind: 'exited', stdout: isApart ? '' : `${mark}\n` });

    const faults: Fault[] = [];
    second.onLost((fault) => faults.push(fault));
    const terminal = await openWatched(second);
    let isTold = false;
    terminal.pty.onExit(() => (isTold = true));
    terminal.type(`sleep 4361.${runTag}`);
    const running = run(second, `sleep 4362.${runTag}`);
    for (const n of [1, 2]) await expectSome(second, `sleep 436[${n}].${runTag}`);
    await second[Symbol.asyncDispose]();
    expect(isTold).toBe(true);
    expect((await running).kind).toBe('unreachable');
    expect(await run(second, 'true')).toMatchObject({ kind: 'unreachable', fault: { code: 'lab-lost' } });
    await expect(openTerminal(second)).rejects.toMatchObject({ code: 'lab-lost' });
    await second[Symbol.asyncDispose]();
    expect(faults).toEqual([]);
    await expectNone(lab, `sleep 436[12].${runTag}`);
    expect(await provider.sweep((_owner, isKnown) => isKnown)).toBe(0);
    expect(await run(lab, 'echo here')).toMatchObject({ stdout: 'here\n' });
  });
}
