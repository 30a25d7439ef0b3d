/** What the doctor says labs can do, and which steps only for reading that leaves. */
import { expect, test } from 'vitest';
import { examineCapabilities } from '../../../server/cli/doctor/capabilities.ts';
import { parseConfig } from '../../../server/config.ts';
import type { LabImage } from '../../../server/lab/guest/image.ts';
import { offerOf } from '../../../server/lab/offer.ts';

const image: LabImage = {
  ...{ id: 'i', disk: 'd', kernel: 'k', initrd: 'r', append: 'a', appendSelinux: 's' },
  versions: { networkManager: '1', firewalld: '1', docker: '1', podman: '1', dnf: '1' },
};
const config = parseConfig({ lab: 'qemu' }, {});

test('a virtual machine offers SELinux where its image can, and the steps for other systems are only read', async () => {
  const offer = offerOf('qemu', image, { internet: false });
  expect(offer.has.has('selinux')).toBe(true);
  expect(offer.has.has('internet')).toBe(false);
  const [table, steps] = await examineCapabilities(config, offer);
  expect(table?.text.en).toMatch(/✓ selinux +\S/);
  expect(table?.text.en).toMatch(/– internet +\S/);
  expect(table?.text.ko).toMatch(/✓ docker +\S/);
  expect(steps?.text.en).toMatch(/can only be read there: .*el/);
});

test('what a container offers beyond its image depends on the kernel', async () => {
  const offer = offerOf('container', image, { internet: true });
  const [table, steps] = await examineCapabilities(config, offer);
  expect(table?.text.en).toMatch(/\? cgroups +\S/);
  expect(steps?.text.en).toContain('firewall-selinux/mode (selinux)');
});
