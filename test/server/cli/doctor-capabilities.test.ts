/** What the doctor says labs can do, and which steps only for reading that leaves. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { examineCapabilities } from '../../../server/cli/doctor/capabilities.ts';
import { parseConfig } from '../../../server/config.ts';
import { loadCloudDefinitions } from '../../../server/lab/cloud/index.ts';
import type { LabImage } from '../../../server/lab/guest/image.ts';
import { offerOf } from '../../../server/lab/offer.ts';
import { type Capability, capabilities, capabilityHomes, type LabHome } from '../../../src/course/capabilities.ts';
import { whereToDo } from '../../../src/course/reading.ts';

const labFolder = fileURLToPath(new URL('../../../lab', import.meta.url));

const image: LabImage = {
  ...{ id: 'i', disk: 'd', kernel: 'k', initrd: 'r', append: 'a', appendSelinux: 's' },
  versions: { networkManager: '1', firewalld: '1', docker: '1', podman: '1', dnf: '1' },
};
const elImage = (release: string): LabImage => ({ ...image, versions: { ...image.versions, el: release } });
const config = parseConfig({ lab: 'qemu' }, {});

test('a virtual machine offers SELinux where its image can, and the steps for other systems are only read', async () => {
  const offer = offerOf('qemu', image, { internet: false });
  expect(offer.has.has('selinux')).toBe(true);
  expect(offer.has.has('internet')).toBe(false);
  const [table, steps] = await examineCapabilities(config, offer);
  expect(table?.text.en).toMatch(/✓ selinux +\S/);
  expect(table?.text.en).toMatch(/– internet +\S/);
  expect(table?.text.ko).toMatch(/✓ docker +\S/);
  expect(steps?.text.en).toContain('can only be read there');
  expect(steps?.text.en).toMatch(/ \(EL 8\) It can be done on: a machine of your own that has what it needs/);
  expect(steps?.text.ko).toMatch(/ \(EL 8\) 해 볼 수 있는 곳: 필요한 것이 있는 여러분의 머신/);
});

test('what a container offers beyond its image depends on the kernel', async () => {
  const offer = offerOf('container', image, { internet: true });
  const [table, steps] = await examineCapabilities(config, offer);
  expect(table?.text.en).toMatch(/\? cgroups +\S/);
  const line = steps?.text.en.split('\n').find((text) => text.includes('firewall-selinux/mode'));
  expect(line).toContain(
    '(SELinux) It can be done on: the course’s virtual machine (`--lab qemu`), started from the lesson',
  );
});

test('where a step is said to be possible it is: the table of homes is what labs of these kinds offer', async () => {
  const { appendSelinux: _, ...plain } = image;
  const kernel = offerOf('container', image, { internet: false });
  // An EL image enforces whenever it runs.
  const el = (release: string) => offerOf('qemu', { ...elImage(release), appendSelinux: 'a' }, { internet: false }).has;
  const offers: Readonly<Record<Exclude<LabHome, 'ssh'>, ReadonlySet<Capability>>> = {
    qemu: offerOf('qemu', plain, { internet: false }).has,
    'qemu-selinux': offerOf('qemu', image, { internet: false }).has,
    'qemu-internet': offerOf('qemu', plain, { internet: true }).has,
    'qemu-el9': el('9.4'),
    'qemu-el10': el('10'),
    container: kernel.has,
    'container-kernel': kernel.has.union(kernel.perhaps),
  };
  const saidOf = (home: LabHome) => new Set(capabilities.filter((name) => capabilityHomes[name].includes(home)));
  for (const [home, offered] of Object.entries(offers)) expect(saidOf(home as LabHome), home).toEqual(offered);
});

test('the commands that the sentences name are there', async () => {
  const definitions = await loadCloudDefinitions(labFolder);
  const said = capabilities.map((name) => whereToDo([name]).en).join(' ');
  const named = [...said.matchAll(/--from (\S+?)`/g)].map(([, name = '']) => name);
  expect(new Set(named)).toEqual(new Set(['rocky-9', 'centos-stream-10']));
  for (const name of named) expect(Object.keys(definitions)).toContain(name);
  expect(parseConfig({ lab: 'qemu', 'allow-internet': true }, {})['allow-internet']).toBe(true);
});
