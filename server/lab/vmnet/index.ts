/**
 * The door of this folder: what a lab provider needs to give a QEMU guest or a container its network. See README.md.
 */
export { createFrameAnswerer } from './answer-frames.ts';
export { defaultNames, defaultSites, type VmnetSite } from './default-sites.ts';
export { createFrameDecoder, encodeFrame } from './frame-stream.ts';
export type { HttpPage } from './http-stub.ts';
export type { VmnetSettings } from './plan.ts';
export { createThrottle } from './throttle.ts';
export { createVmnet, type Vmnet, type VmnetCounts, type VmnetOptions } from './vmnet.ts';
export { describeVmnetFault, type VmnetFault } from './vmnet-fault.ts';
