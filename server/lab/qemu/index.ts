/**
 * The door of this folder: labs as virtual machines on this host.
 */

export { type ChooseAcceleratorOptions, chooseAccelerator, mayOpen } from './accelerator.ts';
export { findQemuHost, type QemuHost } from './host.ts';
export { type ImageOptions, type LabImage, loadImage, prepareImage } from './image.ts';
export { createQemuProvider, type QemuProviderOptions } from './qemu-provider.ts';
