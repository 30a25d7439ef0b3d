import { expect, test } from 'vitest';
import { buildMachineArguments, type MachineOptions, machineShape } from '../../../../server/lab/qemu/machine.ts';

const shape = { program: 'qemu', accelerator: 'tcg', memoryMb: 1024, cpus: 2, append: 'root=/dev/vda' } as const;
const options: MachineOptions = {
  shape,
  files: { kernel: '/i/vmlinuz', initrd: '/i/initrd', disk: '/r/disk,1.qcow2', ram: '/t/ram' },
  name: 'lab, of a learner',
  socketFolder: '/r,1',
  start: 'resume',
};
const after = (args: readonly string[], option: string) => args[args.indexOf(option) + 1] ?? '';

test('a clone has a private copy of the memory and waits for its state; a template writes the memory', () => {
  const clone = buildMachineArguments(options);
  expect(JSON.parse(after(clone, '-object'))).toMatchObject({ share: false, 'mem-path': '/t/ram', size: 1024 ** 3 });
  expect(after(clone, '-incoming')).toBe('defer');
  const template = buildMachineArguments({ ...options, start: 'boot' });
  expect(JSON.parse(after(template, '-object'))).toMatchObject({ share: true });
  expect(template).not.toContain('-incoming');
});

test('template and clone differ in memory sharing and waiting alone', () => {
  const clone = buildMachineArguments(options).filter((argument) => argument !== '-incoming' && argument !== 'defer');
  const template = buildMachineArguments({ ...options, start: 'boot' });
  expect(clone.map((argument) => argument.replace('"share":false', '"share":true'))).toEqual(template);
});

test('both interfaces sit in the slots that give them their names and end in sockets of ours', () => {
  const args = buildMachineArguments(options);
  expect(args).toContain('pcie-root-port,id=rp33,chassis=33,slot=33');
  expect(args).toContain('pcie-root-port,id=rp34,chassis=34,slot=34');
  const backends = args.filter((_, at) => args[at - 1] === '-netdev').map((text) => JSON.parse(text));
  expect(backends.map(({ type }) => type)).toEqual(['stream', 'stream']);
  expect(backends.map(({ addr }) => addr.path)).toEqual(['/r,1/nat', '/r,1/host']);
});

test("only with the operator's leave there is a way to the host's network", () => {
  expect(buildMachineArguments(options).join(' ')).not.toMatch(/"type":"(user|tap|bridge)"/);
  const args = buildMachineArguments({ ...options, internetSubnet: '213.0.113.0/24' });
  expect(JSON.parse(after(args, '-netdev'))).toMatchObject({
    type: 'user',
    net: '213.0.113.0/24',
    host: '213.0.113.2',
  });
});

test('commas in names and paths cannot add options', () => {
  const args = buildMachineArguments(options);
  expect(after(args, '-name')).toBe('guest=lab,, of a learner');
  expect(args).toContain('socket,id=qmp,path=/r,,1/qmp,server=on,wait=off');
  expect(JSON.parse(after(args, '-blockdev')).file.filename).toBe('/r/disk,1.qcow2');
});

test('hardware virtualisation is used when it is there', () => {
  expect(after(buildMachineArguments({ ...options, shape: { ...shape, accelerator: 'kvm' } }), '-accel')).toBe('kvm');
  expect(after(buildMachineArguments(options), '-accel')).toMatch(/^tcg,thread=multi,tb-size=64$/);
});

test('QEMU is sandboxed, has no console on standard input and no devices of its own choice', () => {
  const args = buildMachineArguments(options);
  expect(after(args, '-sandbox')).toContain('spawn=deny');
  expect(args).toEqual(expect.arrayContaining(['-nodefaults', '-no-user-config']));
  expect(args.join(' ')).not.toContain('stdio');
});

test('the shape names what matters to a frozen state, and no path', () => {
  expect(machineShape(shape, false)).not.toMatch(/\/(i|r|t)\//);
  expect(machineShape(shape, false)).not.toBe(machineShape({ ...shape, memoryMb: 2048 }, false));
  expect(machineShape(shape, false)).not.toBe(machineShape({ ...shape, append: 'x' }, false));
});
