import { expect, test } from 'vitest';
import type { LabImage } from '../../../../server/lab/guest/image.ts';
import { nameTemplate } from '../../../../server/lab/qemu/template.ts';
import { buildAddresses } from '../../../../src/course/addresses.ts';

const image: LabImage = {
  ...{ id: 'one', disk: '/i/disk.qcow2', kernel: '/i/vmlinuz', initrd: '/i/initrd', versions: {} },
  ...{ append: 'lsm=landlock,yama,bpf', appendSelinux: 'lsm=landlock,yama,selinux,bpf' },
};
const shape = { program: 'qemu', accelerator: 'tcg', memoryMb: 1024, cpus: 2, append: image.append } as const;
const addresses = buildAddresses('class');
const options = { image, qemuVersion: '10', shape, addresses, allowInternet: false };

test('a template is named after everything that shapes it, its machine too', () => {
  const names = [
    options,
    { ...options, shape: { ...shape, append: image.appendSelinux ?? '' } },
    { ...options, image: { ...image, id: 'two' } },
    { ...options, qemuVersion: '11' },
    { ...options, shape: { ...shape, memoryMb: 2048 } },
    { ...options, addresses: buildAddresses('private') },
    { ...options, allowInternet: true },
  ].map(nameTemplate);
  expect(new Set(names).size).toBe(names.length);
});

test('the same template has the same name in every run', () => {
  expect(nameTemplate({ ...options, image: { ...image } })).toBe(nameTemplate(options));
});
