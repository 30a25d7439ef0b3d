/**
 * Makes the state of a whole machine from a state of devices alone: that of a checkpoint lacks the memory that is not in the memory
 * file, the firmware's above all. QEMU loads no firmware into a machine that waits for a state; without it the guest runs, but never
 * comes back from a reboot. The template's state has it, and nobody has written to it since.
 *
 * The format is QEMU's migration stream (docs/devel/migration in its source): a header, sections of memory, each with a footer,
 * sections of devices, an end. Numbers of sections are the same in both, since both are of one machine.
 */
import { Fault } from '../../../src/faults.ts';

/** Magic number and version. */
const headerBytes = 8;
const sectionFull = 0x04;
const sectionFooter = 0x7e;
/** A footer's mark and the number of its section. */
const footerBytes = 5;

/** The template's state up to its first device, then `devices`. Throws Fault `lab-checkpoint-failed` when they are not of one machine. */
export function composeState(template: Buffer, devices: Buffer): Buffer {
  const first = firstSection(devices);
  const at = template.indexOf(first);
  const isPlain =
    at > headerBytes && template[at - footerBytes] === sectionFooter && template.lastIndexOf(first) === at;
  if (!isPlain) throw new Fault('lab-checkpoint-failed', { detail: 'state' });
  return Buffer.concat([template.subarray(0, at), devices.subarray(headerBytes)]);
}

/** Type, number, name, instance and version of the first section. */
function firstSection(devices: Buffer): Buffer {
  const nameBytes = devices[headerBytes + 5] ?? 0;
  const bytes = 1 + 4 + 1 + nameBytes + 4 + 4;
  const section = devices.subarray(headerBytes, headerBytes + bytes);
  if (section[0] !== sectionFull || section.length < bytes || nameBytes === 0)
    throw new Fault('lab-checkpoint-failed', { detail: 'devices' });
  return section;
}
