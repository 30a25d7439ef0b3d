import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseProvider } from '../../../server/choose-provider.ts';
import { parseConfig } from '../../../server/config.ts';
import { loadCourse } from '../../../server/course/load.ts';
import { countStepsLostInContainers, findReadOnlySteps, offerOf, recipeImage } from '../../../server/lab/offer.ts';
import { type HostFacts, pickLabKind } from '../../../server/lab/pick-kind.ts';

const laptop: HostFacts = {
  ...{ accelerator: 'none', isLoopback: true, wantsInternet: false, rootless: 'works', stepsLost: 7 },
};
const isRoot = process.getuid?.() === 0;

test('KVM decides for virtual machines, whatever else there is', () => {
  for (const accelerator of ['kvm', 'untried'] as const) {
    const picked = pickLabKind({ ...laptop, accelerator });
    expect([picked.kind, picked.why.en]).toEqual(['qemu', expect.stringContaining('KVM can be')]);
  }
});

test('one person without KVM gets containers where Podman works without root, and hears what can only be read there', () => {
  const { kind, why } = pickLabKind(laptop);
  expect(kind).toBe('container');
  expect(why.en).toMatch(/without root.*7 of the course’s steps.*--lab qemu/);
  expect(why.ko).toMatch(/root 없이.*단계 7개.*--lab qemu/);
  expect(pickLabKind({ ...laptop, stepsLost: 0 }).why.en).toContain('Every step can be done');
});

test('real Internet, a server that others reach, one that is root, a Podman that does not work: emulation, each with its reason', () => {
  const picked = [
    pickLabKind({ ...laptop, wantsInternet: true }),
    pickLabKind({ ...laptop, isLoopback: false }),
    pickLabKind({ ...laptop, rootless: 'of-root' }),
    pickLabKind({ ...laptop, rootless: 'fails' }),
  ];
  expect(picked.map(({ kind }) => kind)).toEqual(['qemu', 'qemu', 'qemu', 'qemu']);
  expect(new Set(picked.map(({ why }) => why.ko)).size).toBe(4);
  expect(new Set(picked.map(({ why }) => why.en)).size).toBe(4);
});

test('the steps that containers lose are those that a virtual machine can do', async () => {
  const { course } = await loadCourse(parseConfig({}, {}).course);
  if (!course) throw new Error('the course does not load');
  const inContainers = findReadOnlySteps(course, offerOf('container', recipeImage, { internet: false }));
  const lost = countStepsLostInContainers(course);
  expect(lost).toBeGreaterThan(0);
  // Steps for other distributions are read in both.
  expect(lost).toBeLessThan(inContainers.length);
  const selinux = inContainers.filter(({ missing }) => missing.includes('selinux'));
  expect(selinux.length).toBeGreaterThan(0);
});

test.skipIf(!isRoot)('a server that is root picks virtual machines, with or without KVM, and says why', async () => {
  const data = mkdtempSync(join(tmpdir(), 'tadak-auto-'));
  const config = parseConfig({ data }, {});
  const { course } = await loadCourse(config.course);
  if (!course) throw new Error('the course does not load');
  const { provider, why } = await chooseProvider(config, { course, keepsLabs: () => false, log: () => {} });
  expect([provider.kind, why?.en]).toEqual(['qemu', expect.stringMatching(/KVM can be|the server is root/)]);
  await provider[Symbol.asyncDispose]();
  rmSync(data, { recursive: true });
});

test('containers that were to reach the Internet are refused with a sentence that says both ways out', async () => {
  const config = parseConfig({ lab: 'container', 'allow-internet': true, data: '/nonexistent/data' }, {});
  const { course } = await loadCourse(config.course);
  if (!course) throw new Error('the course does not load');
  const choosing = chooseProvider(config, { course, keepsLabs: () => false, log: () => {} });
  await expect(choosing).rejects.toMatchObject({ code: 'container-no-internet' });
  await expect(choosing).rejects.toThrow(/--allow-internet.*--lab qemu/);
});

test('an ordinary user without a Podman is told so, not left with a container that cannot start', () => {
  const program = `
    const { tryRootless } = await import('./server/lab/container/index.ts');
    const options = { storeFolder: '/nonexistent/store', environment: {}, path: '/nonexistent' };
    console.log(await tryRootless(options, new AbortController().signal));`;
  const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  const cwd = new URL('../../..', import.meta.url).pathname;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], { ...nobody, cwd, encoding: 'utf8' });
  expect([run.stdout, run.status]).toEqual(['fails\n', 0]);
});
