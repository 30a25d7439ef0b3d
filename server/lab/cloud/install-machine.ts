/**
 * The machine in which a cloud image boots for the first time, as QEMU's command line. Pure. It starts from the disk's own
 * boot loader and has real Internet access. Knows nothing about processes or files.
 */
import { type Accelerator, acceleratorArguments } from '../qemu/machine.ts';

/** Where the machine's files are; everything that it says goes into one. */
export interface InstallFiles {
  /** qcow2 overlay of the cloud image. */
  readonly disk: string;
  /** Folder with `user-data` and `meta-data`. */
  readonly seed: string;
  readonly serial: string;
  readonly progress: string;
  readonly export: string;
}

/** How it is run. */
export interface InstallMachine {
  readonly name: string;
  readonly files: InstallFiles;
  readonly accelerator: Accelerator;
}

/** Package managers are hungrier than labs. */
const memoryMb = 2048;
const cpus = 2;
/** As in a lab, so that the interface is called ens33 from the beginning. */
const slot = 33;

/** Builds the arguments after the program's name. */
export function buildInstallArguments({ name, files, accelerator }: InstallMachine): string[] {
  return [
    ...['-name', `guest=${escapeCommas(name)}`],
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'],
    ...['-machine', 'q35', ...acceleratorArguments(accelerator)],
    ...['-smp', String(cpus), '-m', `${memoryMb}M`],
    ...['-blockdev', json(disk(files.disk)), '-device', 'virtio-blk-pci,drive=disk,bootindex=0'],
    ...['-blockdev', json(seedDisk(files.seed)), '-device', 'virtio-blk-pci,drive=seed'],
    ...['-global', 'ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off'],
    ...['-device', `pcie-root-port,id=rp${slot},chassis=${slot},slot=${slot}`],
    ...['-netdev', 'user,id=nat', '-device', `virtio-net-pci,bus=rp${slot},netdev=nat,romfile=`],
    ...['-device', 'virtio-serial-pci,max_ports=4'],
    ...filePort('progress', 'tadak.progress.0', files.progress),
    ...filePort('export', 'tadak.export.0', files.export),
    ...['-device', 'virtio-rng-pci'],
    ...['-chardev', `file,id=serial,path=${escapeCommas(files.serial)}`, '-serial', 'chardev:serial'],
  ];
}

function disk(filename: string) {
  const cache = { direct: false, 'no-flush': true };
  return { driver: 'qcow2', 'node-name': 'disk', discard: 'unmap', cache, file: { driver: 'file', filename, cache } };
}

/** QEMU itself shows the folder as a FAT disk, read-only: no program is needed that makes one. */
function seedDisk(dir: string) {
  const fat = { driver: 'vvfat', dir, label: 'CIDATA', 'fat-type': 16, rw: false, 'read-only': true };
  return { driver: 'raw', 'node-name': 'seed', 'read-only': true, file: fat };
}

function filePort(id: string, name: string, path: string): string[] {
  const chardev = `file,id=${id},path=${escapeCommas(path)}`;
  return ['-chardev', chardev, '-device', `virtserialport,chardev=${id},name=${name}`];
}

/** QEMU's own syntax ends a value at a comma unless it is doubled. */
function escapeCommas(value: string): string {
  return value.replaceAll(',', ',,');
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
