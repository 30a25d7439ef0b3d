/**
 * The door of this folder: what a lab provider needs to give a QEMU guest its network. See README.md.
 */
export { defaultNames, defaultSites, type VmnetSite } from './default-sites.ts';
export type { HttpPage } from './http-stub.ts';
export type { VmnetSettings } from './plan.ts';
export { createVmnet, type Vmnet, type VmnetCounts, type VmnetOptions } from './vmnet.ts';
export { describeVmnetFault, type VmnetFault } from './vmnet-fault.ts';
