/**
 * The door of this folder: labs as virtual machines on this host.
 */

export { examineAccelerator } from './accelerator.ts';
export { findKeeper, type Keeper } from './confinement.ts';
export { findQemuHost } from './host.ts';
export { createQemuProvider, machinesOf, type QemuProviderOptions, qemuCapabilities } from './qemu-provider.ts';
