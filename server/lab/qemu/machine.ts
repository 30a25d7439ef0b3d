/**
 * The machine as QEMU's command line. Pure. Everything here except the paths must be the same in a template and its
 * clones, or QEMU refuses to continue the template's state; `machineShape` is what names a template.
 * Knows nothing about processes or files.
 */

/** Hardware virtualisation, or software emulation. */
export type Accelerator = 'kvm' | 'tcg';

/** What shapes the machine, the same for every lab of a template. */
export interface MachineShape {
  /** The QEMU program. */
  readonly program: string;
  readonly accelerator: Accelerator;
  readonly memoryMb: number;
  readonly cpus: number;
  /** Kernel command line. */
  readonly append: string;
}

/** Where one machine's files are. */
export interface MachineFiles {
  readonly kernel: string;
  readonly initrd: string;
  /** qcow2 overlay of this machine alone. */
  readonly disk: string;
  /** RAM file of the template. */
  readonly ram: string;
}

/** Names of the sockets in a machine's socket folder. */
export const socketNames = { qmp: 'qmp', agent: 'qga', console: 'con', nat: 'nat', hostOnly: 'host' } as const;

/** One machine to run. */
export interface MachineOptions {
  readonly shape: MachineShape;
  readonly files: MachineFiles;
  /** Written into the process's name, so that whose it is can be read off a process list. */
  readonly name: string;
  readonly socketFolder: string;
  /** `boot`: RAM is shared with its file, to be frozen. `resume`: RAM is a private copy, the state comes on a descriptor. */
  readonly start: 'boot' | 'resume';
  /** Real Internet access by QEMU's user network instead of the lab's own; set only when the operator allows it. */
  readonly internetSubnet?: string;
}

/**
 * Translated code kept per machine, MiB. Below 32 it thrashes; each MiB is private memory of every lab.
 */
const translationBufferMb = 64;
/** Last bytes of the serial console, kept inside QEMU: whatever the guest prints, nothing grows on the host. */
const serialBytes = 65_536;
/** PCIe slot numbers: udev names the interfaces ens33 and ens34 after them, as under VMware. */
const slots = { nat: 33, hostOnly: 34 } as const;

/** Builds the arguments after the program's name. */
export function buildMachineArguments(options: MachineOptions): string[] {
  const { shape, files, socketFolder } = options;
  return [
    ...['-name', `guest=${escapeCommas(options.name)}`],
    ...['-nodefaults', '-no-user-config', '-display', 'none'],
    ...['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'],
    ...['-machine', 'q35,memory-backend=ram', ...acceleratorArguments(shape.accelerator)],
    ...['-smp', String(shape.cpus), '-m', `${shape.memoryMb}M`, '-object', json(memory(options))],
    ...['-kernel', files.kernel, '-initrd', files.initrd, '-append', shape.append],
    ...['-blockdev', json(disk(files.disk)), '-device', 'virtio-blk-pci,drive=disk'],
    // Without it ACPI renumbers the slots and the interfaces get other names.
    ...['-global', 'ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off'],
    ...network({ id: 'nat', slot: slots.nat, mac: '00:0c:29:00:00:21', backend: natBackend(options) }),
    ...network({
      id: 'hostonly',
      slot: slots.hostOnly,
      mac: '00:0c:29:00:00:22',
      backend: wire(`${socketFolder}/${socketNames.hostOnly}`),
    }),
    ...['-device', 'virtio-serial-pci,max_ports=4'],
    ...serialPort({ id: 'agent', name: 'org.qemu.guest_agent.0', path: `${socketFolder}/${socketNames.agent}` }),
    ...serialPort({ id: 'console', name: 'tadak.console.0', path: `${socketFolder}/${socketNames.console}` }),
    ...['-device', 'virtio-rng-pci'],
    ...['-chardev', `ringbuf,id=serial,size=${serialBytes}`, '-serial', 'chardev:serial'],
    ...['-chardev', `socket,id=qmp,path=${escapeCommas(`${socketFolder}/${socketNames.qmp}`)},server=on,wait=off`],
    ...['-mon', 'chardev=qmp,mode=control'],
    ...(options.start === 'boot' ? [] : ['-incoming', 'defer']),
  ];
}

/** What two machines must have in common to continue one another's state: the arguments with every path taken out. */
export function machineShape(shape: MachineShape, internet: boolean): string {
  const files = { kernel: 'K', initrd: 'I', disk: 'D', ram: 'R' };
  const internetSubnet = internet ? { internetSubnet: 'S' } : {};
  return buildMachineArguments({ shape, files, name: 'N', socketFolder: 'F', start: 'boot', ...internetSubnet }).join(
    '\n',
  );
}

/** The part of the arguments that names accelerator and processor. */
export function acceleratorArguments(accelerator: Accelerator): string[] {
  if (accelerator === 'kvm') return ['-accel', 'kvm', '-cpu', 'host'];
  return ['-accel', `tcg,thread=multi,tb-size=${translationBufferMb}`, '-cpu', 'max'];
}

function memory({ shape, files, start }: MachineOptions) {
  return {
    'qom-type': 'memory-backend-file',
    id: 'ram',
    size: shape.memoryMb * 1024 * 1024,
    'mem-path': files.ram,
    share: start === 'boot',
  };
}

function disk(filename: string) {
  // A lab's disk is thrown away with the lab: a crash of the host may take it, waiting for the host's disk would help nobody.
  const cache = { direct: false, 'no-flush': true };
  return { driver: 'qcow2', 'node-name': 'disk', discard: 'unmap', cache, file: { driver: 'file', filename, cache } };
}

function natBackend({ socketFolder, internetSubnet }: MachineOptions): Readonly<Record<string, unknown>> {
  if (internetSubnet === undefined) return wire(`${socketFolder}/${socketNames.nat}`);
  const prefix = internetSubnet.replace(/\.0\/24$/, '');
  return { type: 'user', net: internetSubnet, host: `${prefix}.2`, dns: `${prefix}.4`, dhcpstart: `${prefix}.128` };
}

/** A wire that ends in a socket of ours: no packet leaves this process unless we answer it. */
function wire(path: string): Readonly<Record<string, unknown>> {
  return { type: 'stream', server: true, addr: { type: 'unix', path } };
}

function network({
  id,
  slot,
  mac,
  backend,
}: {
  id: string;
  slot: number;
  mac: string;
  backend: Readonly<Record<string, unknown>>;
}): string[] {
  return [
    ...['-device', `pcie-root-port,id=rp${slot},chassis=${slot},slot=${slot}`],
    ...[
      '-netdev',
      json({ ...backend, id }),
      '-device',
      `virtio-net-pci,bus=rp${slot},netdev=${id},mac=${mac},romfile=`,
    ],
  ];
}

function serialPort({ id, name, path }: { id: string; name: string; path: string }): string[] {
  return [
    ...['-chardev', `socket,id=${id},path=${escapeCommas(path)},server=on,wait=off`],
    ...['-device', `virtserialport,chardev=${id},name=${name}`],
  ];
}

/** QEMU's own syntax ends a value at a comma unless it is doubled. */
function escapeCommas(value: string): string {
  return value.replaceAll(',', ',,');
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
